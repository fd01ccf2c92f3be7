package org.certcollect.admin;

import java.security.SecureRandom;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongConsumer;
import org.certcollect.store.Account;
import org.certcollect.store.Store;
import org.certcollect.store.domain.Actor;
import org.certcollect.store.domain.PasswordHash;
import org.certcollect.store.domain.Product;

/** Operations on accounts that need a password: it is generated, if none is given, and hashed. */
public final class AccountAdministration {
  private static final String ALPHABET = "23456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnpqrstuvwxyz";
  private static final int LENGTH = 24;

  /** Passwords that are chosen by people and shorter than this can be guessed. */
  public static final int MIN_LENGTH = 12;

  private final Store store;
  private final Actor actor;
  private final PasswordHasher hasher = new PasswordHasher();

  /** Creates operations that are recorded in the name of an actor. */
  public AccountAdministration(Store store, Actor actor) {
    this.store = store;
    this.actor = actor;
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

  /** Adds an account. If no password is given, one is generated. */
  public Changed add(String login, Optional<Given> wanted, Set<Product> products) {
    Optional<String> given = wanted.map(Given::password);
    String password = given.orElseGet(AccountAdministration::generate);
    PasswordHash hash = hasher.hash(password);
    return changed(store.accounts().add(login, hash, products, actor), given, password);
  }

  /**
   * Changes the password of an account. If none is given, one is generated.
   *
   * @param keepOldUntil until when the present password is valid beside the new one
   */
  public Changed changePassword(
      String login, Optional<Given> wanted, Optional<Instant> keepOldUntil) {
    Optional<String> given = wanted.map(Given::password);
    String password = given.orElseGet(AccountAdministration::generate);
    Optional<Account> present =
        keepOldUntil.isEmpty() ? Optional.empty() : store.accounts().find(login);
    PasswordHash hash =
        present
            .map(account -> hasher.hashBeside(password, account.passwordHash()))
            .orElseGet(() -> hasher.hash(password));
    return changed(store.accounts().setPassword(login, hash, keepOldUntil, actor), given, password);
  }

  /**
   * Makes a disabled account anonymous, as {@link org.certcollect.store.Retention#anonymise}
   * describes.
   */
  public Account anonymise(String login, LongConsumer progress) {
    PasswordHash unknown = hasher.hash(generate());
    return store.retention().anonymise(login, unknown, actor, progress);
  }

  private static Changed changed(Account account, Optional<String> given, String password) {
    return new Changed(account, given.isPresent() ? Optional.empty() : Optional.of(password));
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
