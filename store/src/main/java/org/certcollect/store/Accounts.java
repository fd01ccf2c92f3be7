package org.certcollect.store;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.certcollect.store.domain.Actor;
import org.certcollect.store.domain.PasswordHash;
import org.certcollect.store.domain.Product;
import org.certcollect.store.domain.RefusedException;

/** The accounts of a {@link Store}. A change of an account that does not exist is refused. */
public interface Accounts {
  /**
   * Adds an enabled account.
   *
   * @throws RefusedException when the login is taken, empty, over 64 characters, or holds a control
   *     character
   */
  Account add(String login, PasswordHash passwordHash, Set<Product> products, Actor by);

  Optional<Account> find(String login);

  /** All accounts with a login after the one given, in the order of their logins. */
  List<Account> list(String after, int limit);

  Account setEnabled(String login, boolean enabled, Actor by);

  Account setPassword(String login, PasswordHash passwordHash, Actor by);

  /** Enables the account for those products, beside the ones that it has. */
  Account allow(String login, Set<Product> products, Actor by);

  /** Takes those products from the account. */
  Account deny(String login, Set<Product> products, Actor by);
}
