package org.certcollect.store;

import java.util.Optional;
import org.certcollect.store.domain.CodeHash;
import org.certcollect.store.domain.OrderState;
import org.certcollect.store.domain.Product;
import org.certcollect.store.domain.StoreException;
import org.certcollect.store.x509.VerifiedChain;

/**
 * The reads behind a collect request: the hot path. Each is one indexed statement, prepared once,
 * and sees the last acknowledged change.
 */
public interface Collects {
  /**
   * An account and, where the number is one of its own orders, that order's status.
   *
   * @param login any text that a caller sent
   */
  Optional<AccountAndOrder> byLogin(String login, long orderNumber);

  /** The order that a collection code belongs to. */
  Optional<OrderStatus> byCode(CodeHash code);

  /**
   * An issued certificate with its chain; immutable, so that callers may cache what they make of
   * it.
   *
   * @throws StoreException when there is none of that id
   */
  VerifiedChain chain(IssuedReference reference);

  /**
   * An account, and the order that was asked for.
   *
   * @param order the order, where the number is one of the account's own
   */
  record AccountAndOrder(Account account, Optional<OrderStatus> order) {}

  /**
   * How an order stands, as far as a collect request needs it.
   *
   * @param certificate present exactly when the state is issued or revoked
   */
  record OrderStatus(
      long number, Product product, OrderState state, Optional<IssuedReference> certificate) {}
}
