package org.certcollect.server.http;

import java.util.Comparator;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.logging.Logger;
import org.certcollect.server.log.LogEvent;

/**
 * The memory that all clients together may make the server hold, in unfinished requests and in
 * responses that they do not take: one eighth of the heap. When it is exceeded, the connection that
 * holds most is cut. It need not be the one that passed the limit, but it is a cause. Safe for use
 * by many threads.
 */
public final class MemoryBudget {
  private static final Logger LOG = Logger.getLogger("certcollect.server");
  private static final long WARNING_PERIOD = TimeUnit.MINUTES.toNanos(1);

  /** The part of the heap that clients may fill. */
  private static final int HEAP_DIVISOR = 8;

  /**
   * The most that one connection may hold: more than a client needs that sends hundreds of requests
   * at once and reads afterwards.
   */
  private static final long MAX_PER_CONNECTION = 4L << 20;

  private final long max;
  private final long maxPerConnection;
  private final AtomicLong total = new AtomicLong();
  private final Set<HeldBytes> holders = ConcurrentHashMap.newKeySet();
  private final AtomicLong cut = new AtomicLong();
  private final AtomicLong nextWarning = new AtomicLong(System.nanoTime());

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
   * The count of a new connection.
   *
   * @param cutter ends it at once, from any thread
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

  /** At most once a minute, because there may be thousands. */
  private void warn() {
    long now = System.nanoTime();
    long due = nextWarning.get();
    if (now - due >= 0 && nextWarning.compareAndSet(due, now + WARNING_PERIOD)) {
      LogEvent.warning(
              "Connections were cut: their unfinished requests and unread responses held too much"
                  + " memory")
          .with("limit", max)
          .with("cut", cut.getAndSet(0))
          .to(LOG);
    }
  }
}
