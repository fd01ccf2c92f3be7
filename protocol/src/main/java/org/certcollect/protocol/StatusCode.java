package org.certcollect.protocol;

/**
 * The status that an answer tells: above 0 for success, 0 for an order that is being processed,
 * negative for a refusal. The texts of the refusals belong to the dialect.
 */
public enum StatusCode {
  /** The certificates follow. */
  ATTACHED(2),
  /** The certificates can be collected. */
  AVAILABLE(1),
  /** The order is being processed. */
  PROCESSING(0),
  /** The request came over plain HTTP. */
  NOT_HTTPS(-1),
  /** The endpoint does not know an argument. */
  UNRECOGNISED_ARGUMENT(-2),
  /** A required argument is absent. */
  MISSING_ARGUMENT(-3),
  /** The value of an argument is invalid. */
  INVALID_ARGUMENT(-4),
  /** The server itself has failed. */
  UNKNOWN_ERROR(-14),
  /** The login is unknown, its password is wrong, or its account may not use the endpoint. */
  PERMISSION_DENIED(-16),
  /** The method of the request is not POST. */
  NOT_POST(-17),
  /** The order is rejected. */
  REJECTED(-20),
  /** The order's certificate is revoked. */
  REVOKED(-21),
  /** The order is not paid yet. */
  AWAITING_PAYMENT(-22),
  /** The login is right, but its account may not use the endpoint. Not every dialect has it. */
  PERMISSION_DENIED_CONTEXT(-91);

  private final int code;

  StatusCode(int code) {
    this.code = code;
  }

  /** The number that stands for it in an answer. */
  public int code() {
    return code;
  }
}
