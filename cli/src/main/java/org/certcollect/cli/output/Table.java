package org.certcollect.cli.output;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.ToIntFunction;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.certcollect.admin.view.Fields;

/** Formats records for people: several as columns, one as lines. */
final class Table {
  private static final String GAP = "  ";
  private static final String NARROW_GAP = " ";

  /** The field that has a colour: green, yellow or red. */
  private static final String STATE = "state";

  private static final Map<String, String> COLOURS =
      Map.of(
          "issued", "32",
          "processing", "33",
          "awaiting-payment", "33",
          "revoked", "31",
          "rejected", "31");

  /** The positions where a text may be wrapped: after a blank, a mark, or a date. */
  private static final Pattern PIECE_END =
      Pattern.compile("(?<=[ ,./?&])|(?<=[a-z]-)|(?=T[0-9]{2}:)");

  private Table() {}

  /**
   * Formats a header and a line for each record, which may lack some of the columns. If the table
   * is wider than the bound, columns without values are left out and texts are wrapped. If it is
   * still too wide, each record becomes {@link #lines}.
   */
  static List<String> columns(List<Fields> records, OptionalInt bound, boolean colours) {
    List<List<String>> rows = new ArrayList<>();
    Set<String> names = new LinkedHashSet<>();
    records.forEach(fields -> names.addAll(fields.values().keySet()));
    rows.add(names.stream().map(name -> words(name).toUpperCase(Locale.ROOT)).toList());
    records.stream()
        .map(Fields::values)
        .forEach(
            values ->
                rows.add(
                    names.stream()
                        .map(name -> Texts.of(values.getOrDefault(name, Optional.empty())))
                        .toList()));
    int[] widths = widths(rows, String::length);
    if (bound.isEmpty() || width(widths, GAP) <= bound.getAsInt()) {
      return lines(rows, widths, GAP, colours);
    }
    List<List<String>> filled = withoutEmptyColumns(rows);
    int[] minimum = widths(filled, Table::longestPiece);
    if (width(minimum, NARROW_GAP) > bound.getAsInt()) {
      return records.stream()
          .flatMap(record -> Stream.concat(Stream.of(""), lines(record, colours).stream()))
          .skip(1)
          .toList();
    }
    int[] narrowed = widths(filled, String::length);
    narrow(narrowed, minimum, bound.getAsInt());
    return lines(filled, narrowed, NARROW_GAP, colours);
  }

  private static int[] widths(List<List<String>> rows, ToIntFunction<String> measure) {
    return IntStream.range(0, rows.get(0).size())
        .map(i -> rows.stream().mapToInt(row -> measure.applyAsInt(row.get(i))).max().orElse(0))
        .toArray();
  }

  private static int width(int[] widths, String gap) {
    return Arrays.stream(widths).sum() + gap.length() * (widths.length - 1);
  }

  private static List<List<String>> withoutEmptyColumns(List<List<String>> rows) {
    int[] filled =
        IntStream.range(0, rows.get(0).size())
            .filter(i -> rows.stream().skip(1).anyMatch(row -> !row.get(i).equals("-")))
            .toArray();
    return rows.stream().map(row -> Arrays.stream(filled).mapToObj(row::get).toList()).toList();
  }

  /** Narrows the widest column that can be narrowed, until all fit. */
  private static void narrow(int[] widths, int[] minimum, int bound) {
    for (int excess = width(widths, NARROW_GAP) - bound; excess > 0; excess--) {
      int widest = -1;
      for (int i = 0; i < widths.length; i++) {
        if (widths[i] > minimum[i] && (widest < 0 || widths[i] > widths[widest])) {
          widest = i;
        }
      }
      widths[widest]--;
    }
  }

  private static List<String> lines(
      List<List<String>> rows, int[] widths, String gap, boolean colours) {
    int state = colours ? rows.get(0).indexOf(words(STATE).toUpperCase(Locale.ROOT)) : -1;
    return rows.stream().flatMap(row -> rowLines(row, widths, gap, state).stream()).toList();
  }

  private static List<String> rowLines(List<String> row, int[] widths, String gap, int state) {
    List<List<String>> cells =
        IntStream.range(0, widths.length).mapToObj(i -> wrapped(row.get(i), widths[i])).toList();
    int height = cells.stream().mapToInt(List::size).max().orElse(1);
    return IntStream.range(0, height)
        .mapToObj(
            line ->
                IntStream.range(0, widths.length)
                    .mapToObj(
                        i -> {
                          String cell =
                              pad(
                                  line < cells.get(i).size() ? cells.get(i).get(line) : "",
                                  widths[i]);
                          return i == state ? painted(cell, row.get(i)) : cell;
                        })
                    .collect(Collectors.joining(gap))
                    .stripTrailing())
        .toList();
  }

  private static List<String> wrapped(String text, int width) {
    List<String> lines = new ArrayList<>();
    StringBuilder line = new StringBuilder();
    for (String piece : PIECE_END.splitAsStream(text).toList()) {
      if (line.length() > 0 && line.length() + piece.stripTrailing().length() > width) {
        lines.add(line.toString().stripTrailing());
        line.setLength(0);
      }
      line.append(piece);
    }
    lines.add(line.toString().stripTrailing());
    return lines;
  }

  private static int longestPiece(String text) {
    return PIECE_END.splitAsStream(text).mapToInt(piece -> piece.strip().length()).max().orElse(0);
  }

  /** Formats a record as a line for each field that has a value, except lists of records. */
  static List<String> lines(Fields record, boolean colours) {
    Map<String, Object> fields = new LinkedHashMap<>();
    record
        .values()
        .forEach(
            (name, value) -> {
              if (value instanceof Fields inner) {
                inner.values().forEach((part, each) -> fields.put(name + " " + part, each));
              } else if (records(value).isEmpty()) {
                fields.put(name, value);
              }
            });
    int width = fields.keySet().stream().map(Table::words).mapToInt(String::length).max().orElse(0);
    return fields.entrySet().stream()
        .filter(field -> !Texts.of(field.getValue()).equals("-"))
        .map(
            field -> {
              String text = Texts.of(field.getValue());
              boolean painted = colours && field.getKey().equals(STATE);
              return pad(words(field.getKey()), width)
                  + GAP
                  + (painted ? painted(text, text) : text);
            })
        .toList();
  }

  /** The records that a value is a list of. */
  static List<Fields> records(Object value) {
    return value instanceof List<?> list && !list.isEmpty() && list.get(0) instanceof Fields
        ? list.stream().map(Fields.class::cast).toList()
        : List.of();
  }

  /** A text in the colour of the state that it is a part of. */
  private static String painted(String text, String state) {
    // Clients are told that an order that is held or reissued is being processed.
    String colour = COLOURS.get(state.contains(", ") ? "processing" : state);
    return colour == null || text.isBlank() ? text : "\u001b[" + colour + "m" + text + "\u001b[0m";
  }

  /** The words of a field's name: {@code notBefore} becomes "not before". */
  private static String words(String name) {
    return name.replaceAll("([A-Z])", " $1").toLowerCase(Locale.ROOT);
  }

  private static String pad(String text, int width) {
    return text + " ".repeat(width - text.length());
  }
}
