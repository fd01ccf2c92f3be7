package org.certcollect.bench.compare;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/** The turns that one server takes in one workload. */
final class Turns {
  private final Contender contender;
  private final Workload workload;
  private final Runner runner;
  private final Options options;
  private final List<Run> runs = new ArrayList<>();
  private double requests;
  private OptionalLong allocatedBefore = OptionalLong.empty();
  private boolean staysIdle;

  Turns(Contender contender, Workload workload, Runner runner, Options options) {
    this.contender = contender;
    this.workload = workload;
    this.runner = runner;
    this.options = options;
  }

  void warmUp(int leastSeconds) {
    if (contender.jvm().isPresent()) {
      runner.warmUp(contender, workload.mode(), leastSeconds);
    } else {
      runner.touch(contender, workload.mode());
    }
    allocatedBefore = allocated();
  }

  /** Takes one turn; it is repeated once where the server is idle, unless it always was. */
  void take() {
    Run run = run();
    if (run.isIdle() && !staysIdle) {
      run = run();
      staysIdle = run.isIdle();
    }
    runs.add(run);
  }

  private Run run() {
    Run run = runner.run(contender, workload.mode(), options.seconds());
    requests += run.load().perSecond() * options.seconds();
    Progress.say(
        "%s, %s: %.0f/s, server's core %.0f %% busy, load's %.0f %%",
        workload.name(),
        contender.name(),
        run.load().perSecond(),
        100 * run.serverBusy(),
        100 * run.loadBusy());
    return run;
  }

  Measurement measurement() {
    OptionalLong after = allocated();
    OptionalDouble perRequest =
        after.isPresent() && allocatedBefore.isPresent()
            ? OptionalDouble.of((after.getAsLong() - allocatedBefore.getAsLong()) / requests)
            : OptionalDouble.empty();
    return new Measurement(
        contender.name(), List.copyOf(runs), contender.processes().memory(), perRequest);
  }

  private OptionalLong allocated() {
    return contender.jvm().isPresent()
        ? Allocation.of(contender.jvm().get(), runner.load().children())
        : OptionalLong.empty();
  }
}
