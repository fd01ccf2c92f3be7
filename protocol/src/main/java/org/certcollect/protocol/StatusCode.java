package org.certcollect.protocol;

/**
 * The first line of an answer, and the text of the second where the code is negative (specification
 * 1.06, section 2.1). No code and no text stands anywhere else.
 */
public enum StatusCode {
  /** The certificates follow. */
  ATTACHED(2, ""),
  /** The certificates can be collected. */
  AVAILABLE(1, ""),
  /** The order is being processed. */
  PROCESSING(0, ""),
  NOT_HTTPS(-1, "Request was not made over https!"),
  UNRECOGNISED_ARGUMENT(-2, "Unrecognised argument!"),
  MISSING_ARGUMENT(-3, "The 'xxxx' argument is missing!"),
  INVALID_ARGUMENT(-4, "The value of the 'xxxx' argument is invalid!"),
  UNKNOWN_ERROR(-14, "An unknown error occurred!"),
  PERMISSION_DENIED(-16, "Permission denied!"),
  NOT_POST(-17, "Request used GET rather than POST!"),
  REJECTED(-20, "The certificate request has been rejected!"),
  REVOKED(-21, "The certificate has been revoked!"),
  AWAITING_PAYMENT(-22, "Still awaiting payment!");

  private final int code;
  private final String text;

  StatusCode(int code, String text) {
    this.code = code;
    this.text = text;
  }

  /** The number on the first line. */
  public int code() {
    return code;
  }

  /**
   * The text on the second line, ASCII, in which {@code xxxx} stands for an argument's name; empty
   * for a code that is not negative.
   */
  public String text() {
    return text;
  }
}
