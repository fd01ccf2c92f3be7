package org.certcollect.cli.serve;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneOffset;

/** The period of validity of a certificate. */
public record CertificateLifetime(Instant notBefore, Instant notAfter) {
  /**
   * The period from the first second of one day to the last second of another, in UTC, as in
   * specification 1.06, section 2.2.2.
   */
  public static CertificateLifetime days(LocalDate first, LocalDate last) {
    return new CertificateLifetime(
        first.atStartOfDay().toInstant(ZoneOffset.UTC),
        last.atTime(LocalTime.of(23, 59, 59)).toInstant(ZoneOffset.UTC));
  }
}
