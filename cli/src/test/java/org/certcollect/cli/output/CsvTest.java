package org.certcollect.cli.output;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.certcollect.admin.view.Fields;
import org.junit.jupiter.api.Test;

class CsvTest {
  @Test
  void plainValuesStandAsTheyAre() {
    assertThat(
            row(
                new Fields()
                    .add("number", 7L)
                    .add("account", "demo")
                    .add("created", Instant.parse("2026-11-23T08:00:00.5Z"))
                    .add("reason", Optional.empty())))
        .isEqualTo("7,demo,2026-11-23T08:00:00Z,\r\n");
  }

  @Test
  void commasQuotesAndBlanksAreQuoted() {
    assertThat(cell("a,b")).isEqualTo("\"a,b\"");
    assertThat(cell("say \"hi\"")).isEqualTo("\"say \"\"hi\"\"\"");
    assertThat(cell("semi;colon")).isEqualTo("\"semi;colon\"");
  }

  @Test
  void lineEndsAndOtherControlCharactersAreMadeVisible() {
    assertThat(cell("a\r\nb\tc")).isEqualTo("\"a\\u000d\\u000ab\\u0009c\"");
  }

  @Test
  void noTextIsAFormulaToASpreadsheet() {
    for (String text :
        List.of(
            "=1+1",
            "+1",
            "-1",
            "@SUM(A1)",
            " =1+1",
            "\uFF1D1+1",
            "\uFF0B1",
            "\uFF0D1",
            "\uFF20A",
            "=HYPERLINK(\"http://example.com\")")) {
      assertThat(cell(text)).startsWith("\"'");
    }
    assertThat(cell("\t=1+1")).isEqualTo("\"\\u0009=1+1\"");
    assertThat(cell("a=b")).isEqualTo("\"a=b\"");
  }

  private static String cell(String text) {
    return row(new Fields().add("x", Optional.of(text))).stripTrailing();
  }

  private static String row(Fields fields) {
    StringWriter out = new StringWriter();
    Csv csv = new Csv(new PrintWriter(out));
    csv.row(fields);
    csv.flush();
    return out.toString();
  }
}
