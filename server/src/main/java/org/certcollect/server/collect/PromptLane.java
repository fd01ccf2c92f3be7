package org.certcollect.server.collect;

import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;
import org.certcollect.store.PromptCollects;
import org.certcollect.store.StoreException;

/**
 * The way to answer on the event loop itself: two changes of thread cost more than a read of what
 * is in memory. Where the store would have to wait, or its disk was slow a moment ago, there is no
 * answer this way, and other connections of the event loop are not held up. Confined to one event
 * loop.
 */
public final class PromptLane implements AutoCloseable {
  private static final long SLOW = Duration.ofMillis(50).toNanos();
  private static final long PAUSE = Duration.ofSeconds(1).toNanos();

  private final Optional<PromptCollects> reads;
  private long closedUntil = System.nanoTime();

  /**
   * @param reads empty where the store has none: then there is no answer this way
   */
  public PromptLane(Optional<PromptCollects> reads) {
    this.reads = reads;
  }

  /** What the work makes of the reads; empty where it is to be done elsewhere. */
  <T> Optional<T> attempt(Function<PromptCollects, T> work) {
    long start = System.nanoTime();
    if (reads.isEmpty() || start - closedUntil < 0) {
      return Optional.empty();
    }
    try {
      reads.get().refresh();
      return Optional.of(work.apply(reads.get()));
    } catch (StoreException e) {
      // Whoever can wait asks again, and tells what is wrong if it still is.
      return Optional.empty();
    } finally {
      long end = System.nanoTime();
      if (end - start > SLOW) {
        closedUntil = end + PAUSE;
      }
    }
  }

  @Override
  public void close() {
    reads.ifPresent(PromptCollects::close);
  }
}
