package org.certcollect.server.collect;

import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;
import org.certcollect.store.NonBlockingCollects;
import org.certcollect.store.domain.StoreException;

/**
 * The non-blocking reads of one event loop. Two changes of thread cost more than a read of what is
 * in memory, so requests are answered on the event loop itself where that is possible. It is not
 * while the store would have to wait, or for a second after its disk was slow: other connections of
 * the event loop must not be held up. Confined to one event loop.
 */
public final class NonBlockingReads implements AutoCloseable {
  private static final long SLOW_NANOS = Duration.ofMillis(50).toNanos();
  private static final long PAUSE_NANOS = Duration.ofSeconds(1).toNanos();

  private final Optional<NonBlockingCollects> reads;
  private long pausedUntil = System.nanoTime();

  /**
   * Makes reads for an event loop.
   *
   * @param reads empty if the store has none; then no attempt succeeds
   */
  public NonBlockingReads(Optional<NonBlockingCollects> reads) {
    this.reads = reads;
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
