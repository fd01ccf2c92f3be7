package org.certcollect.cli.output;

import java.io.PrintWriter;
import java.util.List;
import org.certcollect.admin.PrintableText;

/** Where a verb says what came of it: results to one stream, everything else to the other. */
public final class Output {
  private final PrintWriter out;
  private final PrintWriter err;

  public Output(PrintWriter out, PrintWriter err) {
    this.out = out;
    this.err = err;
  }

  /** Records as the lines of a table. */
  public static List<String> table(List<Fields> records) {
    return Table.columns(records);
  }

  /** Prints records as a table, or each as a line of JSON. */
  public void records(List<Fields> records, boolean json) {
    if (json) {
      records.forEach(fields -> out.println(Json.line(fields)));
    } else if (!records.isEmpty()) {
      Table.columns(records).forEach(out::println);
    }
    out.flush();
  }

  /** Prints one record with all its fields. */
  public void record(Fields fields, boolean json) {
    if (json) {
      out.println(Json.line(fields));
    } else {
      Table.lines(fields).forEach(out::println);
    }
    out.flush();
  }

  /** Prints one record and those that belong to it. */
  public void detail(Fields fields, boolean json, Section... sections) {
    if (json) {
      Fields all = fields;
      for (Section section : sections) {
        all = all.and(new Fields().add(section.name(), section.records()));
      }
      record(all, true);
      return;
    }
    record(fields, false);
    for (Section section : sections) {
      if (!section.records().isEmpty()) {
        line("");
        line(section.name() + ":");
        records(section.records(), false);
      }
    }
  }

  /** Prints what was done as a sentence, or as the record that came of it. */
  public void done(String sentence, Fields fields, Fields more, boolean json) {
    if (json) {
      record(fields.and(more), true);
    } else {
      line(PrintableText.of(sentence));
      record(more, false);
    }
  }

  /** Prints a line of a result as it is. */
  public void line(String line) {
    out.println(line);
    out.flush();
  }

  /** Says something that is not a result; may have several lines. */
  public void note(String message) {
    message.lines().map(PrintableText::of).forEach(err::println);
    err.flush();
  }
}
