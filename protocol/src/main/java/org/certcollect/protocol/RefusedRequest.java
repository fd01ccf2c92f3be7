package org.certcollect.protocol;

import org.certcollect.protocol.CollectResult.Refused;

/**
 * A request that has failed one of the checks 1 to 5 (docs/protocol.md, section 3).
 *
 * @param reason the first check that failed
 * @param layout the layout of its answer
 */
public record RefusedRequest(Refused reason, ResponseLayout layout) implements Reading {
  /** The answer. */
  public CollectResponse response() {
    return layout.write(reason);
  }
}
