package org.certcollect.store;

import java.time.Instant;
import java.util.Set;
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
 */
public record Account(
    long id,
    String login,
    PasswordHash passwordHash,
    Set<Product> products,
    boolean enabled,
    long version,
    Instant created) {
  private static final int MAX_LOGIN = 64;

  public Account {
    products = Set.copyOf(products);
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
