package org.certcollect.cli.output;

import java.io.PrintWriter;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.certcollect.admin.view.Fields;

/**
 * Writes records as CSV (RFC 4180). A text that begins like a formula is marked as text, because it
 * may come from strangers and a spreadsheet would run it.
 */
public final class Csv {
  private static final String END = "\r\n";

  // The characters that a formula begins with, also in their full-width forms.
  private static final String FORMULA = "=+-@\uFF1D\uFF0B\uFF0D\uFF20";

  private final PrintWriter out;

  public Csv(PrintWriter out) {
    this.out = out;
  }

  public void header(List<String> names) {
    write(names);
  }

  public void row(Fields fields) {
    write(fields.values().values().stream().map(Csv::text).toList());
  }

  /** Flushes the output; false if it cannot be written. */
  public boolean flush() {
    return !out.checkError();
  }

  private void write(List<String> cells) {
    out.print(cells.stream().map(Csv::quoted).collect(Collectors.joining(",")) + END);
  }

  private static String text(Object value) {
    if (value instanceof Optional<?> optional) {
      return optional.<String>map(Csv::text).orElse("");
    }
    String text = Texts.of(value);
    return value instanceof Number || !isFormula(text.stripLeading()) ? text : "'" + text;
  }

  private static boolean isFormula(String text) {
    return !text.isEmpty() && FORMULA.indexOf(text.charAt(0)) >= 0;
  }

  private static String quoted(String cell) {
    return cell.matches("[A-Za-z0-9:._-]*") ? cell : '"' + cell.replace("\"", "\"\"") + '"';
  }
}
