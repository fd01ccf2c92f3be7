package org.certcollect.cli.output;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Lays records out for people: many as columns, one as lines. */
final class Table {
  private static final String GAP = "  ";

  private Table() {}

  /** A header and a line for each record; all have the same names. */
  static List<String> columns(List<Fields> records) {
    List<String> header =
        records.get(0).values().keySet().stream()
            .map(name -> words(name).toUpperCase(Locale.ROOT))
            .toList();
    List<List<String>> rows =
        records.stream()
            .map(fields -> fields.values().values().stream().map(Texts::of).toList())
            .toList();
    List<List<String>> all =
        IntStream.rangeClosed(0, rows.size())
            .mapToObj(i -> i == 0 ? header : rows.get(i - 1))
            .toList();
    List<Integer> widths =
        IntStream.range(0, header.size())
            .mapToObj(
                column -> all.stream().mapToInt(row -> row.get(column).length()).max().orElse(0))
            .toList();
    return all.stream().map(row -> line(row, widths)).toList();
  }

  /** A line for each field that has a value; a list of records is left to {@link #columns}. */
  static List<String> lines(Fields fields) {
    int width =
        fields.values().keySet().stream()
            .map(Table::words)
            .mapToInt(String::length)
            .max()
            .orElse(0);
    return fields.values().entrySet().stream()
        .filter(field -> !Texts.of(field.getValue()).equals("-"))
        .map(field -> pad(words(field.getKey()), width) + GAP + Texts.of(field.getValue()))
        .toList();
  }

  private static String line(List<String> row, List<Integer> widths) {
    return IntStream.range(0, row.size())
        .mapToObj(column -> pad(row.get(column), widths.get(column)))
        .collect(Collectors.joining(GAP))
        .stripTrailing();
  }

  /** A field's name as people write it: {@code notBefore} is "not before". */
  private static String words(String name) {
    return name.replaceAll("([A-Z])", " $1").toLowerCase(Locale.ROOT);
  }

  private static String pad(String text, int width) {
    return text + " ".repeat(width - text.length());
  }
}
