package org.certcollect.protocol.cells;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.certcollect.protocol.Endpoint;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every cell has the answer of its golden file. {@code mvn -pl protocol verify -Dgolden.write=true}
 * writes the files anew; read the {@code git diff} line by line then.
 */
class GoldenTest {
  static final List<Cell> CELLS =
      Stream.concat(Cells.all().stream(), Cells122.all().stream()).toList();

  static Stream<Cell> cells() {
    return CELLS.stream();
  }

  @BeforeAll
  static void writeIfAskedTo() throws IOException {
    if (GoldenFiles.isToBeWritten()) {
      for (String name : GoldenFiles.names()) {
        GoldenFiles.delete(name);
      }
      for (Cell cell : CELLS) {
        GoldenFiles.write(cell, Oracle.answer(cell));
      }
    }
  }

  @ParameterizedTest
  @MethodSource("cells")
  void aCellIsAnsweredAsItsGoldenFileSays(Cell cell) {
    Golden answer = Oracle.answer(cell);
    if (!GoldenFiles.isToBeWritten()) {
      assertThat(answer).as("%s", cell).isEqualTo(Golden.of(cell));
    }
  }

  @Test
  void everyCellHasAGoldenFileAndNoFileIsLeftOver() throws IOException {
    Set<String> names =
        CELLS.stream().map(Cell::name).collect(Collectors.toCollection(TreeSet::new));
    assertThat(GoldenFiles.names()).isEqualTo(names);
  }

  @Test
  void noTwoCellsShareAFileEvenIfCaseIsIgnored() {
    assertThat(CELLS.stream().map(cell -> cell.name().toLowerCase(Locale.ROOT)))
        .doesNotHaveDuplicates();
  }

  @Test
  void theNamesOfFilesAreGoodOnEveryFileSystem() {
    assertThat(CELLS)
        .allSatisfy(
            cell -> {
              assertThat(cell.name())
                  .matches("([A-Za-z0-9][A-Za-z0-9=,-]*/){1,3}[A-Za-z0-9][A-Za-z0-9=,-]*");
              assertThat(cell.name()).hasSizeLessThan(130);
            });
  }

  @Test
  void everySituationIsReachedAtEveryEndpointThatHasIt() {
    for (Endpoint endpoint : Endpoint.values()) {
      for (Situation situation : Situation.values()) {
        if (situation.isByLogin() || endpoint == Endpoint.COLLECT_CCC) {
          assertThat(CELLS)
              .as("%s %s", endpoint, situation)
              .anyMatch(c -> c.endpoint() == endpoint && c.situation() == situation);
        }
      }
    }
  }

  @Test
  void codesAndOrderNumbersAreUnambiguous() {
    assertThat(Stream.of(Situation.values()).map(Situation::collectionCode))
        .doesNotHaveDuplicates()
        .allMatch(code -> code.matches("[2-9A-HJKMNP-Z]{16}"));
    assertThat(
            Stream.of(Situation.values())
                .filter(situation -> situation.order().isPresent())
                .flatMap(s -> Stream.of(Endpoint.values()).map(s::orderNumber)))
        .doesNotHaveDuplicates();
  }
}
