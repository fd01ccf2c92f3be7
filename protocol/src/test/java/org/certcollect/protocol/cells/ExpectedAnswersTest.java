package org.certcollect.protocol.cells;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.util.function.Predicate.not;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.certcollect.protocol.cells.ExpectedAnswers.Expected;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The golden files against a table and texts that were typed by hand from docs/protocol.md. */
class ExpectedAnswersTest {
  private static final List<Expected> LINES = ExpectedAnswers.lines();

  /** docs/protocol.md, section 3; {@code %s} stands for the argument. */
  private static final Map<Integer, String> TEXTS =
      Map.of(
          -1, "Request was not made over https!",
          -2, "Unrecognised argument!",
          -3, "The '%s' argument is missing!",
          -4, "The value of the '%s' argument is invalid!",
          -14, "An unknown error occurred!",
          -16, "Permission denied!",
          -17, "Request used GET rather than POST!",
          -20, "The certificate request has been rejected!",
          -21, "The certificate has been revoked!",
          -22, "Still awaiting payment!");

  private static final String PERIOD = "14/05/2026 13/05/2027";
  private static final String EXPIRED_PERIOD = "14/05/2003 13/05/2004";

  static Stream<Cell> cells() {
    return Cells.all().stream();
  }

  @ParameterizedTest
  @MethodSource("cells")
  void aGoldenFileSaysWhatTheTableSays(Cell cell) {
    Expected expected = ExpectedAnswers.of(LINES, cell.name()).orElseThrow();
    Golden golden = Golden.of(cell);
    String body = new String(golden.body(), ISO_8859_1);
    assertThat(golden.contentType()).as("%s", cell).isEqualTo(expected.type());
    if (expected.binary()) {
      assertThat(golden.body()).startsWith(0x30, 0x82);
    } else if (expected.status() == 2) {
      assertThat(body).startsWith(expected.period() ? "2\n" + period(cell) + "\n" : "2\n");
      // Base64 has slashes, too, but no line of two dates.
      assertThat(body.matches("(?s)2\n[0-9/]{10} [0-9/]{10}\n.*")).isEqualTo(expected.period());
    } else if (expected.status() == 1) {
      assertThat(body).isEqualTo(expected.period() ? "1\n" + period(cell) + "\n" : "1\n");
    } else if (expected.status() == 0) {
      assertThat(body).isEqualTo("0\n");
    } else {
      String text = String.format(Locale.ROOT, TEXTS.get(expected.status()), expected.argument());
      assertThat(body).isEqualTo(expected.status() + "\n" + text + "\n");
    }
  }

  private static String period(Cell cell) {
    return cell.situation() == Situation.EXPIRED ? EXPIRED_PERIOD : PERIOD;
  }

  @Test
  void everyLineOfTheTableDecidesForACell() {
    List<Expected> used =
        cells().map(cell -> ExpectedAnswers.of(LINES, cell.name()).orElseThrow()).toList();
    assertThat(LINES.stream().filter(line -> used.stream().noneMatch(u -> u.name() == line.name())))
        .isEmpty();
  }

  @Test
  void everyStatusOfTheSpecificationHasACell() {
    assertThat(
            cells().map(c -> ExpectedAnswers.of(LINES, c.name()).orElseThrow().status()).distinct())
        .containsExactlyInAnyOrder(2, 1, 0, -1, -2, -3, -4, -14, -16, -17, -20, -21, -22);
  }

  @Test
  void onlyMissingAndInvalidArgumentsAreNamed() {
    assertThat(LINES.stream().filter(line -> line.status() == -3 || line.status() == -4))
        .noneMatch(line -> line.argument().isEmpty());
    assertThat(LINES.stream().filter(line -> line.status() != -3 && line.status() != -4))
        .noneMatch(not(line -> line.argument().isEmpty()));
  }
}
