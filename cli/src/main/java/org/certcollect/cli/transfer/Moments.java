package org.certcollect.cli.transfer;

import java.time.Instant;
import java.time.LocalDate;

/**
 * Reads moments; those that export writes without the JDK's parser, which takes ten times as long.
 */
final class Moments {
  private Moments() {}

  /**
   * Reads ISO 8601 in UTC.
   *
   * @throws java.time.DateTimeException when it is anything else
   */
  static Instant parse(String text) {
    int length = text.length();
    boolean usual =
        (length == 20 || length == 24)
            && text.charAt(length - 1) == 'Z'
            && isShaped(text, length == 20 ? "9999-99-99T99:99:99Z" : "9999-99-99T99:99:99.999Z");
    int hour = usual ? digits(text, 11, 13) : 24;
    int minute = usual ? digits(text, 14, 16) : 60;
    int second = usual ? digits(text, 17, 19) : 60;
    if (hour > 23 || minute > 59 || second > 59) {
      return Instant.parse(text);
    }
    long day =
        LocalDate.of(digits(text, 0, 4), digits(text, 5, 7), digits(text, 8, 10)).toEpochDay();
    long millis = length == 20 ? 0 : digits(text, 20, 23);
    return Instant.ofEpochMilli((((day * 24 + hour) * 60 + minute) * 60 + second) * 1000 + millis);
  }

  private static boolean isShaped(String text, String shape) {
    for (int i = 0; i < shape.length(); i++) {
      char c = text.charAt(i);
      if (shape.charAt(i) == '9' ? c < '0' || c > '9' : c != shape.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  private static int digits(String text, int from, int to) {
    int value = 0;
    for (int i = from; i < to; i++) {
      value = value * 10 + text.charAt(i) - '0';
    }
    return value;
  }
}
