package org.certcollect.server.http;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.logging.Logger;
import org.certcollect.server.log.LogEvent;

/**
 * How many connections there are on all listeners together, and whether there may be one more. Safe
 * for use by many threads.
 */
public final class Connections {
  private static final Logger LOG = Logger.getLogger("certcollect.server");
  private static final long PERIOD = TimeUnit.MINUTES.toNanos(1);

  private final int most;
  private final AtomicInteger count = new AtomicInteger();
  private final AtomicLong turnedAway = new AtomicLong();
  private final AtomicLong nextWarning = new AtomicLong(System.nanoTime());

  public Connections(int most) {
    this.most = most;
  }

  /** Counts one more; returns whether it may stay. */
  boolean opened() {
    if (count.incrementAndGet() <= most) {
      return true;
    }
    turnedAway.incrementAndGet();
    warn();
    return false;
  }

  void closed() {
    count.decrementAndGet();
  }

  public int count() {
    return count.get();
  }

  /** At most once a minute, for there may be thousands. */
  private void warn() {
    long now = System.nanoTime();
    long due = nextWarning.get();
    if (now - due >= 0 && nextWarning.compareAndSet(due, now + PERIOD)) {
      LogEvent.warning("Connections were closed, as there are as many as limits.connections allows")
          .with("limit", most)
          .with("closed", turnedAway.getAndSet(0))
          .to(LOG);
    }
  }
}
