package org.certcollect.bench.compare;

import java.util.Locale;

/**
 * How a server compares with another.
 *
 * @param clientBound whether a server was idle at times, so that it is one of requests for each
 *     second of CPU time, not for each second
 */
record Ratio(double value, boolean clientBound) {
  static Ratio of(Measurement one, Measurement other) {
    boolean bound = one.isClientBound() || other.isClientBound();
    return new Ratio(
        bound
            ? one.median(Run::perCpuSecond) / other.median(Run::perCpuSecond)
            : one.perSecond() / other.perSecond(),
        bound);
  }

  @Override
  public String toString() {
    return String.format(Locale.ROOT, "%.2f%s", value, clientBound ? "*" : "");
  }
}
