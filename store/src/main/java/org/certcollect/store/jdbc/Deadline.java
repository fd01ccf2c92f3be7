package org.certcollect.store.jdbc;

import java.time.Duration;

/**
 * The moment by which some work must have ended.
 *
 * @param whole how long the work may take in all
 * @param nanos the moment, as {@link System#nanoTime} tells it
 */
record Deadline(Duration whole, long nanos) {
  static Deadline in(Duration whole) {
    return new Deadline(whole, System.nanoTime() + whole.toNanos());
  }

  /** The time that is left, in milliseconds; 0 when it is over. */
  long millisLeft() {
    return Math.max(0, (nanos - System.nanoTime()) / 1_000_000);
  }

  boolean isOver() {
    return millisLeft() == 0;
  }

  /** Whether the work may begin anew: half of the time is left. */
  boolean leavesTimeToRepeat() {
    return millisLeft() * 2 >= whole.toMillis();
  }
}
