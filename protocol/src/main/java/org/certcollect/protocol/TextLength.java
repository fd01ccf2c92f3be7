package org.certcollect.protocol;

/** The length of a value, counted in Unicode code points. */
final class TextLength {
  private TextLength() {}

  /** Whether a value has 1 to {@code max} characters. */
  static boolean fits(String value, int max) {
    return !value.isEmpty() && value.codePointCount(0, value.length()) <= max;
  }

  /**
   * Refuses a value that is empty or too long, without showing it.
   *
   * @param noun what the value is
   */
  static void require(String noun, String value, int max) {
    if (!fits(value, max)) {
      throw new IllegalArgumentException(noun + " must have 1 to " + max + " characters");
    }
  }
}
