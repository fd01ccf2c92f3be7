package org.certcollect.protocol.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TimeZone;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.certcollect.protocol.QueryType;
import org.certcollect.protocol.format.IssuedCertificate.CaCertificate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The times in an archive are notBefore in UTC, whatever the time zone of the server. */
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

  /** As in an archive that the vendor sent in 2014. */
  @Test
  void eachFileHasTheTimeOfTheFirstCertificateInIt() throws Exception {
    IssuedCertificate fixture = IssuedFixtures.of("chain-3", 1);
    List<CaCertificate> issuers = new ArrayList<>();
    for (CaCertificate issuer : fixture.issuers()) {
      Instant notBefore = Instant.parse("201" + issuers.size() + "-01-01T00:00:00Z");
      issuers.add(new CaCertificate(issuer.der(), issuer.commonName(), notBefore));
    }
    IssuedCertificate issued =
        new IssuedCertificate(
            fixture.orderNumber(),
            fixture.endEntity(),
            fixture.dnsName(),
            Instant.parse("2026-05-14T00:00:00Z"),
            issuers);
    assertThat(times(Encoded.zip(issued, QueryType.EVERYTHING)))
        .containsExactly(
            entry("www_example_com.ca-bundle", "2010-01-01T00:00"),
            entry("www_example_com.crt", "2026-05-14T00:00"),
            entry("ExampleIssuingCAE1.crt", "2010-01-01T00:00"),
            entry("ExampleRootCAE0.crt", "2011-01-01T00:00"));
  }

  private static Map<String, String> times(byte[] archive) throws IOException {
    Map<String, String> times = new LinkedHashMap<>();
    try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(archive))) {
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        times.put(entry.getName(), entry.getTimeLocal().toString());
      }
    }
    return times;
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
