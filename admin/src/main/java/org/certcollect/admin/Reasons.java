package org.certcollect.admin;

/** The length limit on the reason of a rejection or revocation. */
public final class Reasons {
  public static final int MAX_LENGTH = 500;

  private Reasons() {}

  /**
   * Returns the reason unchanged.
   *
   * @throws InvalidInputException if it is too long; it is stored with the order and its event
   */
  public static String check(String reason) {
    if (reason.codePointCount(0, reason.length()) > MAX_LENGTH) {
      throw new InvalidInputException(
          InvalidInputException.Kind.REASON, "reason has more than " + MAX_LENGTH + " characters");
    }
    return reason;
  }
}
