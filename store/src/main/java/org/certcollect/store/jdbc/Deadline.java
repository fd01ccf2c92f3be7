package org.certcollect.store.jdbc;

import java.time.Duration;

/**
 * The time by which some work must have ended.
 *
 * @param whole how long the work may take in all
 * @param step how long it may wait for one answer
 * @param nanos the time, as {@link System#nanoTime} tells it
 */
public record Deadline(Duration whole, Duration step, long nanos) {
  private static final int STEPS_TO_REPEAT = 4;

  public static Deadline in(Duration whole) {
    return in(whole, whole);
  }

  public static Deadline in(Duration whole, Duration step) {
    return new Deadline(whole, step, System.nanoTime() + whole.toNanos());
  }

  /** The time that is left, in milliseconds; 0 when it is over. */
  public long millisLeft() {
    return Math.max(0, (nanos - System.nanoTime()) / 1_000_000);
  }

  /** The time that is left for the next answer. */
  long millisForStep() {
    return Math.min(millisLeft(), step.toMillis());
  }

  public boolean isOver() {
    return millisLeft() == 0;
  }

  /** Whether the work may begin anew: half of the time is left, and few answers were waited for. */
  boolean leavesTimeToRepeat() {
    long passed = whole.toMillis() - millisLeft();
    return passed * 2 <= whole.toMillis() && passed <= step.toMillis() * STEPS_TO_REPEAT;
  }
}
