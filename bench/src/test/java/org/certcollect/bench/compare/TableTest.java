package org.certcollect.bench.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class TableTest {
  private static Table table() {
    Table table = new Table("workload", "rate");
    table.add("keep", "20000");
    table.add("new-ec", "1");
    return table;
  }

  @Test
  void wordsAreAlignedLeftAndFiguresRight() {
    assertThat(table().text())
        .isEqualTo(
            """
            workload   rate
            keep      20000
            new-ec        1
            """);
  }

  @Test
  void markdownHasALineBelowTheHead() {
    assertThat(table().markdown())
        .isEqualTo(
            """
            | workload |  rate |
            |---|---:|
            | keep     | 20000 |
            | new-ec   |     1 |
            """);
  }

  @Test
  void programsGetTabs() {
    assertThat(table().tabSeparated()).isEqualTo("workload\trate\nkeep\t20000\nnew-ec\t1\n");
  }

  @Test
  void aRowThatDoesNotFitIsRefused() {
    assertThatThrownBy(() -> table().add("alone")).isInstanceOf(IllegalArgumentException.class);
  }
}
