package org.certcollect.store;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.certcollect.store.domain.Actor;
import org.certcollect.store.domain.MailContact;
import org.certcollect.store.domain.PasswordHash;
import org.certcollect.store.domain.Product;
import org.certcollect.store.domain.RefusedException;

/** The accounts of a {@link Store}. A change of an account that does not exist is refused. */
public interface Accounts {
  /**
   * Adds an enabled account.
   *
   * @throws RefusedException if the login is taken, is empty, has more than 64 characters, or has a
   *     control character
   */
  Account add(String login, PasswordHash passwordHash, Set<Product> products, Actor by);

  Optional<Account> find(String login);

  /** The account with a login, which must exist. */
  Account require(String login);

  /** All accounts whose login sorts after the given one, sorted by login. */
  List<Account> list(String after, int limit);

  Account setEnabled(String login, boolean enabled, Actor by);

  /** Changes the password; the former one is no longer valid. */
  default Account setPassword(String login, PasswordHash passwordHash, Actor by) {
    return setPassword(login, passwordHash, Optional.empty(), by);
  }

  /**
   * Changes the password.
   *
   * @param keepOldUntil until when the former password is valid beside it; an even older one is not
   */
  Account setPassword(
      String login, PasswordHash passwordHash, Optional<Instant> keepOldUntil, Actor by);

  /** Ends the time in which the former password is valid. */
  Account endOldPassword(String login, Actor by);

  /** The highest cost of a bcrypt hash that any account has; 0 if none has one. */
  int highestBcryptCost();

  /**
   * Replaces a hash by another one of the same password, unless it was changed meanwhile. The event
   * has the {@linkplain PasswordHash#digest digests} of both, by which a repeated import knows the
   * account again, and is never pruned.
   */
  Account rehash(String login, PasswordHash old, PasswordHash better, Actor by);

  /**
   * Gives an account another login, under the rules of {@link #add}. The former one is unknown from
   * then on.
   */
  Account rename(String login, String newLogin, Actor by);

  /** Changes how the people of an account get e-mails, given how they did before. */
  Account setContact(String login, UnaryOperator<MailContact> change, Actor by);

  /** Enables the account for more products. */
  Account allow(String login, Set<Product> products, Actor by);

  /** Disables the account for these products. */
  Account deny(String login, Set<Product> products, Actor by);
}
