package org.certcollect.bench.scale;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The table of docs/performance.md: what a store costs, a row for each number of orders. */
final class ScaleSummary {
  private static final String HEAD =
      """
      | store | orders | ready ms | collect p50 ms | collect p99 ms | page of 100 ms | import orders/s | database GB |
      |---|--:|--:|--:|--:|--:|--:|--:|
      """;
  private static final double BYTES_OF_MIB = 1 << 20;

  private final Figures figures;

  ScaleSummary(Figures figures) {
    this.figures = figures;
  }

  String markdown() {
    return HEAD
        + figures.subjects(CollectTimes.TABLE, "p50 µs").stream()
            .map(this::row)
            .collect(Collectors.joining());
  }

  private String row(Subject subject) {
    double bytes = figures.value(Imports.TABLE, subject, "database MiB") * BYTES_OF_MIB;
    List<String> cells =
        List.of(
            subject.engine().toString(),
            String.format(Locale.ROOT, "%,d", subject.orders()),
            Figures.text(figures.value(StartTimes.TABLE, subject, "median ms")),
            Figures.text(figures.value(CollectTimes.TABLE, subject, "p50 µs") / 1_000),
            Figures.text(figures.value(CollectTimes.TABLE, subject, "p99 µs") / 1_000),
            Figures.text(slowestPage(subject)),
            String.format(Locale.ROOT, "%,.0f", figures.value(Imports.TABLE, subject, "orders/s")),
            Figures.text(bytes / 1e9));
    return "| " + String.join(" | ", cells) + " |\n";
  }

  /** The pages that a list without filter is measured by: the first, a middle and the last one. */
  private double slowestPage(Subject subject) {
    return Stream.of("first", "middle", "last")
        .mapToDouble(page -> figures.value(ListTimes.ALL, subject, page + " page ms"))
        .max()
        .orElse(Double.NaN);
  }
}
