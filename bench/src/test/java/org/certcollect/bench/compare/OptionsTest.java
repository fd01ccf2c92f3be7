package org.certcollect.bench.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OptionsTest {
  private static String[] words(String line) {
    return line.split(" ", -1);
  }

  @Test
  void withoutOptionsAllIsMeasured() {
    Options options = Options.parse();
    assertThat(options.workloads()).hasSize(20).isEqualTo(Workload.all());
    assertThat(options.wantsStart()).isTrue();
    assertThat(options.postgresqlOrders()).isEqualTo(1_000_000);
  }

  @Test
  void quickTakesTheMainWorkloadsAndFewerOrdersForPostgresql() {
    Options options = Options.parse("--quick");
    assertThat(options.workloads()).hasSize(6).allMatch(Workload::isMain);
    assertThat(options.postgresqlOrders()).isEqualTo(100_000);
  }

  @Test
  void aPatternPicksFromAllWorkloads() {
    Options options = Options.parse(words("--quick --only zip|start --seconds 9 --orders 500"));
    assertThat(options.workloads()).hasSize(4).allMatch(w -> w.answer() == Answer.ZIP);
    assertThat(options.wantsStart()).isTrue();
    assertThat(options.seconds()).isEqualTo(9);
    assertThat(options.repetitions()).isEqualTo(3);
    assertThat(options.postgresqlOrders()).isEqualTo(500);
  }

  @ParameterizedTest
  @ValueSource(strings = {"--fast", "--orders", "--orders 0", "--seconds x", "--only ("})
  void whatIsNoCommandLineIsRefused(String line) {
    assertThatThrownBy(() -> Options.parse(words(line)))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
