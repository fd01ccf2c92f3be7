package org.certcollect.server.audit;

import io.netty.util.concurrent.DefaultThreadFactory;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.logging.Logger;
import org.certcollect.protocol.StatusCode;
import org.certcollect.server.collect.AnsweredRequest;
import org.certcollect.server.collect.RequestObserver;
import org.certcollect.server.log.LogEvent;
import org.certcollect.store.LastCollects;
import org.certcollect.store.LastCollects.LastCollect;

/**
 * The writer of last collects. Requests only put theirs into a map; a thread of its own writes them
 * to the store, many at a time. While the store is away, those of a bounded number of orders are
 * kept. Safe for use by many threads.
 */
public final class LastCollectWriter implements RequestObserver, AutoCloseable {
  private static final Logger LOG = Logger.getLogger("certcollect.audit");
  private static final Duration INTERVAL = Duration.ofSeconds(10);
  private static final int MAX_ORDERS = 20_000;
  private static final String LOST =
      "The last collects of orders could not be kept; the audit log has them";

  private final LastCollects store;
  private final Map<Long, LastCollect> waiting = new ConcurrentHashMap<>();
  private final AtomicLong dropped = new AtomicLong();
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(new DefaultThreadFactory("last-collects", true));

  /** Whether the last writing failed. Guarded by this object. */
  private boolean failing;

  /** Whether the last flush has begun. Guarded by this object. */
  private boolean closed;

  /** Begins to write to a store, which stays the caller's to close. */
  public LastCollectWriter(LastCollects store) {
    this(store, INTERVAL);
  }

  LastCollectWriter(LastCollects store, Duration interval) {
    this.store = store;
    var unused =
        timer.scheduleWithFixedDelay(
            () -> flush(false), interval.toMillis(), interval.toMillis(), TimeUnit.MILLISECONDS);
  }

  @Override
  public void answered(AnsweredRequest request) {
    if (request.status() == StatusCode.ATTACHED && request.order().isPresent()) {
      long order = request.order().getAsLong();
      int size = waiting.size();
      if (size >= MAX_ORDERS && !waiting.containsKey(order)) {
        dropped.incrementAndGet();
      } else {
        waiting.put(
            order,
            new LastCollect(
                order,
                Instant.now(),
                request.account(),
                Optional.empty(),
                request.source().name()));
      }
      if (size == MAX_ORDERS / 2) {
        flushSoon();
      }
    }
  }

  private void flushSoon() {
    try {
      timer.execute(() -> flush(false));
    } catch (RejectedExecutionException e) {
      // It is closed, and flushes for the last time.
    }
  }

  /**
   * Writes what waits.
   *
   * @param last whether this flush is the last, so that what it cannot write is lost
   */
  private synchronized void flush(boolean last) {
    if (closed) {
      return;
    }
    closed = last;
    long lost = dropped.getAndSet(0);
    if (lost > 0) {
      LogEvent.warning(LOST)
          .with("problem", "too many wait for the store")
          .with("orders", lost)
          .to(LOG);
    }
    try {
      store.put(
          List.copyOf(waiting.values()),
          done -> done.forEach(collect -> waiting.remove(collect.order(), collect)));
      failing = false;
    } catch (RuntimeException e) {
      if (last) {
        LogEvent.failure(LOST, e).with("orders", waiting.size()).to(LOG);
      } else if (!failing) {
        failing = true;
        LogEvent.failure("The last collects of orders cannot be written; they wait", e)
            .with("orders", waiting.size())
            .to(LOG);
      }
    }
  }

  /** Writes what waits, after the writing that is under way. */
  @Override
  public void close() {
    timer.shutdown();
    flush(true);
  }
}
