package org.certcollect.protocol;

/** Measures the strings of the protocol: their lengths are counted in Unicode code points. */
final class Text {
  private Text() {}

  static boolean fits(String value, int maxLength) {
    return !value.isEmpty() && value.codePointCount(0, value.length()) <= maxLength;
  }

  static void requireLength(String name, String value, int maxLength) {
    if (!fits(value, maxLength)) {
      throw new IllegalArgumentException(name + " has 1 to " + maxLength + " characters");
    }
  }
}
