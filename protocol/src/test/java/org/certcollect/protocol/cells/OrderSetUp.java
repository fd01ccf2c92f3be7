package org.certcollect.protocol.cells;

import java.util.Optional;

/**
 * The order that a situation needs; one for each endpoint.
 *
 * @param owner whose it is
 * @param state what became of it
 * @param chain the fixture that was issued for it, where one was
 */
public record OrderSetUp(TestAccount owner, State state, Optional<String> chain) {

  /** What became of an order. */
  public enum State {
    AWAITING_PAYMENT,
    PROCESSING,
    REJECTED,
    ISSUED,
    REVOKED
  }
}
