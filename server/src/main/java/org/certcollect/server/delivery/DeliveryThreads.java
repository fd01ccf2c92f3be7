package org.certcollect.server.delivery;

import io.netty.util.concurrent.DefaultThreadFactory;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/**
 * The threads of a delivery. They wait until something is written into the outbox, or for a time,
 * and end when the server stops. Safe for use by many threads.
 */
public final class DeliveryThreads {
  /** A look that found nothing is not repeated for so many times as long as it took. */
  private static final int REST = 9;

  private final ExecutorService threads;
  private volatile boolean closed;

  /** Guarded by this object. */
  private long wakes;

  public DeliveryThreads(String name) {
    threads = Executors.newCachedThreadPool(new DefaultThreadFactory(name, true));
  }

  /**
   * Runs a task on a thread of its own.
   *
   * @throws RejectedExecutionException if the server stops
   */
  public void execute(Runnable task) {
    threads.execute(task);
  }

  /** Has the threads that wait look again. */
  public synchronized void wake() {
    wakes++;
    notifyAll();
  }

  /** The number of times that they were woken. */
  public synchronized long wakes() {
    return wakes;
  }

  /** Whether a thread is to go on. */
  public boolean isOpen() {
    return !closed && !Thread.currentThread().isInterrupted();
  }

  /** Waits until the threads were woken more often than that, at most for a time. */
  public void awaitWake(long seen, Duration time) {
    await(time, () -> wakes == seen);
  }

  /** Waits for a time, or for the end. */
  public void rest(Duration time) {
    await(time, () -> true);
  }

  private synchronized void await(Duration time, BooleanSupplier goesOn) {
    long end = System.nanoTime() + time.toNanos();
    try {
      for (long left = time.toNanos();
          left > 0 && goesOn.getAsBoolean() && !closed;
          left = end - System.nanoTime()) {
        TimeUnit.NANOSECONDS.timedWait(this, left);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /**
   * Looks once. If nothing was found, waits for some time, which is short after a wake since an
   * earlier count of them.
   *
   * @param look returns whether there was something
   */
  public void look(long seen, Duration poll, BooleanSupplier look) {
    long began = System.nanoTime();
    if (!look.getAsBoolean()) {
      rest(Duration.ofNanos(System.nanoTime() - began).multipliedBy(REST));
      awaitWake(seen, poll);
    }
  }

  /**
   * Notes in the store what has happened already, so it must not fail while the server runs.
   *
   * @param failed tells the operator of a failure
   */
  public void mark(Runnable note, Duration pause, Consumer<RuntimeException> failed) {
    while (true) {
      try {
        note.run();
        return;
      } catch (RuntimeException e) {
        failed.accept(e);
        if (!isOpen()) {
          return;
        }
        rest(pause);
      }
    }
  }

  /** Begins the end: the threads end what they are at, and begin nothing else. */
  public void close() {
    synchronized (this) {
      closed = true;
      notifyAll();
    }
    threads.shutdown();
  }

  /** Waits for the end of all threads, at most for a time. Returns whether they have ended. */
  public boolean awaitEnd(Duration time) throws InterruptedException {
    return threads.awaitTermination(time.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** Interrupts the threads that have not ended. */
  public void interrupt() {
    threads.shutdownNow();
  }

  /** A time that doubles with each failure after the first, up to a maximum. */
  public static Duration doubled(Duration first, int times, Duration maximum) {
    Duration wait = first.multipliedBy(1L << Math.max(0, Math.min(20, times)));
    return wait.compareTo(maximum) > 0 ? maximum : wait;
  }
}
