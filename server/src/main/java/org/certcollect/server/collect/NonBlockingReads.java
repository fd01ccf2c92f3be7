package org.certcollect.server.collect;

import com.github.benmanes.caffeine.cache.Ticker;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.Function;
import java.util.function.Supplier;
import org.certcollect.store.NonBlockingCollects;
import org.certcollect.store.Store;
import org.certcollect.store.domain.StoreException;

/**
 * The non-blocking reads of one event loop. Two changes of thread cost more than a read of what is
 * in memory, so requests are answered on the event loop itself where that is possible. It is not
 * while the store would have to wait, or for a second after its disk was slow: other connections of
 * the event loop must not be held up. In a store across a network orders are looked up together.
 * Confined to one event loop.
 */
public final class NonBlockingReads implements AutoCloseable {
  private static final long SLOW_NANOS = Duration.ofMillis(50).toNanos();
  private static final long PAUSE_NANOS = Duration.ofSeconds(1).toNanos();

  private final Optional<NonBlockingCollects> reads;
  private final Optional<LookUps> lookUps;
  private long pausedUntil = System.nanoTime();

  /**
   * Makes reads for an event loop.
   *
   * @param workers the threads that may block on the store
   * @param eventLoop the event loop of the calling thread; a task that it is given runs after what
   *     has arrived by then is read
   */
  public NonBlockingReads(Store store, Executor workers, Supplier<Executor> eventLoop) {
    reads = store.nonBlockingCollects();
    lookUps =
        reads.isPresent()
            ? Optional.empty()
            : Optional.of(new LookUps(store::collects, workers, eventLoop, Ticker.systemTicker()));
  }

  /** The look-ups in a store across a network; empty if the store is here. */
  Optional<LookUps> lookUps() {
    return lookUps;
  }

  /** The result of the work with these reads; empty if it has to be done on another thread. */
  <T> Optional<T> attempt(Function<NonBlockingCollects, T> work) {
    long start = System.nanoTime();
    if (reads.isEmpty() || start - pausedUntil < 0) {
      return Optional.empty();
    }
    try {
      reads.get().refresh();
      return Optional.of(work.apply(reads.get()));
    } catch (StoreException e) {
      // A thread that can wait tries again, and reports the problem if it lasts.
      return Optional.empty();
    } finally {
      long end = System.nanoTime();
      if (end - start > SLOW_NANOS) {
        pausedUntil = end + PAUSE_NANOS;
      }
    }
  }

  @Override
  public void close() {
    reads.ifPresent(NonBlockingCollects::close);
  }
}
