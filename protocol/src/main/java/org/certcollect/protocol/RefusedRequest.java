package org.certcollect.protocol;

import java.util.Optional;
import org.certcollect.protocol.CollectResult.Refused;

/**
 * A request that has failed one of the checks 1 to 5 (docs/protocol.md, section 3).
 *
 * @param reason the first check that failed
 * @param layout the layout of its answer
 * @param login the login, if one was sent that can be read
 * @param order the order number, if one was sent that can be read
 */
public record RefusedRequest(
    Refused reason, ResponseLayout layout, Optional<LoginName> login, Optional<OrderNumber> order)
    implements Reading {
  /** The answer. */
  public CollectResponse response() {
    return layout.write(reason);
  }
}
