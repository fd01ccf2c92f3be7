package org.certcollect.protocol.v122;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.certcollect.protocol.CollectRequest;
import org.certcollect.protocol.CollectResponse;
import org.certcollect.protocol.CollectResult;
import org.certcollect.protocol.CollectResult.Attached;
import org.certcollect.protocol.CollectResult.Available;
import org.certcollect.protocol.CollectResult.Period;
import org.certcollect.protocol.CollectResult.Processing;
import org.certcollect.protocol.CollectResult.Refused;
import org.certcollect.protocol.Endpoint;
import org.certcollect.protocol.OrderDetails;
import org.certcollect.protocol.OrderDetails.CertificateStatus;
import org.certcollect.protocol.OrderDetails.CheckProgress;
import org.certcollect.protocol.OrderDetails.ValidationCheck;
import org.certcollect.protocol.OrderDetails.ValidationStatus;
import org.certcollect.protocol.OrderNumber;
import org.certcollect.protocol.Reading;
import org.certcollect.protocol.RefusedRequest;
import org.certcollect.protocol.RequestReader;
import org.certcollect.protocol.StatusCode;
import org.certcollect.protocol.Transport;
import org.certcollect.protocol.fixtures.Fixtures;
import org.certcollect.protocol.form.FormDecoder;
import org.certcollect.protocol.form.FormField;
import org.certcollect.protocol.format.IssuedCertificate;
import org.certcollect.protocol.format.IssuedFixtures;

/**
 * A service of the later dialect with one order, which believes every caller.
 *
 * @param result what it answers to a request that passes the first checks
 */
record SmallService(Function<CollectRequest, CollectResult> result) {
  private static final RequestReader READER =
      new RequestReader(Specification122.DIALECT, Set.of(Endpoint.COLLECT_CCC));

  static SmallService issued(String chain) {
    IssuedCertificate issued = IssuedFixtures.of(chain, 7);
    Period period =
        new Period(
            issued.notBefore(), Fixtures.certificates(chain).get(0).getNotAfter().toInstant());
    Optional<OrderDetails> details =
        details(CertificateStatus.ISSUED, ValidationStatus.VALIDATED, CheckProgress.COMPLETED);
    return new SmallService(
        request ->
            request
                .form()
                .<CollectResult>map(form -> new Attached(period, form.encode(issued), details))
                .orElseGet(() -> new Available(period, details)));
  }

  static SmallService processing(
      CertificateStatus status, ValidationStatus validation, CheckProgress dcv) {
    return new SmallService(request -> new Processing(details(status, validation, dcv)));
  }

  static SmallService refused(StatusCode status) {
    return new SmallService(request -> Refused.of(status, "orderNumber"));
  }

  /** The answer to a POST with all in its body. */
  String post(String form) {
    return answer(Endpoint.COLLECT_SSL, new Transport(true, true), Optional.empty(), form);
  }

  /** The answer to a POST with all in its query string. */
  String query(String form) {
    return answer(Endpoint.COLLECT_SSL, new Transport(true, true), Optional.of(form), "");
  }

  String get(String form) {
    return answer(Endpoint.COLLECT_SSL, new Transport(true, false), Optional.of(form), "");
  }

  String http(String form) {
    return answer(Endpoint.COLLECT_SSL, new Transport(false, true), Optional.empty(), form);
  }

  /** The answer of CollectCCC over plain HTTP. */
  String code(String form, boolean post) {
    return answer(Endpoint.COLLECT_CCC, new Transport(false, post), Optional.of(form), "");
  }

  private String answer(
      Endpoint endpoint, Transport transport, Optional<String> query, String body) {
    List<FormField> fields = FormDecoder.decode(query, Optional.empty(), body.getBytes(ISO_8859_1));
    Reading reading = READER.read(endpoint, transport, fields);
    CollectResponse response =
        reading instanceof CollectRequest request
            ? request.layout().write(result.apply(request))
            : ((RefusedRequest) reading).response();
    return new String(response.body(), ISO_8859_1);
  }

  private static Optional<OrderDetails> details(
      CertificateStatus status, ValidationStatus validation, CheckProgress dcv) {
    return Optional.of(
        new OrderDetails(
            new OrderNumber(7),
            Optional.of("www.example.com"),
            status,
            validation,
            Map.of(ValidationCheck.CSR, CheckProgress.COMPLETED, ValidationCheck.DCV, dcv),
            List.of(),
            Optional.empty()));
  }
}
