package org.certcollect.bench.compare;

import java.util.List;
import java.util.OptionalDouble;
import java.util.function.ToDoubleFunction;

/**
 * The runs of one server in one workload, and what is asked for once.
 *
 * @param allocated bytes that a JVM allocated for each request
 */
record Measurement(String contender, List<Run> runs, Memory memory, OptionalDouble allocated) {
  double median(ToDoubleFunction<Run> value) {
    return Statistics.median(runs, value);
  }

  double perSecond() {
    return median(run -> run.load().perSecond());
  }

  double p99() {
    return median(run -> run.load().p99());
  }

  double serverBusy() {
    return median(Run::serverBusy);
  }

  double loadBusy() {
    return median(Run::loadBusy);
  }

  boolean isClientBound() {
    return serverBusy() < Run.LEAST_BUSY;
  }
}
