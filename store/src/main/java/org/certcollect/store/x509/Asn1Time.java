package org.certcollect.store.x509;

import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads the two ASN.1 types of time (X.680, UTCTime and GeneralizedTime), also in the forms that
 * RFC 5280, section 4.1.2.5 forbids: without seconds, with a fraction, with an offset.
 */
final class Asn1Time {
  private static final int UTC_TIME = 0x17;
  private static final int GENERALIZED_TIME = 0x18;

  private static final Pattern FORM =
      Pattern.compile(
          "([0-9]{4})([0-9]{2})([0-9]{2})([0-9]{2})(?:([0-9]{2})([0-9]{2})?)?(?:[.,][0-9]+)?"
              + "(?:Z|([+-])([0-9]{2})([0-9]{2}))?");

  private Asn1Time() {}

  /**
   * The instant that a time denotes, to the second.
   *
   * @throws MalformedDerException when it is no time
   */
  static Instant read(DerElement element) {
    String text = new String(element.content(), StandardCharsets.ISO_8859_1);
    if (element.tag() == UTC_TIME) {
      // Two digits of the year: 50 to 99 are of the 20th century (RFC 5280, section 4.1.2.5.1).
      text = (text.compareTo("50") >= 0 ? "19" : "20") + text;
    } else if (element.tag() != GENERALIZED_TIME) {
      throw new MalformedDerException("its validity has no time");
    }
    Matcher form = FORM.matcher(text);
    if (!form.matches()) {
      throw unreadable();
    }
    try {
      LocalDateTime local =
          LocalDateTime.of(
              number(form, 1),
              number(form, 2),
              number(form, 3),
              number(form, 4),
              number(form, 5),
              number(form, 6));
      return local.toInstant(offset(form));
    } catch (DateTimeException e) {
      throw unreadable();
    }
  }

  private static ZoneOffset offset(Matcher form) {
    if (form.group(7) == null) {
      return ZoneOffset.UTC;
    }
    int sign = form.group(7).equals("-") ? -1 : 1;
    return ZoneOffset.ofHoursMinutes(sign * number(form, 8), sign * number(form, 9));
  }

  private static int number(Matcher form, int group) {
    return form.group(group) == null ? 0 : Integer.parseInt(form.group(group));
  }

  private static MalformedDerException unreadable() {
    return new MalformedDerException("a time of its validity is not a time");
  }
}
