package org.certcollect.protocol.v122;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.joining;
import static org.certcollect.protocol.v106.Arguments106.SHOW_VALIDITY_PERIOD;
import static org.certcollect.protocol.v122.Arguments122.SHOW_DOMAINS;
import static org.certcollect.protocol.v122.Arguments122.SHOW_DOMAINS_2;
import static org.certcollect.protocol.v122.Arguments122.SHOW_EXT_STATUS;
import static org.certcollect.protocol.v122.Arguments122.SHOW_FQDN;
import static org.certcollect.protocol.v122.Arguments122.SHOW_STATUS_DETAILS;

import java.net.URLEncoder;
import java.time.Duration;
import java.util.List;
import org.certcollect.protocol.Argument;
import org.certcollect.protocol.CollectResponse;
import org.certcollect.protocol.CollectResult;
import org.certcollect.protocol.CollectResult.Attached;
import org.certcollect.protocol.CollectResult.Period;
import org.certcollect.protocol.CollectResult.Refused;
import org.certcollect.protocol.EncodedCertificates;
import org.certcollect.protocol.MediaType;
import org.certcollect.protocol.OrderDetails;
import org.certcollect.protocol.OrderDetails.CertificateStatus;
import org.certcollect.protocol.ResponseLayout;
import org.certcollect.protocol.StatusCode;

/**
 * The layout of an answer as one URL-encoded line without an end (docs/protocol.md, section 8.2).
 * Each field but the first brings the {@code &} before it, certificates included.
 *
 * @param shown the {@code show...} arguments that are {@code Y}
 */
record UrlEncoded122(List<Argument<Boolean>> shown) implements ResponseLayout {
  private static final MediaType FORM = MediaType.of("application/x-www-form-urlencoded");
  private static final Duration DAY = Duration.ofDays(1);

  UrlEncoded122 {
    shown = List.copyOf(shown);
  }

  /** A field that is not the first. */
  static String field(String key, Object value) {
    return append(new StringBuilder(), key, value).toString();
  }

  private static StringBuilder append(StringBuilder fields, String key, Object value) {
    String text = value.toString();
    String encoded = isPlain(text) ? text : URLEncoder.encode(text, UTF_8);
    return fields.append('&').append(key).append('=').append(encoded);
  }

  /** Whether a text is its own encoding, as most are; the encoder would make a slow copy of it. */
  private static boolean isPlain(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
      if (!letter && (c < '0' || c > '9') && c != '.' && c != '-') {
        return false;
      }
    }
    return true;
  }

  @Override
  public boolean tellsDetails() {
    return true;
  }

  @Override
  public boolean tellsValidation() {
    return !shown.isEmpty();
  }

  @Override
  public CollectResponse write(CollectResult result) {
    StringBuilder head = new StringBuilder(128);
    head.append("errorCode=").append(result.status().code());
    if (result instanceof Refused refused) {
      append(head, "errorMessage", Messages122.of(refused));
      return response(result, head, end(refused));
    }
    OrderDetails details = result.details().orElseThrow();
    appendBeforeCertificates(result, details, head);
    return response(result, head, end(result, details));
  }

  private static CollectResponse response(CollectResult result, CharSequence head, String tail) {
    EncodedCertificates data =
        result instanceof Attached attached ? attached.certificates() : EncodedCertificates.NONE;
    return new CollectResponse(result.status(), FORM, head.toString(), data, tail);
  }

  private void appendBeforeCertificates(
      CollectResult result, OrderDetails details, StringBuilder fields) {
    append(fields, "orderNumber", details.orderNumber());
    if (shown.contains(SHOW_VALIDITY_PERIOD)) {
      result.period().ifPresent(period -> appendPeriod(period, "notBefore", "notAfter", fields));
    }
    if (shown.contains(SHOW_FQDN)) {
      append(fields, "fqdn", details.fqdn().orElse(""));
    }
  }

  /** Some clients go on after these two refusals, and read the certificate's status. */
  private String end(Refused refused) {
    if (!shown.contains(SHOW_EXT_STATUS)) {
      return "";
    }
    if (refused.status() == StatusCode.REVOKED) {
      return status(CertificateStatus.REVOKED);
    }
    return refused.status() == StatusCode.REJECTED ? status(CertificateStatus.REJECTED) : "";
  }

  private static String status(CertificateStatus status) {
    return field("certificateStatus", Texts122.of(status));
  }

  private String end(CollectResult result, OrderDetails details) {
    StringBuilder fields = new StringBuilder(256);
    if (shown.contains(SHOW_EXT_STATUS)) {
      fields.append(status(details.certificateStatus()));
      append(fields, "validationStatus", Texts122.of(details.validation()));
    }
    appendDomains(SHOW_DOMAINS, "mdcDomainDetails", details, fields);
    appendDomains(SHOW_DOMAINS_2, "mdcDomainDetails2", details, fields);
    if (shown.contains(SHOW_STATUS_DETAILS)) {
      Texts122.checks(details).forEach((key, number) -> append(fields, key, number));
    }
    if (shown.contains(SHOW_VALIDITY_PERIOD)) {
      result.period().ifPresent(period -> appendTerm(period, details, fields));
    }
    return fields.toString();
  }

  private void appendDomains(
      Argument<Boolean> asked, String key, OrderDetails details, StringBuilder fields) {
    if (shown.contains(asked) && !details.domains().isEmpty()) {
      String domains =
          details.domains().stream()
              .map(domain -> domain.name() + "," + Texts122.statusOf(domain))
              .collect(joining(";"));
      append(fields, key, domains);
    }
  }

  private static void appendTerm(Period certificate, OrderDetails details, StringBuilder fields) {
    Period term = details.productTerm().orElse(certificate);
    append(fields, "certificateDuration", days(certificate));
    appendPeriod(term, "productTermStartDate", "productTermEndDate", fields);
    append(fields, "productTermDuration", days(term));
  }

  private static void appendPeriod(Period period, String start, String end, StringBuilder fields) {
    append(fields, start, period.notBefore().getEpochSecond());
    append(fields, end, period.notAfter().getEpochSecond());
  }

  /** The days of a period, one that has begun included: many periods end a second early. */
  private static long days(Period period) {
    Duration duration = Duration.between(period.notBefore(), period.notAfter());
    return duration.plus(DAY).minusNanos(1).toDays();
  }
}
