package org.certcollect.bench.compare;

/**
 * What the load client measured in one run; times are in microseconds.
 *
 * @param perSecond requests
 * @param resumed the share of handshakes that resumed a session
 */
record LoadResult(
    double perSecond, long errors, double p50, double p99, double p999, double resumed) {
  /** Reads the client's line. */
  static LoadResult parse(String line) {
    String[] fields = line.strip().split("\t", -1);
    if (fields.length != 6) {
      throw new BenchException("the load client printed: " + line);
    }
    return new LoadResult(
        Double.parseDouble(fields[0]),
        Long.parseLong(fields[1]),
        Double.parseDouble(fields[2]),
        Double.parseDouble(fields[3]),
        Double.parseDouble(fields[4]),
        Double.parseDouble(fields[5]));
  }
}
