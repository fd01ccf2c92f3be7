package org.certcollect.protocol;

import java.util.Optional;
import org.certcollect.protocol.CollectResult.Refused;

/**
 * A request that has passed checks 1 to 5 (docs/protocol.md, section 3). Who sent it and how the
 * order stands is not known yet.
 *
 * @param claim which order is asked for, and by what right
 * @param claimArgument the name of the argument to blame if there is no such order
 * @param form the form of the certificates that are asked for; empty if only the status is
 * @param layout the layout of its answer
 */
public record CollectRequest(
    Endpoint endpoint,
    OrderClaim claim,
    String claimArgument,
    Optional<CertificateForm> form,
    ResponseLayout layout)
    implements Reading {

  /** The refusal of a request whose order does not exist, or is not the caller's. */
  public Refused orderNotFound() {
    return Refused.of(StatusCode.INVALID_ARGUMENT, claimArgument);
  }

  /** The refusal of a request that names an order by several numbers, of which this is wrong. */
  public Refused orderNotFound(OrderReference wrong) {
    return Refused.of(StatusCode.INVALID_ARGUMENT, wrong.argument());
  }
}
