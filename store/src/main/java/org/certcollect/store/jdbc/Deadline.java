package org.certcollect.store.jdbc;

import java.time.Duration;

/**
 * The instant by which some work must have ended.
 *
 * @param whole the maximum time that the work may take in total
 * @param step the maximum time that it may wait for one answer
 * @param nanos the instant, on the scale of {@link System#nanoTime}
 */
public record Deadline(Duration whole, Duration step, long nanos) {
  private static final int STEPS_TO_REPEAT = 4;

  public static Deadline in(Duration whole) {
    return in(whole, whole);
  }

  public static Deadline in(Duration whole, Duration step) {
    return new Deadline(whole, step, System.nanoTime() + whole.toNanos());
  }

  /** The remaining time in milliseconds; 0 after the deadline. */
  public long millisLeft() {
    return Math.max(0, (nanos - System.nanoTime()) / 1_000_000);
  }

  /** The remaining time for the next answer. */
  long millisForStep() {
    return Math.min(millisLeft(), step.toMillis());
  }

  public boolean isOver() {
    return millisLeft() == 0;
  }

  /**
   * Whether the work may be repeated: at least half of the time is left, and few answers were
   * waited for.
   */
  boolean leavesTimeToRepeat() {
    long passed = whole.toMillis() - millisLeft();
    return passed * 2 <= whole.toMillis() && passed <= step.toMillis() * STEPS_TO_REPEAT;
  }
}
