package org.certcollect.bench.scale;

import java.util.Arrays;

/** Durations in nanoseconds, and their percentiles. Not thread-safe. */
final class Durations {
  private long[] nanos = new long[1 << 10];
  private int count;

  void add(long nanosecond) {
    if (count == nanos.length) {
      nanos = Arrays.copyOf(nanos, 2 * count);
    }
    nanos[count++] = nanosecond;
  }

  int count() {
    return count;
  }

  /**
   * The duration that a percentage of all does not exceed.
   *
   * @param percent above 0, at most 100
   */
  long percentile(double percent) {
    if (count == 0) {
      throw new IllegalStateException("nothing was measured");
    }
    long[] sorted = Arrays.copyOf(nanos, count);
    Arrays.sort(sorted);
    return sorted[(int) Math.ceil(percent / 100 * count) - 1];
  }

  double micros(double percent) {
    return percentile(percent) / 1e3;
  }

  double millis(double percent) {
    return percentile(percent) / 1e6;
  }
}
