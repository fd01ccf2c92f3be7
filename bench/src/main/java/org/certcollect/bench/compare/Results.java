package org.certcollect.bench.compare;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Everything that was measured, as tables. */
final class Results {
  private final List<Comparison> comparisons = new ArrayList<>();
  private final List<Start> starts = new ArrayList<>();

  void add(Comparison comparison) {
    comparisons.add(comparison);
  }

  void add(Start start) {
    starts.add(start);
  }

  /** One line about the start; empty where it was not measured. */
  Optional<String> start() {
    return starts.isEmpty()
        ? Optional.empty()
        : Optional.of(
            format(
                "From process start to the first answer: %.0f ms, to the first collect with a"
                    + " password: %.0f ms; medians of %d on one core.",
                Statistics.median(starts, Start::answerMillis),
                Statistics.median(starts, Start::collectMillis),
                starts.size()));
  }

  Table ratios() {
    Table table =
        new Table(
            "workload",
            "certcollect/s",
            "nginx/s",
            "ratio",
            "p99 ms",
            "nginx's",
            "nginx/s without log",
            "ratio",
            "core busy",
            "nginx's");
    for (Comparison each : comparisons) {
      Measurement own = each.certcollect();
      Measurement nginx = each.nginx();
      Optional<Measurement> silent = each.of(Contender.NGINX_WITHOUT_LOG);
      table.add(
          each.workload().name(),
          format("%.0f", own.perSecond()),
          format("%.0f", nginx.perSecond()),
          each.ratio().toString(),
          millis(own.p99()),
          millis(nginx.p99()),
          silent.map(m -> format("%.0f", m.perSecond())).orElse("-"),
          silent.map(m -> Ratio.of(own, m).toString()).orElse("-"),
          percent(own.serverBusy()),
          percent(nginx.serverBusy()));
    }
    return table;
  }

  /** All figures of each server. */
  Table details() {
    Table table =
        new Table(
            "workload, server",
            "requests/s",
            "of nginx",
            "per CPU s",
            "p50 ms",
            "p99 ms",
            "p99.9 ms",
            "server's core",
            "load's core",
            "resident MiB",
            "own",
            "of files",
            "allocated B/request");
    for (Comparison each : comparisons) {
      for (Measurement m : each.measurements()) {
        table.add(
            each.workload().name() + ", " + m.contender(),
            format("%.0f", m.perSecond()),
            Ratio.of(m, each.nginx()).toString(),
            format("%.0f", m.median(Run::perCpuSecond)),
            millis(m.median(run -> run.load().p50())),
            millis(m.p99()),
            millis(m.median(run -> run.load().p999())),
            percent(m.serverBusy()),
            percent(m.loadBusy()),
            mib(m.memory().all()),
            mib(m.memory().anonymous()),
            mib(m.memory().file()),
            m.allocated().isPresent() ? format("%.0f", m.allocated().getAsDouble()) : "-");
      }
    }
    return table;
  }

  /** For programs: times in microseconds, busy cores as shares. */
  Table forPrograms() {
    Table table =
        new Table(
            "workload",
            "certcollect_per_s",
            "nginx_per_s",
            "ratio",
            "certcollect_p99_us",
            "nginx_p99_us",
            "certcollect_server_core",
            "nginx_server_core",
            "certcollect_load_core",
            "nginx_load_core",
            "ratio_of");
    for (Comparison each : comparisons) {
      Measurement own = each.certcollect();
      Measurement nginx = each.nginx();
      table.add(
          each.workload().name(),
          format("%.1f", own.perSecond()),
          format("%.1f", nginx.perSecond()),
          format("%.3f", each.ratio().value()),
          format("%.0f", own.p99()),
          format("%.0f", nginx.p99()),
          format("%.3f", own.serverBusy()),
          format("%.3f", nginx.serverBusy()),
          format("%.3f", own.loadBusy()),
          format("%.3f", nginx.loadBusy()),
          each.ratio().clientBound() ? "requests per CPU second" : "requests per second");
    }
    return table;
  }

  private static String format(String format, Object... values) {
    return String.format(Locale.ROOT, format, values);
  }

  private static String millis(double micros) {
    return format(micros < 10_000 ? "%.2f" : "%.1f", micros / 1000);
  }

  private static String percent(double share) {
    return format("%.0f %%", 100 * share);
  }

  private static String mib(long kib) {
    return format("%.0f", kib / 1024.0);
  }
}
