package org.certcollect.cli.transfer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Random;
import org.junit.jupiter.api.Test;

class MomentsTest {
  @Test
  void what_the_jdk_writes_is_read_from_the_year_1_to_9999() {
    long first = Instant.parse("0001-01-01T00:00:00Z").toEpochMilli();
    long last = Instant.parse("9999-12-31T23:59:59.999Z").toEpochMilli();
    new Random(20261123)
        .longs(20_000, first, last)
        .mapToObj(Instant::ofEpochMilli)
        .forEach(
            moment -> {
              assertThat(Moments.parse(moment.toString())).isEqualTo(moment);
              Instant second = moment.truncatedTo(ChronoUnit.SECONDS);
              assertThat(Moments.parse(second.toString())).isEqualTo(second);
            });
  }

  @Test
  void other_forms_are_read_as_the_jdk_reads_them() {
    for (String text : new String[] {"2026-11-23T08:00:00.123456Z", "2026-12-31T23:59:60Z"}) {
      assertThat(Moments.parse(text)).isEqualTo(Instant.parse(text));
    }
  }

  @Test
  void what_is_no_moment_is_refused() {
    for (String text :
        new String[] {
          "",
          "2026-11-23",
          "2026-13-01T00:00:00Z",
          "2026-02-29T00:00:00Z",
          "2026-11-23T25:00:00Z",
          "2026-11-23T08:61:00Z"
        }) {
      assertThatThrownBy(() -> Moments.parse(text)).isInstanceOf(DateTimeException.class);
    }
  }
}
