package org.certcollect.store;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.certcollect.store.domain.MailContact;
import org.certcollect.store.domain.OldPassword;
import org.certcollect.store.domain.PasswordHash;
import org.certcollect.store.domain.Product;

/**
 * The account of a reseller, with its login, the hash of its password, and the endpoints that it
 * may call.
 *
 * @param id the store's own key, never reused
 * @param login a text for which {@link #isLogin} is true; case-sensitive
 * @param passwordHash the hash of its password
 * @param products the products whose endpoint it may call
 * @param enabled whether it may log in at all
 * @param version grows with every change of the row, so that no change overwrites another
 * @param created when it was added
 * @param oldPassword the password before this one, kept for a time; it may have ended
 * @param contact how its people get e-mails
 */
public record Account(
    long id,
    String login,
    PasswordHash passwordHash,
    Set<Product> products,
    boolean enabled,
    long version,
    Instant created,
    Optional<OldPassword> oldPassword,
    MailContact contact) {
  private static final int MAX_LOGIN = 64;

  public Account {
    products = Set.copyOf(products);
  }

  /** An account with one password, without a contact. */
  public Account(
      long id,
      String login,
      PasswordHash passwordHash,
      Set<Product> products,
      boolean enabled,
      long version,
      Instant created) {
    this(
        id,
        login,
        passwordHash,
        products,
        enabled,
        version,
        created,
        Optional.empty(),
        MailContact.NONE);
  }

  /** The hashes of the passwords that are valid now: one, or two. */
  public List<PasswordHash> passwordHashes(Instant now) {
    return oldPassword
        .filter(old -> now.isBefore(old.until()))
        .map(old -> List.of(passwordHash, old.hash()))
        .orElseGet(() -> List.of(passwordHash));
  }

  /** The hashes of both passwords, whether or not the old one has ended. */
  public List<PasswordHash> passwordHashes() {
    return passwordHashes(Instant.MIN);
  }

  /** Whether a hash is that of a password that is valid now. */
  public boolean hasPassword(PasswordHash hash, Instant now) {
    return passwordHash.equals(hash)
        || (oldPassword.isPresent() && passwordHashes(now).contains(hash));
  }

  /** Whether a text may be a login: 1 to 64 characters, none of them a control character. */
  public static boolean isLogin(String text) {
    int length = text.codePointCount(0, text.length());
    return length >= 1 && length <= MAX_LOGIN && text.chars().noneMatch(Character::isISOControl);
  }

  /** Whether this account may collect orders of that product now. */
  public boolean mayCollect(Product product) {
    return enabled && products.contains(product);
  }
}
