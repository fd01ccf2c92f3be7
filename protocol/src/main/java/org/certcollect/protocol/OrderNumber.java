package org.certcollect.protocol;

import java.util.Optional;

/**
 * The number of an order.
 *
 * @param value 1 to 2^63-1
 */
public record OrderNumber(long value) {
  public OrderNumber {
    if (value < 1) {
      throw new IllegalArgumentException("an order number must be at least 1, not " + value);
    }
  }

  /** The order number that ASCII digits stand for, leading zeros allowed; empty for other texts. */
  public static Optional<OrderNumber> parse(String text) {
    return Integers.parse(text).filter(value -> value > 0).map(OrderNumber::new);
  }

  @Override
  public String toString() {
    return Long.toString(value);
  }
}
