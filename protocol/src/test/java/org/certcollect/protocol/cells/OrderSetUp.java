package org.certcollect.protocol.cells;

import java.util.Optional;

/**
 * The order that a situation needs; one for each endpoint.
 *
 * @param owner the account that owns it
 * @param state its state
 * @param chain the fixture that was issued for it, if one was
 */
public record OrderSetUp(TestAccount owner, State state, Optional<String> chain) {

  /** The state of an order. */
  public enum State {
    AWAITING_PAYMENT,
    PROCESSING,
    REJECTED,
    ISSUED,
    REVOKED
  }
}
