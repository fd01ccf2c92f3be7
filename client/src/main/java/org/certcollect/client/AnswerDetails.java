package org.certcollect.client;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.certcollect.protocol.CollectResult.Period;
import org.certcollect.protocol.OrderNumber;

/**
 * The details of an answer. Only what the request asked for is present, and only if it applies to
 * the order. Its {@code toString} shows no field, as the server may have sent a secret back in one.
 *
 * @param validity the validity period of the certificate, with {@code notBefore()} and {@code
 *     notAfter()}. An answer to a request without {@link CollectQuery#withDetails} tells days: then
 *     both instants are the beginning of the day in UTC
 * @param fields what the later dialect tells beside status and certificates, under its own names
 *     and in its order, for example {@code dcvStatus} and {@code 1} (docs/protocol.md, section 8)
 */
public record AnswerDetails(Optional<Period> validity, Map<String, String> fields) {
  static final AnswerDetails NONE = new AnswerDetails(Optional.empty(), Map.of());

  public AnswerDetails {
    fields = Collections.unmodifiableMap(new LinkedHashMap<>(fields));
  }

  static AnswerDetails of(Map<String, String> fields) {
    Optional<Instant> start = seconds(fields, "notBefore");
    Optional<Instant> end = seconds(fields, "notAfter");
    return new AnswerDetails(
        start.flatMap(from -> end.map(until -> new Period(from, until))), fields);
  }

  private static Optional<Instant> seconds(Map<String, String> fields, String name) {
    try {
      return Optional.ofNullable(fields.get(name)).map(Long::valueOf).map(Instant::ofEpochSecond);
    } catch (NumberFormatException | DateTimeException e) {
      return Optional.empty();
    }
  }

  /** The value of a field; empty if the answer does not have it or it has no value. */
  public Optional<String> field(String name) {
    return Optional.ofNullable(fields.get(name)).filter(value -> !value.isEmpty());
  }

  /** The order's number, also if the request named a certificate or a base order. */
  public Optional<OrderNumber> orderNumber() {
    return field("orderNumber").flatMap(OrderNumber::parse);
  }

  /** The first domain name of the certificate, or of the request for it. */
  public Optional<String> fqdn() {
    return field("fqdn");
  }

  /** The status of the certificate in the server's words, for example {@code Issued}. */
  public Optional<String> certificateStatus() {
    return field("certificateStatus");
  }

  /** The status of the validation in the server's words, for example {@code Validated}. */
  public Optional<String> validationStatus() {
    return field("validationStatus");
  }

  @Override
  public String toString() {
    return "AnswerDetails[validity=" + validity + ", fields=" + fields.size() + "]";
  }
}
