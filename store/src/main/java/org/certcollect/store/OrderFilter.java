package org.certcollect.store;

import java.time.Instant;
import java.util.Optional;

/**
 * Which orders to list: in the order of their numbers, or, with {@code expiringBefore}, the soonest
 * to expire first and then by number. Each page is one indexed read, and the last costs what the
 * first does: what it gives out, and what a second filter leaves out in between.
 *
 * @param expiringBefore only issued orders whose certificate's notAfter lies before it
 * @param after only what comes behind the order of this number in that list; 0 for the first page.
 *     Behind an order without a certificate nothing expires.
 * @param limit the most to list, at least 1
 */
public record OrderFilter(
    Optional<String> account,
    Optional<OrderState> state,
    Optional<Product> product,
    Optional<Instant> expiringBefore,
    long after,
    int limit) {

  public OrderFilter {
    if (limit < 1) {
      throw new IllegalArgumentException("a page has at least one order");
    }
  }

  /** The first {@code limit} orders, whatever they are. */
  public static OrderFilter first(int limit) {
    return new OrderFilter(
        Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), 0, limit);
  }
}
