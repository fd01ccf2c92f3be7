package org.certcollect.server.auth;

import com.github.benmanes.caffeine.cache.Ticker;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.certcollect.server.config.LimitsConfig;

/**
 * The few threads that check passwords, with a short queue: a flood of guesses takes no more than
 * these, and what waits too long is turned away. Safe for use by many threads.
 */
final class HashLane implements AutoCloseable {
  private final Ticker ticker;
  private final ThreadPoolExecutor threads;

  HashLane(int lanes, int queue, Ticker ticker) {
    this.ticker = ticker;
    threads =
        new ThreadPoolExecutor(
            lanes,
            lanes,
            1,
            TimeUnit.MINUTES,
            new ArrayBlockingQueue<>(queue),
            task -> {
              Thread thread = new Thread(task, "password-check");
              thread.setDaemon(true);
              return thread;
            });
    threads.allowCoreThreadTimeOut(true);
  }

  /**
   * Completes {@code result} with that of the check, or with {@link OverloadedException} when the
   * queue is full, no thread can be had, or one is had too late for an answer.
   *
   * @param after runs before {@code result} is complete, whatever comes of the check
   */
  void run(CompletableFuture<Boolean> result, BooleanSupplier check, Runnable after) {
    long start = ticker.read();
    try {
      threads.execute(() -> complete(start, result, check, after));
    } catch (RejectedExecutionException | OutOfMemoryError e) {
      after.run();
      result.completeExceptionally(new OverloadedException());
    }
  }

  private void complete(
      long start, CompletableFuture<Boolean> result, BooleanSupplier check, Runnable after) {
    try {
      if (ticker.read() - start >= LimitsConfig.LONGEST_WAIT.toNanos()) {
        throw new OverloadedException();
      }
      boolean right = check.getAsBoolean();
      after.run();
      result.complete(right);
    } catch (RuntimeException | Error e) {
      after.run();
      result.completeExceptionally(e);
    }
  }

  @Override
  public void close() {
    threads.shutdownNow();
  }
}
