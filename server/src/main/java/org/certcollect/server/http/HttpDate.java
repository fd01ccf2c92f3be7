package org.certcollect.server.http;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/**
 * The value of a Date header (RFC 9110, section 6.6.1), made anew once a second. Confined to one
 * event loop.
 */
final class HttpDate {
  private static final DateTimeFormatter IMF_FIXDATE =
      DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  private long second = Long.MIN_VALUE;
  private String text = "";

  String now() {
    long now = Math.floorDiv(System.currentTimeMillis(), 1_000L);
    if (now != second) {
      second = now;
      text = IMF_FIXDATE.format(Instant.ofEpochSecond(now));
    }
    return text;
  }
}
