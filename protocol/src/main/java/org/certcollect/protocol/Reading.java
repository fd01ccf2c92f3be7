package org.certcollect.protocol;

/** The outcome of checks 1 to 5: a request that can be looked up, or one that is refused. */
public sealed interface Reading permits CollectRequest, RefusedRequest {
  /** The layout of the answer, whatever it tells. */
  ResponseLayout layout();
}
