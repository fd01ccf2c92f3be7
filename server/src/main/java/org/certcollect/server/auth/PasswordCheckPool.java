package org.certcollect.server.auth;

import com.github.benmanes.caffeine.cache.Ticker;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;
import org.certcollect.server.config.LimitsConfig;

/**
 * The few threads that check passwords, with a short queue that sources share fairly. A flood of
 * guesses takes no more than these threads, and no source keeps the checks of others out. A check
 * that has waited too long is turned away. Safe for use by many threads.
 */
final class PasswordCheckPool implements AutoCloseable {
  private final int size;
  private final Ticker ticker;
  private final ThreadPoolExecutor threads;
  private final FairQueue<Check<?>> waiting;
  private final LongAdder begun = new LongAdder();
  private int busy;

  /**
   * A check that waits or runs.
   *
   * @param start when it came
   * @param result completed with the outcome
   * @param after runs before {@code result} is complete, whatever the outcome
   */
  private record Check<T>(
      long start, Supplier<T> password, Runnable after, CompletableFuture<T> result) {

    void turnAway() {
      after.run();
      result.completeExceptionally(new OverloadedException());
    }
  }

  /**
   * @param size the number of threads
   * @param queue how many checks may wait for a thread
   */
  PasswordCheckPool(int size, int queue, Ticker ticker) {
    this.size = size;
    this.ticker = ticker;
    waiting = new FairQueue<>(queue);
    threads =
        new ThreadPoolExecutor(
            size,
            size,
            1,
            TimeUnit.MINUTES,
            new LinkedBlockingQueue<>(),
            task -> {
              Thread thread = new Thread(task, "password-check");
              thread.setDaemon(true);
              return thread;
            });
    threads.allowCoreThreadTimeOut(true);
  }

  /**
   * Completes {@code result} with that of the check, or with {@link OverloadedException} when the
   * queue is full and this source has the most checks in it, no thread can be started, or one is
   * free too late for an answer.
   *
   * @param guessed whether the source guessed wrong lately
   * @param after runs before {@code result} is complete, whatever the outcome
   */
  <T> void run(
      RequestSource source,
      boolean guessed,
      CompletableFuture<T> result,
      Supplier<T> password,
      Runnable after) {
    begun.increment();
    Check<T> check = new Check<>(ticker.read(), password, after, result);
    boolean isThreadFree;
    Optional<Check<?>> excess = Optional.empty();
    synchronized (this) {
      isThreadFree = busy < size;
      if (isThreadFree) {
        busy++;
      } else {
        excess = waiting.add(source, guessed, check);
      }
    }
    excess.ifPresent(Check::turnAway);
    if (isThreadFree) {
      start(check);
    }
  }

  /** The number of checks that came since the start. */
  long begun() {
    return begun.sum();
  }

  /** The number of checks that wait for a thread. */
  synchronized int waiting() {
    return waiting.size();
  }

  private void start(Check<?> first) {
    try {
      threads.execute(() -> work(first));
    } catch (RejectedExecutionException | OutOfMemoryError e) {
      first.turnAway();
      List<Check<?>> stranded;
      synchronized (this) {
        busy--;
        stranded = busy == 0 ? takeAll() : List.of();
      }
      stranded.forEach(Check::turnAway);
    }
  }

  private void work(Check<?> first) {
    for (Optional<Check<?>> check = Optional.of(first); check.isPresent(); check = next()) {
      complete(check.get());
    }
  }

  private synchronized Optional<Check<?>> next() {
    Optional<Check<?>> next = waiting.poll();
    if (next.isEmpty()) {
      busy--;
    }
    return next;
  }

  private <T> void complete(Check<T> check) {
    try {
      if (ticker.read() - check.start >= LimitsConfig.MAX_WAIT.toNanos()) {
        check.turnAway();
        return;
      }
      T result = check.password.get();
      check.after.run();
      check.result.complete(result);
    } catch (RuntimeException | Error e) {
      check.after.run();
      check.result.completeExceptionally(e);
    }
  }

  private synchronized List<Check<?>> takeAll() {
    List<Check<?>> all = new ArrayList<>();
    for (Optional<Check<?>> next = waiting.poll(); next.isPresent(); next = waiting.poll()) {
      all.add(next.get());
    }
    return all;
  }

  /** Turns away the checks that wait, and ends the threads after those that run. */
  @Override
  public void close() {
    takeAll().forEach(Check::turnAway);
    threads.shutdownNow();
  }
}
