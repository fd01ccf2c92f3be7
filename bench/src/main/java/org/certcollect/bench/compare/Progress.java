package org.certcollect.bench.compare;

import java.time.LocalTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.Locale;

/** What a run says on stderr while it goes on. */
final class Progress {
  private Progress() {}

  static void say(String format, Object... values) {
    String text = String.format(Locale.ROOT, format, values);
    System.err.println(
        LocalTime.now(ZoneId.systemDefault()).truncatedTo(ChronoUnit.SECONDS) + " " + text);
  }
}
