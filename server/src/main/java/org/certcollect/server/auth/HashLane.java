package org.certcollect.server.auth;

import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * The few threads that check passwords, with a short queue: a flood of guesses takes no more than
 * these, and what waits too long is turned away. Safe for use by many threads.
 */
final class HashLane implements AutoCloseable {
  private final ThreadPoolExecutor threads;

  HashLane(int lanes, int queue) {
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
   * queue is full or no thread can be had.
   *
   * @param after runs before {@code result} is complete, whatever comes of the check
   */
  void run(CompletableFuture<Boolean> result, BooleanSupplier check, Runnable after) {
    try {
      threads.execute(() -> complete(result, check, after));
    } catch (RejectedExecutionException | OutOfMemoryError e) {
      after.run();
      result.completeExceptionally(new OverloadedException());
    }
  }

  private static void complete(
      CompletableFuture<Boolean> result, BooleanSupplier check, Runnable after) {
    try {
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
