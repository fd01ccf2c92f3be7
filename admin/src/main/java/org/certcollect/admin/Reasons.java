package org.certcollect.admin;

/** The rule for the reason that a rejection or revocation may have. */
public final class Reasons {
  public static final int MAX_LENGTH = 500;

  private Reasons() {}

  /**
   * The reason itself.
   *
   * @throws InvalidInputException if it is too long: it is stored with the order and its event
   */
  public static String check(String reason) {
    if (reason.codePointCount(0, reason.length()) > MAX_LENGTH) {
      throw new InvalidInputException(
          InvalidInputException.Kind.REASON, "reason has more than " + MAX_LENGTH + " characters");
    }
    return reason;
  }
}
