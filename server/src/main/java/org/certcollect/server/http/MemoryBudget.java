package org.certcollect.server.http;

import com.github.benmanes.caffeine.cache.Ticker;
import java.util.Comparator;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.logging.Logger;
import org.certcollect.server.auth.MinuteCounter;
import org.certcollect.server.log.LogEvent;

/**
 * The budget of memory that all clients together may make the server hold, in unfinished requests
 * and in unsent responses: one eighth of the heap. When it is exceeded, the connection that holds
 * most is cut. That need not be the one that passed the limit, but it is a cause. Safe for use by
 * many threads.
 */
public final class MemoryBudget {
  private static final Logger LOG = Logger.getLogger("certcollect.server");

  /** The part of the heap that clients may fill. */
  private static final int HEAP_DIVISOR = 8;

  /**
   * The maximum for one connection. It is more than a client needs that sends hundreds of requests
   * at once and reads afterwards.
   */
  private static final long MAX_PER_CONNECTION = 4L << 20;

  private final long max;
  private final long maxPerConnection;
  private final AtomicLong total = new AtomicLong();
  private final Set<HeldBytes> holders = ConcurrentHashMap.newKeySet();
  private final AtomicLong cut = new AtomicLong();
  private final MinuteCounter warnings = new MinuteCounter(Ticker.systemTicker());

  MemoryBudget(long max, long maxPerConnection) {
    this.max = max;
    this.maxPerConnection = maxPerConnection;
  }

  /** The budget of this process. */
  public static MemoryBudget ofHeap() {
    long max = Runtime.getRuntime().maxMemory() / HEAP_DIVISOR;
    return new MemoryBudget(max, Math.min(MAX_PER_CONNECTION, max / 2));
  }

  /**
   * Begins the count of a new connection.
   *
   * @param cutter ends the connection at once, from any thread
   */
  HeldBytes opened(Runnable cutter) {
    HeldBytes held = new HeldBytes(this, cutter);
    holders.add(held);
    return held;
  }

  void closed(HeldBytes held) {
    holders.remove(held);
    total.addAndGet(-held.end());
  }

  void changed(HeldBytes held, long change) {
    long now = total.addAndGet(change);
    if (change <= 0) {
      return;
    }
    if (held.told() > maxPerConnection) {
      cut(held);
    }
    while (now > max) {
      Optional<HeldBytes> largest = holders.stream().max(Comparator.comparingLong(HeldBytes::told));
      if (largest.isEmpty()) {
        return;
      }
      cut(largest.get());
      now = total.get();
    }
  }

  /** The bytes that all connections hold. */
  long total() {
    return total.get();
  }

  private void cut(HeldBytes held) {
    closed(held);
    held.cut();
    cut.incrementAndGet();
    warn();
  }

  /** Logs a cut at most once a minute, because there may be thousands. */
  private void warn() {
    if (warnings.add() == 1) {
      LogEvent.warning(
              "Connections were cut: their unfinished requests and unread responses held too much"
                  + " memory")
          .with("limit", max)
          .with("cut", cut.getAndSet(0))
          .to(LOG);
    }
  }
}
