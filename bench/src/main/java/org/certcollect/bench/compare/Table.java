package org.certcollect.bench.compare;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collector;
import java.util.stream.Collectors;

/** Rows below a head, the first column of words and the others of figures. */
final class Table {
  private final List<List<String>> rows = new ArrayList<>();

  Table(String... head) {
    rows.add(List.of(head));
  }

  void add(String... cells) {
    if (cells.length != rows.get(0).size()) {
      throw new IllegalArgumentException("a row has as many cells as the head");
    }
    rows.add(List.of(cells));
  }

  boolean isEmpty() {
    return rows.size() == 1;
  }

  /** Aligned with blanks. */
  String text() {
    return rows.stream().map(row -> line(row, "  ").stripTrailing() + "\n").collect(joined());
  }

  String markdown() {
    List<String> lines = new ArrayList<>();
    for (List<String> row : rows) {
      lines.add("| " + line(row, " | ") + " |\n");
    }
    lines.add(1, "|---|" + "---:|".repeat(rows.get(0).size() - 1) + "\n");
    return String.join("", lines);
  }

  String tabSeparated() {
    return rows.stream().map(row -> String.join("\t", row) + "\n").collect(joined());
  }

  private String line(List<String> row, String between) {
    List<String> cells = new ArrayList<>();
    for (int i = 0; i < row.size(); i++) {
      String blanks = " ".repeat(width(i) - row.get(i).length());
      cells.add(i == 0 ? row.get(i) + blanks : blanks + row.get(i));
    }
    return String.join(between, cells);
  }

  private int width(int column) {
    return rows.stream().mapToInt(row -> row.get(column).length()).max().orElse(0);
  }

  private static Collector<CharSequence, ?, String> joined() {
    return Collectors.joining();
  }
}
