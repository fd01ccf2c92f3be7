package org.certcollect.store.domain;

import java.util.EnumSet;
import java.util.Set;

/** The state of an order. The only transitions are those that {@link #next()} lists. */
public enum OrderState {
  /** Ordered and not yet paid for. */
  AWAITING_PAYMENT,
  /** Paid, the certificate not yet made. */
  PROCESSING,
  /** A certificate is ready for collection; issuing again replaces it (a reissue). */
  ISSUED,
  /** The certificate was revoked; final. */
  REVOKED,
  /** The request was turned down before a certificate was made; final. */
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
