package org.certcollect.bench.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class CoreTicksTest {
  private static final String BEFORE =
      """
      cpu  20 0 20 200 0 0 0 0 0 0
      cpu0 10 0 10 100 0 0 0 0 0 0
      cpu1 10 0 10 100 0 0 0 0 0 0
      cpu10 999 0 0 0 0 0 0 0 0 0
      intr 12345
      """;

  private static double busyOfCore1(String line) {
    return CoreTicks.parse(line, 1).busySince(CoreTicks.parse(BEFORE, 1));
  }

  @Test
  void interruptsAndNiceCountAsBusyAndWaitingForADiskAsIdle() {
    assertThat(busyOfCore1("cpu1 40 10 30 110 10 5 15 0 0 0")).isEqualTo(0.8);
  }

  @Test
  void timeThatTheHypervisorTookCountsAsNeither() {
    assertThat(busyOfCore1("cpu1 100 0 10 110 0 0 0 500 0 0")).isEqualTo(0.9);
  }

  @Test
  void noTimeAtAllIsNotBusy() {
    assertThat(busyOfCore1(BEFORE)).isZero();
  }

  @Test
  void aCoreThatIsNotThereIsNamed() {
    assertThatThrownBy(() -> CoreTicks.parse(BEFORE, 7)).hasMessageContaining("core 7");
  }

  @Test
  void thisMachineHasACore() {
    assertThat(CoreTicks.now(0).idle()).isPositive();
  }
}
