package org.certcollect.store.x509;

import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import org.bouncycastle.asn1.ASN1GeneralizedTime;
import org.bouncycastle.asn1.ASN1Primitive;
import org.bouncycastle.asn1.ASN1UTCTime;
import org.bouncycastle.asn1.BERTags;
import org.bouncycastle.asn1.x509.Time;
import org.certcollect.store.domain.TextShape;

/**
 * A reader of the times of a certificate's validity. Bouncy Castle reads them with {@code
 * SimpleDateFormat}, which took a quarter of the time of reading a certificate, so it is asked only
 * about forms that RFC 5280, section 4.1.2.5 does not allow.
 */
final class CertificateTime {
  private static final TextShape UTC_TIME = new TextShape("000000000000Z");
  private static final TextShape GENERALIZED_TIME = new TextShape("00000000000000Z");

  /** Bouncy Castle counts the days of earlier years by the Julian calendar. */
  private static final int FIRST_GREGORIAN_YEAR = 1583;

  private CertificateTime() {}

  /**
   * The instant of a UTCTime or GeneralizedTime. A time that names no zone, which RFC 5280 forbids,
   * is in UTC and not in this machine's zone.
   */
  static Instant read(BerElement time) {
    String text = new String(time.value(), StandardCharsets.US_ASCII);
    return usual(time.tag(), text).orElseGet(() -> unusual(time.tag(), text));
  }

  private static Optional<Instant> usual(int tag, String text) {
    if (tag == BERTags.UTC_TIME && UTC_TIME.fits(text)) {
      return instant((text.charAt(0) < '5' ? "20" : "19") + text);
    }
    return tag == BERTags.GENERALIZED_TIME && GENERALIZED_TIME.fits(text)
        ? instant(text)
        : Optional.empty();
  }

  private static Optional<Instant> instant(String text) {
    try {
      LocalDateTime time =
          LocalDateTime.of(
              Integer.parseInt(text, 0, 4, 10),
              Integer.parseInt(text, 4, 6, 10),
              Integer.parseInt(text, 6, 8, 10),
              Integer.parseInt(text, 8, 10, 10),
              Integer.parseInt(text, 10, 12, 10),
              Integer.parseInt(text, 12, 14, 10));
      return Optional.of(time.toInstant(ZoneOffset.UTC))
          .filter(instant -> time.getYear() >= FIRST_GREGORIAN_YEAR);
    } catch (DateTimeException e) {
      // Bouncy Castle takes the 31st of April for the 1st of May.
      return Optional.empty();
    }
  }

  /** Bouncy Castle refuses a UTCTime that names no zone. */
  private static Instant unusual(int tag, String text) {
    boolean hasZone = text.endsWith("Z") || text.indexOf('+') >= 0 || text.indexOf('-') >= 0;
    String zoned = hasZone ? text : text + "Z";
    ASN1Primitive read =
        switch (tag) {
          case BERTags.UTC_TIME -> new ASN1UTCTime(zoned);
          case BERTags.GENERALIZED_TIME -> new ASN1GeneralizedTime(zoned);
          default -> throw new UnreadableException("not a time");
        };
    return new Time(read).getDate().toInstant();
  }
}
