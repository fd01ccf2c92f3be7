package org.certcollect.bench.scale;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Measured figures, as a Markdown table for each subject and as tab-separated lines. Not
 * thread-safe.
 */
final class Figures {
  private final List<Figure> all = new ArrayList<>();

  /**
   * A figure.
   *
   * @param table its heading
   * @param name the column's heading, with the unit
   */
  private record Figure(String table, Subject subject, String name, double value) {}

  void add(String table, Subject subject, String name, double value) {
    all.add(new Figure(table, subject, name, value));
  }

  /** Adds the 50th and the 99th percentile. */
  void addMicros(String table, Subject subject, Durations durations) {
    add(table, subject, "p50 µs", durations.micros(50));
    add(table, subject, "p99 µs", durations.micros(99));
  }

  /** The subjects that have a figure of that table and name, in the order of measurement. */
  List<Subject> subjects(String table, String name) {
    return all.stream()
        .filter(figure -> figure.table.equals(table) && figure.name.equals(name))
        .map(Figure::subject)
        .toList();
  }

  /** A figure; NaN if it was not measured. */
  double value(String table, Subject subject, String name) {
    return all.stream()
        .filter(figure -> figure.table.equals(table) && figure.name.equals(name))
        .filter(figure -> figure.subject.equals(subject))
        .mapToDouble(Figure::value)
        .findFirst()
        .orElse(Double.NaN);
  }

  String tsv() {
    String lines =
        all.stream()
            .map(
                f ->
                    String.format(
                        Locale.ROOT,
                        "%s\t%s\t%d\t%s\t%s\n",
                        f.table,
                        f.subject.engine(),
                        f.subject.orders(),
                        f.name,
                        text(f.value)))
            .collect(Collectors.joining());
    return "table\tengine\torders\tfigure\tvalue\n" + lines;
  }

  String markdown() {
    return all.stream()
        .map(Figure::table)
        .distinct()
        .map(this::table)
        .collect(Collectors.joining("\n"));
  }

  /**
   * Adds the ratio of each figure of that name to the first one of the same kind of store, which is
   * the one with fewest orders.
   */
  void addRatios(String table, String name, String ratio) {
    Map<Engine, Double> firsts = new EnumMap<>(Engine.class);
    for (Figure figure : List.copyOf(all)) {
      if (figure.table.equals(table) && figure.name.equals(name)) {
        firsts.putIfAbsent(figure.subject.engine(), figure.value);
        double first = firsts.getOrDefault(figure.subject.engine(), figure.value);
        add(table, figure.subject, ratio, figure.value / first);
      }
    }
  }

  private String table(String heading) {
    Map<Subject, Map<String, Double>> rows = new LinkedHashMap<>();
    Set<String> names = new LinkedHashSet<>();
    for (Figure figure : all) {
      if (figure.table.equals(heading)) {
        rows.computeIfAbsent(figure.subject, unused -> new HashMap<>())
            .put(figure.name, figure.value);
        names.add(figure.name);
      }
    }
    StringBuilder table = new StringBuilder("### " + heading + "\n\n| store | orders |");
    names.forEach(name -> table.append(' ').append(name).append(" |"));
    table.append("\n|---|--:|").append("--:|".repeat(names.size())).append('\n');
    rows.forEach(
        (subject, values) -> {
          table.append(
              String.format(Locale.ROOT, "| %s | %,d |", subject.engine(), subject.orders()));
          for (String name : names) {
            Optional<Double> value = Optional.ofNullable(values.get(name));
            table.append(' ').append(value.map(Figures::text).orElse("")).append(" |");
          }
          table.append('\n');
        });
    return table.toString();
  }

  /** A number with at least three significant digits. */
  static String text(double value) {
    String format = value >= 100 ? "%.0f" : value >= 10 ? "%.1f" : value >= 1 ? "%.2f" : "%.3f";
    return String.format(Locale.ROOT, format, value);
  }
}
