package org.certcollect.admin;

import java.security.SecureRandom;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.LongConsumer;
import org.certcollect.store.Account;
import org.certcollect.store.Store;
import org.certcollect.store.domain.Actor;
import org.certcollect.store.domain.MailContact;
import org.certcollect.store.domain.PasswordHash;
import org.certcollect.store.domain.Product;

/**
 * Operations on accounts that need a password: it is generated, if none is given, and hashed. A
 * hash takes tens of milliseconds, so it is made before the change that stores it.
 */
public final class AccountAdministration {
  private static final String ALPHABET = "23456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnpqrstuvwxyz";
  private static final int LENGTH = 24;

  /** Passwords that are chosen by people and shorter than this can be guessed. */
  public static final int MIN_LENGTH = 12;

  private final Store store;
  private final Actor actor;
  private final PasswordHasher hasher;

  /** Creates operations that are recorded in the name of an actor. */
  public AccountAdministration(Store store, Actor actor, PasswordHasher hasher) {
    this.store = store;
    this.actor = actor;
    this.hasher = hasher;
  }

  /**
   * An account after a change of its password.
   *
   * @param password the generated password, which cannot be shown again; empty if one was given
   */
  public record Changed(Account account, Optional<String> password) {}

  /**
   * A password that the caller gives.
   *
   * @param allowShort whether it may have fewer than {@link #MIN_LENGTH} characters
   */
  public record Given(String password, boolean allowShort) {
    public Given {
      if (!allowShort && password.codePointCount(0, password.length()) < MIN_LENGTH) {
        throw new InvalidInputException(
            InvalidInputException.Kind.PASSWORD,
            "the password has fewer than " + MIN_LENGTH + " characters");
      }
    }
  }

  /**
   * A password with its hash.
   *
   * @param generated the password, if it was generated
   */
  public record Hashed(PasswordHash hash, Optional<String> generated) {}

  /** Hashes a password, which is generated if none is given. */
  public Hashed hash(Optional<Given> wanted) {
    return hash(wanted, hasher::hash);
  }

  /** Hashes a password that is to be valid beside the present one of an account. */
  public Hashed hashBeside(String login, Optional<Given> wanted) {
    Optional<Account> present = store.accounts().find(login);
    return hash(
        wanted,
        password ->
            present
                .map(account -> hasher.hashBeside(password, account.passwordHash()))
                .orElseGet(() -> hasher.hash(password)));
  }

  private static Hashed hash(Optional<Given> wanted, Function<String, PasswordHash> hash) {
    String password = wanted.map(Given::password).orElseGet(AccountAdministration::generate);
    return new Hashed(
        hash.apply(password), wanted.isPresent() ? Optional.empty() : Optional.of(password));
  }

  /** Adds an account without a contact. */
  public Changed add(String login, Hashed password, Set<Product> products) {
    return add(login, password, products, MailContact.NONE);
  }

  /** Adds an account whose people get e-mails. */
  public Changed add(String login, Hashed password, Set<Product> products, MailContact contact) {
    return new Changed(
        store.atomically(
            whole -> {
              whole.accounts().add(login, password.hash(), products, actor);
              return whole.accounts().setContact(login, none -> contact, actor);
            }),
        password.generated());
  }

  /**
   * Changes the password of an account.
   *
   * @param keepOldUntil until when the present password is valid beside the new one
   */
  public Changed changePassword(String login, Hashed password, Optional<Instant> keepOldUntil) {
    return new Changed(
        store.accounts().setPassword(login, password.hash(), keepOldUntil, actor),
        password.generated());
  }

  /**
   * Makes a disabled account anonymous, as {@link org.certcollect.store.Retention#anonymise}
   * describes.
   */
  public Account anonymise(String login, LongConsumer progress) {
    return store.retention().anonymise(login, hasher.hash(generate()), actor, progress);
  }

  /** A password of 24 letters and digits without look-alikes: 139 bits of entropy. */
  private static String generate() {
    StringBuilder password = new StringBuilder(LENGTH);
    new SecureRandom()
        .ints(LENGTH, 0, ALPHABET.length())
        .mapToObj(ALPHABET::charAt)
        .forEach(password::append);
    return password.toString();
  }
}
