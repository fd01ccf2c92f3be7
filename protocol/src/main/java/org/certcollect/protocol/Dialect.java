package org.certcollect.protocol;

import org.certcollect.protocol.CollectResult.Refused;

/**
 * A version of the protocol: which arguments there are, what request their values make, and how
 * answers are laid out. Implementations are immutable and safe for use by many threads.
 */
public interface Dialect {
  /** The arguments that exist. */
  ArgumentTable arguments();

  /**
   * Whether a request with these arguments may come over plain HTTP.
   *
   * @param values not parsed yet
   */
  boolean allowsPlainHttp(ArgumentValues values);

  /**
   * The layout of the answer to a request that is refused before it is understood. It is decided
   * before any check.
   *
   * @param values not parsed yet, and perhaps contradictory; none if they could not be read
   */
  ResponseLayout layoutOfRefusal(ArgumentValues values);

  /**
   * The refusal of a request, with who asked and for what as far as that was sent.
   *
   * @param values as those of {@link #layoutOfRefusal}
   */
  RefusedRequest refusal(Refused reason, ArgumentValues values);

  /**
   * The request that the arguments make.
   *
   * @param values all of them parsed and valid
   */
  CollectRequest request(Endpoint endpoint, ArgumentValues values);
}
