package org.certcollect.bench.compare;

import java.time.LocalTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** What a run says on stderr while it goes on. */
final class Progress {
  private static final DateTimeFormatter CLOCK =
      DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ROOT);

  private Progress() {}

  static void say(String format, Object... values) {
    String text = String.format(Locale.ROOT, format, values);
    System.err.println(LocalTime.now(ZoneId.systemDefault()).format(CLOCK) + " " + text);
  }
}
