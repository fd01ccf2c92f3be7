package org.certcollect.store;

import java.time.Instant;
import java.util.Optional;
import org.certcollect.store.domain.OrderState;

/**
 * A time of an order by which orders are searched. An {@link OrderFilter} with several is listed
 * along the first of them in this order.
 */
public enum OrderTime {
  /** The notAfter of the certificate of an issued order. */
  EXPIRY,
  /** The time since which an order is being processed. */
  PROCESSING,
  /** The time at which the newest certificate was issued. */
  ISSUED,
  CREATED,
  CHANGED;

  /** The time of an order; empty if the order has none now. */
  public Optional<Instant> of(Order order) {
    return switch (this) {
      case EXPIRY ->
          order
              .certificate()
              .filter(unused -> order.state() == OrderState.ISSUED)
              .map(IssuedReference::notAfter);
      case PROCESSING -> order.processingSince();
      case ISSUED -> order.issued();
      case CREATED -> Optional.of(order.created());
      case CHANGED -> Optional.of(order.changed());
    };
  }

  /**
   * A period of time, cut to what a store can hold.
   *
   * @param from its first instant
   * @param before the first instant after it
   */
  public record Period(Instant from, Instant before) {
    private static final Instant MIN = Instant.ofEpochMilli(Long.MIN_VALUE);
    private static final Instant MAX = Instant.ofEpochMilli(Long.MAX_VALUE);

    public Period {
      from = from.isBefore(MIN) ? MIN : from;
      before = before.isAfter(MAX) ? MAX : before;
    }

    public Period(Optional<Instant> from, Optional<Instant> before) {
      this(from.orElse(MIN), before.orElse(MAX));
    }

    public boolean contains(Instant time) {
      return !time.isBefore(from) && time.isBefore(before);
    }

    public static Period before(Instant end) {
      return new Period(MIN, end);
    }
  }
}
