package org.certcollect.protocol;

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
   * The request that the arguments make.
   *
   * @param values all of them parsed and valid
   */
  CollectRequest request(Endpoint endpoint, ArgumentValues values);
}
