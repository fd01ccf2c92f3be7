package org.certcollect.server.log;

import java.security.SecureRandom;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicLong;

/** The ids by which logs, audit records and answers name one request. */
public final class RequestId {
  /** Tells the requests of this process from those of any other. */
  private static final String PROCESS =
      String.format(Locale.ROOT, "%08x-", new SecureRandom().nextInt());

  private static final AtomicLong COUNT = new AtomicLong();

  private RequestId() {}

  /** A new id. */
  public static String next() {
    return PROCESS + COUNT.incrementAndGet();
  }
}
