package org.certcollect.server.auth;

import com.github.benmanes.caffeine.cache.Ticker;
import java.time.Duration;

/**
 * A count that starts anew a minute after its first increment. Safe for use by many threads; a look
 * at a count below the limit takes no lock.
 */
public final class MinuteCounter {
  static final Duration WINDOW = Duration.ofMinutes(1);

  private final Ticker ticker;
  private long end;
  private volatile int count;

  public MinuteCounter(Ticker ticker) {
    this.ticker = ticker;
  }

  /** Adds one and returns the count. */
  public synchronized int add() {
    int increased = count() + 1;
    if (increased == 1) {
      end = ticker.read() + WINDOW.toNanos();
    }
    count = increased;
    return increased;
  }

  /** The count of this minute. */
  synchronized int count() {
    return count == 0 || ticker.read() - end >= 0 ? 0 : count;
  }

  /** Whether the count has come to the limit within the minute. */
  boolean hasReached(int limit) {
    return count >= limit && count() >= limit;
  }
}
