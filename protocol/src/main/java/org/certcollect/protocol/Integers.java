package org.certcollect.protocol;

import java.util.Optional;

/** Reads the integers of the protocol: ASCII digits, no sign, no blanks, leading zeros allowed. */
final class Integers {
  private Integers() {}

  /** The value, 0 to 2^63-1; empty where the text is no such integer. */
  static Optional<Long> parse(String text) {
    if (text.isEmpty()) {
      return Optional.empty();
    }
    long value = 0;
    for (int i = 0; i < text.length(); i++) {
      int digit = text.charAt(i) - '0';
      if (digit < 0 || digit > 9 || value > (Long.MAX_VALUE - digit) / 10) {
        return Optional.empty();
      }
      value = value * 10 + digit;
    }
    return Optional.of(value);
  }
}
