package org.certcollect.protocol.cells;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The table in {@code expected-answers.txt}. */
final class ExpectedAnswers {
  private static final Pattern LINE =
      Pattern.compile(
          "(?<name>\\S+) +=> (?<status>-?\\d+)(?: (?<argument>\\$1|(?!period|binary|as )\\w+))?"
              + "(?<period> period)?(?<binary> binary)?(?: as (?<type>.+))?");

  /**
   * A line of the table.
   *
   * @param argument the name of the argument to blame; empty for none
   */
  record Expected(
      Pattern name, int status, String argument, boolean period, boolean binary, String type) {

    private Optional<Expected> of(String cell) {
      Matcher matcher = name.matcher(cell);
      if (!matcher.matches()) {
        return Optional.empty();
      }
      String named = argument.equals("$1") ? matcher.group(1) : argument;
      return Optional.of(new Expected(name, status, named, period, binary, type));
    }
  }

  private ExpectedAnswers() {}

  static List<Expected> lines() {
    try (InputStream in = ExpectedAnswers.class.getResourceAsStream("/expected-answers.txt")) {
      return new String(in.readAllBytes(), US_ASCII)
          .lines()
          .filter(line -> !line.isEmpty() && !line.startsWith("#"))
          .map(ExpectedAnswers::line)
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException("could not read the table", e);
    }
  }

  private static Expected line(String line) {
    Matcher matcher = LINE.matcher(line);
    if (!matcher.matches()) {
      throw new IllegalStateException("no line of the table: " + line);
    }
    return new Expected(
        Pattern.compile(matcher.group("name")),
        Integer.parseInt(matcher.group("status")),
        Optional.ofNullable(matcher.group("argument")).orElse(""),
        matcher.group("period") != null,
        matcher.group("binary") != null,
        Optional.ofNullable(matcher.group("type")).orElse("text/plain"));
  }

  /** The first line that matches. */
  static Optional<Expected> of(List<Expected> lines, String cell) {
    return lines.stream().map(line -> line.of(cell)).flatMap(Optional::stream).findFirst();
  }
}
