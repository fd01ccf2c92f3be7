package org.certcollect.bench.compare;

import java.util.List;

/** Lets servers take turns in a workload. */
record Measurer(Runner runner, Options options) {
  /**
   * Measures one workload.
   *
   * @param warmUpSeconds the least that JVMs are warmed up
   */
  Comparison measure(Workload workload, List<Contender> contenders, int warmUpSeconds) {
    List<Turns> all =
        contenders.stream().map(c -> new Turns(c, workload, runner, options)).toList();
    all.forEach(turns -> turns.warmUp(warmUpSeconds));
    for (int i = 0; i < options.repetitions(); i++) {
      all.forEach(Turns::take);
    }
    return new Comparison(workload, all.stream().map(Turns::measurement).toList());
  }
}
