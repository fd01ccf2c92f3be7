package org.certcollect.bench.jmh;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URLEncoder;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.certcollect.protocol.CollectRequest;
import org.certcollect.protocol.Endpoint;
import org.certcollect.protocol.Login;
import org.certcollect.protocol.LoginName;
import org.certcollect.protocol.LoginPassword;
import org.certcollect.protocol.OrderReference;
import org.certcollect.protocol.OrderReference.Numbered;
import org.certcollect.protocol.RequestReader;
import org.certcollect.protocol.Transport;
import org.certcollect.protocol.form.FormField;
import org.certcollect.protocol.v106.Specification106;

/** The request that most clients send to CollectSSL: a login, an order number, a query. */
final class TypicalRequest {
  static final long ORDER_NUMBER = 1_234_567;

  static final Login LOGIN =
      new Login(
          new LoginName("reseller17"),
          new LoginPassword("correct horse, 8% battery"),
          List.of(new OrderReference(Numbered.ORDER, ORDER_NUMBER, "orderNumber")));

  static final List<FormField> FIELDS =
      List.of(
          new FormField("loginName", LOGIN.name().value()),
          new FormField("loginPassword", LOGIN.password().value()),
          new FormField("orderNumber", Long.toString(ORDER_NUMBER)),
          new FormField("queryType", "1"),
          new FormField("responseType", "3"),
          new FormField("showValidityPeriod", "Y"));

  static final List<FormField> STATUS =
      List.of(
          FIELDS.get(0),
          FIELDS.get(1),
          FIELDS.get(2),
          new FormField("queryType", "0"),
          FIELDS.get(5));

  static final String URL_ENCODED_TYPE = "application/x-www-form-urlencoded";

  private static final String BOUNDARY = "------------------------d74496d66958873e";

  static final String MULTIPART_TYPE = "multipart/form-data; boundary=" + BOUNDARY;

  private TypicalRequest() {}

  /** The request as it is read, with the values of three arguments. */
  static CollectRequest read(String queryType, String responseType, String responseEncoding) {
    List<FormField> fields =
        List.of(
            new FormField("loginName", LOGIN.name().value()),
            new FormField("loginPassword", LOGIN.password().value()),
            new FormField("orderNumber", Long.toString(ORDER_NUMBER)),
            new FormField("queryType", queryType),
            new FormField("responseType", responseType),
            new FormField("responseEncoding", responseEncoding),
            new FormField("showValidityPeriod", "Y"));
    RequestReader reader = new RequestReader(Specification106.DIALECT, Set.of());
    return (CollectRequest) reader.read(Endpoint.COLLECT_SSL, new Transport(true, true), fields);
  }

  static byte[] urlEncoded() {
    return FIELDS.stream()
        .map(field -> field.name() + "=" + URLEncoder.encode(field.value(), UTF_8))
        .collect(Collectors.joining("&"))
        .getBytes(UTF_8);
  }

  static byte[] multipart() {
    return FIELDS.stream()
        .map(TypicalRequest::part)
        .collect(Collectors.joining("", "", "--" + BOUNDARY + "--\r\n"))
        .getBytes(UTF_8);
  }

  private static String part(FormField field) {
    return "--%s\r\nContent-Disposition: form-data; name=\"%s\"\r\n\r\n%s\r\n"
        .formatted(BOUNDARY, field.name(), field.value());
  }
}
