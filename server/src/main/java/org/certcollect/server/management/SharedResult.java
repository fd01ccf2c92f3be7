package org.certcollect.server.management;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The result of a question that takes time, for all who ask it meanwhile or shortly after. It is
 * asked only if somebody wants the answer, on a thread of its own. Safe for use by many threads.
 */
public final class SharedResult<T> implements AutoCloseable {
  private final Supplier<T> question;
  private final Duration fresh;
  private final int rest;
  private final ExecutorService thread;
  private @Nullable CompletableFuture<T> current;
  private volatile Optional<T> last = Optional.empty();
  private long due;

  /**
   * @param name of the thread
   * @param fresh the time for which an answer is shared after it came
   * @param rest the same as a multiple of the time that the answer took; the longer of both counts
   */
  public SharedResult(String name, Supplier<T> question, Duration fresh, int rest) {
    this.question = question;
    this.fresh = fresh;
    this.rest = rest;
    thread =
        Executors.newSingleThreadExecutor(
            task -> {
              Thread own = new Thread(task, name);
              own.setDaemon(true);
              return own;
            });
  }

  /** The answer that is fresh, or will be. */
  public synchronized CompletableFuture<T> get() {
    if (current == null || (current.isDone() && System.nanoTime() - due >= 0)) {
      current = CompletableFuture.supplyAsync(this::ask, thread);
    }
    return current;
  }

  /** A fresh answer, or the last one if that fails or takes too long; empty if none came yet. */
  public CompletableFuture<Optional<T>> getWithin(Duration timeout) {
    return get()
        .thenApply(Optional::of)
        .orTimeout(timeout.toMillis(), TimeUnit.MILLISECONDS)
        .exceptionally(failure -> last);
  }

  /** The last answer, however old; empty if none came yet. */
  public Optional<T> last() {
    return last;
  }

  private T ask() {
    long start = System.nanoTime();
    try {
      T answer = question.get();
      last = Optional.of(answer);
      return answer;
    } finally {
      long end = System.nanoTime();
      setDue(end + Math.max(fresh.toNanos(), rest * (end - start)));
    }
  }

  private synchronized void setDue(long nanos) {
    due = nanos;
  }

  @Override
  public void close() {
    thread.shutdownNow();
  }
}
