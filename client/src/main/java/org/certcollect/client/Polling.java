package org.certcollect.client;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * The times at which {@link CollectClient#await} asks: after a pause that doubles from the first to
 * the longest one, until the limit, at which it asks for the last time.
 *
 * @param firstPause longer than 0
 * @param maxPause at least the first
 * @param limit the time after the first answer; 0 to ask once
 * @param nanoTime the time in nanoseconds since any point, which a change of the system's clock
 *     must not move, as {@link System#nanoTime}
 * @param pauses makes the pauses
 */
public record Polling(
    Duration firstPause, Duration maxPause, Duration limit, LongSupplier nanoTime, Pause pauses) {
  private static final Duration FIRST_PAUSE = Duration.ofSeconds(10);
  private static final Duration MAX_PAUSE = Duration.ofMinutes(15);

  /** Makes a pause. */
  @FunctionalInterface
  public interface Pause {
    /**
     * Returns after a time.
     *
     * @throws InterruptedException to end the polling
     */
    void pause(Duration time) throws InterruptedException;
  }

  public Polling {
    if (firstPause.isNegative() || firstPause.isZero() || maxPause.compareTo(firstPause) < 0) {
      throw new IllegalArgumentException(
          "the first pause must be longer than 0 and not longer than the longest one");
    }
    if (limit.isNegative()) {
      throw new IllegalArgumentException("the limit must not be negative");
    }
  }

  /** Pauses from 10 seconds to 15 minutes, which the thread sleeps. */
  public static Polling upTo(Duration limit) {
    return new Polling(
        FIRST_PAUSE, MAX_PAUSE, limit, System::nanoTime, time -> Thread.sleep(time.toMillis()));
  }

  /**
   * The same with other pauses.
   *
   * @throws IllegalArgumentException if the first is not longer than 0, or longer than the longest
   */
  public Polling withPauses(Duration first, Duration max) {
    return new Polling(first, max, limit, nanoTime, pauses);
  }

  /** The same by another clock, with another way to pause. */
  public Polling with(LongSupplier otherClock, Pause otherPauses) {
    return new Polling(firstPause, maxPause, limit, otherClock, otherPauses);
  }

  Schedule begin() {
    return new Schedule();
  }

  /** The pauses of one order. Confined to a thread. */
  final class Schedule {
    private final long start = nanoTime.getAsLong();
    private Duration next = firstPause;

    /** Makes the next pause; or returns false if the limit is reached. */
    boolean pause() throws InterruptedException {
      Duration left = limit.minusNanos(nanoTime.getAsLong() - start);
      if (left.isNegative() || left.isZero()) {
        return false;
      }
      pauses.pause(shorter(next, left));
      next = shorter(next.plus(next), maxPause);
      return true;
    }

    private static Duration shorter(Duration one, Duration other) {
      return one.compareTo(other) < 0 ? one : other;
    }
  }
}
