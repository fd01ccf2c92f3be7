package org.certcollect.bench.compare;

import java.util.Locale;

/** Drives servers, one at a time, and watches the cores meanwhile. */
record Runner(Load load) {
  private static final double LEAST_RESUMED = 0.95;
  private static final int SLICE_SECONDS = 5;

  /** Another slice must bring more than this for the warm-up to go on. */
  private static final double GROWTH = 1.03;

  /**
   * Brings a server to its pace: for some time at least, then until a slice is hardly faster than
   * those before, for at most three times as long.
   */
  void warmUp(Contender contender, Mode mode, int leastSeconds) {
    double best = 0;
    for (int done = SLICE_SECONDS; done <= 3 * leastSeconds; done += SLICE_SECONDS) {
      double rate = load.run(mode, contender, SLICE_SECONDS).perSecond();
      if (done >= leastSeconds && rate <= best * GROWTH) {
        return;
      }
      best = Math.max(best, rate);
    }
  }

  /** Fills what a server keeps of files. */
  void touch(Contender contender, Mode mode) {
    load.run(mode, contender, 1);
  }

  Run run(Contender contender, Mode mode, int seconds) {
    Quiet.await(Cores.SERVER);
    double cpu = contender.processes().cpuSeconds();
    CoreTicks server = CoreTicks.now(Cores.SERVER);
    CoreTicks client = CoreTicks.now(Cores.LOAD);
    LoadResult result = load.run(mode, contender, seconds);
    double serverBusy = CoreTicks.now(Cores.SERVER).busySince(server);
    double loadBusy = CoreTicks.now(Cores.LOAD).busySince(client);
    double used = contender.processes().cpuSeconds() - cpu;
    if (result.errors() > 0) {
      throw new BenchException(
          String.format(
              Locale.ROOT, "%s: the load client met %d errors", contender.name(), result.errors()));
    }
    if (mode == Mode.RESUME && result.resumed() < LEAST_RESUMED) {
      throw new BenchException(
          String.format(
              Locale.ROOT,
              "%s resumed but a share of %.3f of the sessions",
              contender.name(),
              result.resumed()));
    }
    return new Run(result, result.perSecond() * seconds / used, serverBusy, loadBusy);
  }
}
