package org.certcollect.store.domain;

import java.util.EnumSet;
import java.util.Set;

/** The state of an order. The only transitions are those that {@link #next()} lists. */
public enum OrderState {
  /** The order has not been paid for yet. */
  AWAITING_PAYMENT,
  /** The order has been paid for, and its certificate is not issued yet. */
  PROCESSING,
  /** A certificate is ready for collection; issuing again replaces it (a reissue). */
  ISSUED,
  /** The certificate was revoked; final. */
  REVOKED,
  /** The order was rejected before a certificate was issued; final. */
  REJECTED;

  /** The states that may follow this one; empty for a final state. */
  public Set<OrderState> next() {
    return switch (this) {
      case AWAITING_PAYMENT -> EnumSet.of(PROCESSING, REJECTED);
      case PROCESSING -> EnumSet.of(ISSUED, REJECTED);
      case ISSUED -> EnumSet.of(ISSUED, REVOKED);
      case REVOKED, REJECTED -> EnumSet.noneOf(OrderState.class);
    };
  }
}
