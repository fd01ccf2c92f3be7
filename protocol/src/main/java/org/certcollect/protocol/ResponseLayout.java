package org.certcollect.protocol;

/** The layout of the answer to one request. Implementations are immutable. */
@FunctionalInterface
public interface ResponseLayout {
  /** The answer that tells a result. */
  CollectResponse write(CollectResult result);

  /** Whether the answer to a request that succeeds tells {@link OrderDetails}. */
  default boolean tellsDetails() {
    return false;
  }

  /** Whether more of these details is told than {@link OrderDetails#orderNumber}. */
  default boolean tellsValidation() {
    return tellsDetails();
  }
}
