package org.certcollect.server.collect;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * The deadlines of answers that are not there at once. A look ten times a second costs less than a
 * timer for each answer, which takes a tenth of the throughput. Safe for use by many threads.
 */
final class AnswerDeadlines {
  private static final long PERIOD_MILLIS = 100;

  private final long nanos;
  private final Executor later =
      CompletableFuture.delayedExecutor(PERIOD_MILLIS, TimeUnit.MILLISECONDS, Runnable::run);
  private final Set<OpenAnswer> open = ConcurrentHashMap.newKeySet();
  private final AtomicBoolean looking = new AtomicBoolean();

  /** An answer that is not complete. Each equals itself only. */
  private static final class OpenAnswer {
    private final CompletableFuture<?> answer;
    private final long since = System.nanoTime();

    private OpenAnswer(CompletableFuture<?> answer) {
      this.answer = answer;
    }
  }

  /**
   * @param deadline the time that an answer may take; it may be exceeded by a tenth of a second
   */
  AnswerDeadlines(Duration deadline) {
    nanos = deadline.toNanos();
  }

  /** The same answer, which fails with a {@link TimeoutException} if it is not there in time. */
  <T> CompletableFuture<T> hold(CompletableFuture<T> answer) {
    OpenAnswer entry = new OpenAnswer(answer);
    open.add(entry);
    if (looking.compareAndSet(false, true)) {
      later.execute(this::look);
    }
    return answer.whenComplete((unused, failure) -> open.remove(entry));
  }

  private void look() {
    looking.set(false);
    long now = System.nanoTime();
    for (OpenAnswer entry : open) {
      if (now - entry.since >= nanos) {
        entry.answer.completeExceptionally(new TimeoutException());
      }
    }
    if (!open.isEmpty() && looking.compareAndSet(false, true)) {
      later.execute(this::look);
    }
  }
}
