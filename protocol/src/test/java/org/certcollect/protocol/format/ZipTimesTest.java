package org.certcollect.protocol.format;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.time.Instant;
import java.util.TimeZone;
import java.util.zip.ZipInputStream;
import org.certcollect.protocol.QueryType;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The times in an archive are notBefore in UTC, wherever the server stands. */
class ZipTimesTest {
  private final TimeZone before = TimeZone.getDefault();

  @AfterEach
  void restoreTheTimeZone() {
    TimeZone.setDefault(before);
  }

  @ParameterizedTest
  @CsvSource({
    "2026-05-14T00:00:00Z, 2026-05-14T00:00",
    "2026-05-14T23:59:58Z, 2026-05-14T23:59:58",
    // A daylight saving gap in New York: this local time does not exist there.
    "2026-03-08T02:30:00Z, 2026-03-08T02:30",
  })
  void anEntryHasTheTimeOfNotBefore(String notBefore, String time) throws Exception {
    TimeZone.setDefault(TimeZone.getTimeZone("America/New_York"));
    byte[] archive = Encoded.zip(at(notBefore), QueryType.END_ENTITY);
    try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(archive))) {
      assertThat(zip.getNextEntry().getTimeLocal()).hasToString(time);
    }
  }

  /** 1980-01-01 was once written with an extra field that holds the time in the default zone. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "2026-05-14T00:00:00Z",
        "2026-05-14T00:00:01Z",
        "1950-01-01T00:00:00Z",
        "1979-12-31T23:59:59Z",
        "1980-01-01T00:00:00Z",
        "1980-01-01T00:00:01Z",
        "1980-01-01T00:00:02Z",
        "2107-12-31T23:59:59Z",
        "2108-01-01T00:00:00Z",
        "9999-12-31T23:59:59Z"
      })
  void theBytesDoNotDependOnTheTimeZone(String notBefore) {
    TimeZone.setDefault(TimeZone.getTimeZone("UTC"));
    byte[] utc = Encoded.zip(at(notBefore), QueryType.EVERYTHING);
    for (String zone :
        new String[] {"America/Los_Angeles", "Asia/Kolkata", "Pacific/Kiritimati", "Etc/GMT+12"}) {
      TimeZone.setDefault(TimeZone.getTimeZone(zone));
      assertThat(Encoded.zip(at(notBefore), QueryType.EVERYTHING)).as(zone).isEqualTo(utc);
    }
  }

  private static IssuedCertificate at(String notBefore) {
    IssuedCertificate issued = IssuedFixtures.of("chain-3", 1);
    return new IssuedCertificate(
        issued.orderNumber(),
        issued.endEntity(),
        issued.dnsName(),
        Instant.parse(notBefore),
        issued.issuers());
  }
}
