package org.certcollect.cli.output;

import java.io.PrintWriter;
import java.util.List;
import java.util.OptionalInt;
import org.certcollect.admin.PrintableText;
import org.certcollect.admin.view.Fields;

/** The output of a verb: results on standard output, everything else on standard error. */
public final class Output {
  private final PrintWriter out;
  private final PrintWriter err;

  private final OptionalInt columns;
  private final String program;
  private final boolean colours;

  /**
   * Creates an output.
   *
   * @param columns the width that tables must fit; empty for no bound
   * @param program the name of this program in the commands that notes advise
   * @param colours whether tables have colours
   */
  public Output(
      PrintWriter out, PrintWriter err, OptionalInt columns, String program, boolean colours) {
    this.out = out;
    this.err = err;
    this.columns = columns;
    this.program = program;
    this.colours = colours;
  }

  public static List<String> table(List<Fields> records) {
    return Table.columns(records, OptionalInt.empty(), false);
  }

  /** Prints records as a table, or each as a line of JSON. Without records a note says so. */
  public void list(List<Fields> records, boolean json, String nothing) {
    records(records, json);
    if (records.isEmpty() && !json) {
      note(nothing);
    }
  }

  /** Prints records as a table, or each as a line of JSON. */
  public void records(List<Fields> records, boolean json) {
    if (json) {
      records.forEach(fields -> out.println(Json.line(fields)));
    } else if (!records.isEmpty()) {
      Table.columns(records, columns, colours).forEach(out::println);
    }
    out.flush();
  }

  /** Prints a record as JSON, or as lines; then each list of records in it follows as a table. */
  public void record(Fields fields, boolean json) {
    if (json) {
      records(List.of(fields), true);
      return;
    }
    Table.lines(fields, colours).forEach(out::println);
    out.flush();
    fields
        .values()
        .forEach(
            (name, value) -> {
              List<Fields> records = Table.records(value);
              if (!records.isEmpty()) {
                line("");
                line(name + ":");
                records(records, false);
              }
            });
  }

  /** Prints a change as a sentence, or the changed record as JSON. */
  public void done(String sentence, Fields fields, Fields more, boolean json) {
    if (json) {
      record(fields.and(more), true);
    } else {
      line(PrintableText.of(sentence));
      record(more, false);
    }
  }

  /** Prints text that ends with a line end, as it is. */
  public void text(String text) {
    out.print(text);
    out.flush();
  }

  public void line(String line) {
    out.println(line);
    out.flush();
  }

  /** Prints a message to standard error as one line, so that a line end in a name forges none. */
  public void note(String message) {
    notes(List.of(message));
  }

  /** Prints a question to standard error, so that the answer stands beside it. */
  public void prompt(String question) {
    err.print(PrintableText.of(question));
    err.flush();
  }

  public void notes(List<String> lines) {
    lines.stream()
        .map(line -> line.replace("`certcollect ", "`" + program + " "))
        .map(PrintableText::of)
        .forEach(err::println);
    err.flush();
  }
}
