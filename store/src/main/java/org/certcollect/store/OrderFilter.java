package org.certcollect.store;

import java.time.Instant;
import java.util.Optional;
import org.certcollect.store.domain.OrderState;
import org.certcollect.store.domain.Product;

/**
 * A filter of orders, and one page of the list. The list is in the order of the numbers, or, with
 * {@code expiringBefore}, in the order of expiry and then of the numbers. Each page is one indexed
 * read, and the last page costs no more than the first one.
 *
 * @param expiringBefore only issued orders whose certificate's notAfter lies before it
 * @param after only orders after the order of this number in that list; 0 for the first page
 * @param afterExpiry the notAfter that the order had on its page, required for each later page of a
 *     list by expiry: the order may have been reissued since
 * @param limit the maximum number of orders, at least 1
 */
public record OrderFilter(
    Optional<String> account,
    Optional<OrderState> state,
    Optional<Product> product,
    Optional<Instant> expiringBefore,
    long after,
    Optional<Instant> afterExpiry,
    int limit) {

  public OrderFilter {
    if (limit < 1) {
      throw new IllegalArgumentException("a page must have room for at least one order");
    }
    if (expiringBefore.isPresent() && after > 0 && afterExpiry.isEmpty()) {
      throw new IllegalArgumentException(
          "a later page of orders by expiry needs the expiry of the last order before it");
    }
  }

  /** A filter for the first {@code limit} orders of any kind. */
  public static OrderFilter first(int limit) {
    return new OrderFilter(
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        0,
        Optional.empty(),
        limit);
  }

  /** A filter for the page after the one that ended with this order. */
  public OrderFilter after(Order last) {
    Optional<Instant> expiry = last.certificate().map(IssuedReference::notAfter);
    return new OrderFilter(account, state, product, expiringBefore, last.number(), expiry, limit);
  }

  /** A filter for the same page with another maximum number of orders. */
  public OrderFilter withLimit(int limit) {
    return new OrderFilter(account, state, product, expiringBefore, after, afterExpiry, limit);
  }
}
