package org.certcollect.cli.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class TypeTest {
  @Test
  void timesHaveAUnit() {
    assertThat(Units.readDuration("250ms")).contains(Duration.ofMillis(250));
    assertThat(Units.readDuration("10s")).contains(Duration.ofSeconds(10));
    assertThat(Units.readDuration("5m")).contains(Duration.ofMinutes(5));
    assertThat(Units.readDuration("2h")).contains(Duration.ofHours(2));
    assertThat(Units.readDuration("30d")).contains(Duration.ofDays(30));
    for (String wrong : new String[] {"", "10", "s", "-1s", "1.5s", "10 s", "1w", "9999999999s"}) {
      assertThat(Units.readDuration(wrong)).as(wrong).isEmpty();
    }
  }

  @Test
  void sizesAreInBytesOrWithABinaryUnit() {
    assertThat(Units.readSize("512")).contains(512);
    assertThat(Units.readSize("512B")).contains(512);
    assertThat(Units.readSize("16KiB")).contains(16_384);
    assertThat(Units.readSize("2MiB")).contains(2_097_152);
    for (String wrong : new String[] {"", "16K", "16KB", "-1", "999999999MiB"}) {
      assertThat(Units.readSize(wrong)).as(wrong).isEmpty();
    }
  }

  @Test
  void timesAndSizesAreWrittenAsTheyAreRead() {
    for (String time : new String[] {"250ms", "10s", "5m", "2h", "30d"}) {
      assertThat(Units.duration(Units.readDuration(time).orElseThrow())).isEqualTo(time);
    }
    for (String size : new String[] {"513B", "16KiB", "2MiB"}) {
      assertThat(Units.size(Units.readSize(size).orElseThrow())).isEqualTo(size);
    }
  }

  @Test
  void networkIsAnAddressWithAtMostItsBits() {
    for (String right : new String[] {"10.0.0.1", "10.0.0.0/8", "::1", "fd00::/8", "0.0.0.0/0"}) {
      assertThat(Type.NETWORKS.read(right)).as(right).contains(List.of(right));
    }
    for (String wrong :
        new String[] {
          "",
          "10.0.0.0/33",
          "fd00::/129",
          "localhost",
          "256.0.0.1",
          "10.1",
          "face",
          "::ffff:10.0.0.1",
          "::ffff:10.0.0.1/128"
        }) {
      assertThat(Type.NETWORKS.read(wrong)).as(wrong).isEmpty();
    }
  }

  @Test
  void misspeltNameIsRecognisedAndAStrangeOneIsNot() {
    List<String> names = List.of("http.port", "https.port", "tls.profile");
    assertThat(Spelling.closest("htp.port", names)).contains("http.port");
    assertThat(Spelling.closest("tls.profiel", names)).contains("tls.profile");
    assertThat(Spelling.closest("https.prot", names)).contains("https.port");
    assertThat(Spelling.closest("database.url", names)).isEmpty();
  }
}
