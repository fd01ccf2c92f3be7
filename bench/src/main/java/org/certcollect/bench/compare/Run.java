package org.certcollect.bench.compare;

/**
 * One run of the load client against one server.
 *
 * @param perCpuSecond requests for each second of the server's CPU time
 * @param serverBusy the share of the time that the server's core was busy
 * @param loadBusy likewise the load client's core
 */
record Run(LoadResult load, double perCpuSecond, double serverBusy, double loadBusy) {
  /** Less busy than this, a server shows what the client can do. */
  static final double LEAST_BUSY = 0.95;

  boolean isIdle() {
    return serverBusy < LEAST_BUSY;
  }
}
