package org.certcollect.server.auth;

import com.github.benmanes.caffeine.cache.Ticker;
import java.time.Duration;
import java.util.Optional;

/**
 * A count that starts anew a minute after its first increment. Safe for use by many threads; a look
 * at a count below the limit takes no lock.
 */
final class MinuteCounter {
  static final Duration WINDOW = Duration.ofMinutes(1);

  private final Ticker ticker;
  private long end;
  private volatile int count;
  private Optional<Fingerprint> last = Optional.empty();

  MinuteCounter(Ticker ticker) {
    this.ticker = ticker;
  }

  /** Adds one and returns the count. */
  synchronized int add() {
    long now = ticker.read();
    if (isOver(now)) {
      count = 0;
      end = now + WINDOW.toNanos();
      last = Optional.empty();
    }
    int increased = count + 1;
    count = increased;
    return increased;
  }

  /**
   * Adds one for a guess, unless it repeats the guess before: a client with an outdated password
   * sends it again and again, and learns nothing from it.
   */
  synchronized void addUnlessRepeated(Fingerprint guess) {
    if (isOver(ticker.read()) || !last.equals(Optional.of(guess))) {
      add();
      last = Optional.of(guess);
    }
  }

  /** Whether the count has come to the limit within the minute. */
  boolean hasReached(int limit) {
    return count >= limit && isReached(limit);
  }

  private synchronized boolean isReached(int limit) {
    return count >= limit && !isOver(ticker.read());
  }

  private boolean isOver(long now) {
    return count == 0 || now - end >= 0;
  }
}
