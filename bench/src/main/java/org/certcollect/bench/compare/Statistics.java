package org.certcollect.bench.compare;

import java.util.Arrays;
import java.util.Collection;
import java.util.function.ToDoubleFunction;

/** Figures of several runs as one. */
final class Statistics {
  private Statistics() {}

  /** The middle one, or the mean of the two middle ones. */
  static double median(double... values) {
    if (values.length == 0) {
      throw new IllegalArgumentException("no values have no median");
    }
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    int middle = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
  }

  static <T> double median(Collection<T> all, ToDoubleFunction<T> value) {
    return median(all.stream().mapToDouble(value).toArray());
  }
}
