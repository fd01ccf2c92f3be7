package org.certcollect.server.http;

import io.netty.handler.codec.DateFormatter;
import java.util.Date;

/**
 * The value of a Date header (RFC 9110, section 6.6.1), made anew once a second. Confined to one
 * event loop.
 */
final class HttpDate {
  private long second = Long.MIN_VALUE;
  private String text = "";

  @SuppressWarnings("JavaUtilDate") // Netty's formatter takes no other.
  String now() {
    long now = System.currentTimeMillis();
    if (now / 1_000 != second) {
      second = now / 1_000;
      text = DateFormatter.format(new Date(now));
    }
    return text;
  }
}
