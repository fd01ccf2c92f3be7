package org.certcollect.protocol;

import java.util.Optional;

/** The integers of the protocol: ASCII digits, no sign, no blanks, leading zeros allowed. */
final class Integers {
  private Integers() {}

  /** The integer that a text stands for, 0 to 2^63-1; empty for any other text. */
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
