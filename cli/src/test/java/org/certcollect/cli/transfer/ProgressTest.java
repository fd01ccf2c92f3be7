package org.certcollect.cli.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class ProgressTest {
  @Test
  void rateShareAndTimeLeftAreTold() {
    assertThat(Progress.line(1_500_000, 30, OptionalLong.of(100), Duration.ofSeconds(60)))
        .isEqualTo("1,500,000 records, 25,000 a second, 30 %, 2 min 20 s left");
    assertThat(Progress.line(10, 1, OptionalLong.of(10_001), Duration.ofSeconds(1)))
        .isEqualTo("10 records, 10 a second, 0 %, 2 h 46 min left");
  }

  @Test
  void whereTheSizeIsNotKnownNoEndIsPromised() {
    assertThat(Progress.line(10, 5, OptionalLong.empty(), Duration.ofSeconds(2)))
        .isEqualTo("10 records, 5 a second");
    assertThat(Progress.line(10, 101, OptionalLong.of(100), Duration.ofSeconds(2)))
        .isEqualTo("10 records, 5 a second");
  }
}
