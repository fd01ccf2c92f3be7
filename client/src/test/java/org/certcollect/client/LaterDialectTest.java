package org.certcollect.client;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.certcollect.client.CollectAnswer.Available;
import org.certcollect.client.CollectAnswer.Processing;
import org.certcollect.client.CollectAnswer.Refused;
import org.certcollect.protocol.CollectRequest;
import org.certcollect.protocol.CollectResponse;
import org.certcollect.protocol.CollectResult;
import org.certcollect.protocol.CollectResult.Period;
import org.certcollect.protocol.CollectionCode;
import org.certcollect.protocol.Endpoint;
import org.certcollect.protocol.Login;
import org.certcollect.protocol.OrderDetails;
import org.certcollect.protocol.OrderDetails.CertificateStatus;
import org.certcollect.protocol.OrderDetails.CheckProgress;
import org.certcollect.protocol.OrderDetails.DomainDetails;
import org.certcollect.protocol.OrderDetails.ValidationCheck;
import org.certcollect.protocol.OrderDetails.ValidationStatus;
import org.certcollect.protocol.OrderNumber;
import org.certcollect.protocol.OrderReference;
import org.certcollect.protocol.Reading;
import org.certcollect.protocol.RefusedRequest;
import org.certcollect.protocol.RequestReader;
import org.certcollect.protocol.StatusCode;
import org.certcollect.protocol.Transport;
import org.certcollect.protocol.fixtures.Fixtures;
import org.certcollect.protocol.form.FormDecoder;
import org.certcollect.protocol.format.Der;
import org.certcollect.protocol.format.IssuedFixtures;
import org.certcollect.protocol.v106.ResponseEncoding;
import org.certcollect.protocol.v122.Specification122;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * The client against the dialect 1.22 of the module {@code protocol}, over TLS: order 1 is being
 * processed, 2 rejected, 3 and its certificate 33 issued.
 */
class LaterDialectTest {
  private static final AccountLogin LOGIN = AccountLogin.of("acme", "secret");
  private static final Period VALIDITY =
      new Period(Instant.parse("2026-05-14T08:00:01Z"), Instant.parse("2027-05-13T23:59:59Z"));
  private static final RequestReader READER = new RequestReader(Specification122.DIALECT, Set.of());

  private static HostileServer server;
  private static CollectClient client;

  @BeforeAll
  static void start() throws IOException {
    server = new HostileServer((request, out) -> out.write(answer(request)));
    client = server.builder().build();
  }

  @AfterAll
  static void stop() throws IOException {
    server.close();
  }

  private static byte[] answer(String request) {
    Endpoint endpoint =
        Endpoint.at(request.substring(request.indexOf(' ') + 1, request.indexOf(" HTTP")))
            .orElseThrow();
    byte[] body = request.substring(request.indexOf("\r\n\r\n") + 4).getBytes(US_ASCII);
    Reading reading =
        READER.read(
            endpoint,
            new Transport(true, true),
            FormDecoder.decode(Optional.empty(), Optional.empty(), body));
    CollectResponse response =
        reading instanceof CollectRequest asked
            ? asked.layout().write(result(asked))
            : ((RefusedRequest) reading).response();
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes("HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n".getBytes(US_ASCII));
    out.writeBytes(response.body());
    return out.toByteArray();
  }

  private static CollectResult result(CollectRequest request) {
    if (!(request.claim() instanceof Login login)) {
      return issued(request, Optional.empty());
    }
    OrderReference order = login.order().get(0);
    return switch ((int) order.number()) {
      case 1 -> new CollectResult.Processing(Optional.of(details(CertificateStatus.PROCESSING)));
      case 2 -> CollectResult.Refused.of(StatusCode.REJECTED);
      case 3 -> issued(request, Optional.of(details(CertificateStatus.ISSUED)));
      case 33 -> issued(request, Optional.of(details(CertificateStatus.REPLACED)));
      default -> CollectResult.Refused.of(StatusCode.INVALID_ARGUMENT, order.argument());
    };
  }

  private static CollectResult issued(CollectRequest request, Optional<OrderDetails> details) {
    return request
        .form()
        .<CollectResult>map(
            form ->
                new CollectResult.Attached(
                    VALIDITY, form.encode(IssuedFixtures.of("chain-4", 3)), details))
        .orElseGet(() -> new CollectResult.Available(VALIDITY, details));
  }

  private static OrderDetails details(CertificateStatus status) {
    return new OrderDetails(
        new OrderNumber(3),
        Optional.of("www.example.com"),
        status,
        ValidationStatus.VALIDATED,
        Map.of(ValidationCheck.DCV, CheckProgress.COMPLETED),
        List.of(new DomainDetails("www.example.com", CheckProgress.COMPLETED)),
        Optional.empty());
  }

  @Test
  void everyFormBringsTheSameCertificatesAndDetails() throws Exception {
    List<Der> chain = Fixtures.chain("chain-4").stream().map(Der::of).toList();
    CollectQuery<CertificateChain> query = CollectQuery.serverCertificate(LOGIN, 3).withDetails();

    CollectAnswer<CertificateChain> answer = client.collect(query);

    assertThat(answer.orElseThrow().certificate()).contains(chain.get(0));
    assertThat(answer.orElseThrow().caCertificates()).isEqualTo(chain.subList(1, 4));
    AnswerDetails details = answer.details();
    assertThat(details.validity()).contains(VALIDITY);
    assertThat(details.fqdn()).contains("www.example.com");
    assertThat(details.orderNumber()).contains(new OrderNumber(3));
    assertThat(details.certificateStatus()).contains("Issued");
    assertThat(details.validationStatus()).contains("Validated");
    assertThat(details.field("dcvStatus")).contains("1");
    assertThat(details.field("mdcDomainDetails")).contains("www.example.com,Validated");
    assertThat(details.fields()).doesNotContainKeys("certificate", "caCertificate");
    assertThat(client.collect(query.certificateOnly()).orElseThrow().certificate())
        .contains(chain.get(0));
    assertThat(client.collect(query.caCertificatesOnly()).orElseThrow().caCertificates())
        .isEqualTo(chain.subList(1, 4));
    CertificateStructure pkcs7 = client.collect(query.asPkcs7()).orElseThrow();
    CertificateStructure netscape = client.collect(query.asNetscapeSequence()).orElseThrow();
    byte[] zip = client.collect(query.asZip()).orElseThrow().bytes();
    CollectQuery<CertificateChain> plain = CollectQuery.serverCertificate(LOGIN, 3);
    assertThat(client.collect(plain.asPkcs7()).orElseThrow()).isEqualTo(pkcs7);
    assertThat(client.collect(plain.asPkcs7(ResponseEncoding.BINARY)).orElseThrow())
        .isEqualTo(pkcs7);
    assertThat(client.collect(plain.asNetscapeSequence()).orElseThrow()).isEqualTo(netscape);
    assertThat(client.collect(plain.asZip()).orElseThrow().bytes()).isEqualTo(zip);
    assertThat(client.collect(plain)).isEqualTo(client.collect(plain));
  }

  @Test
  void replacedCertificateIsFoundByItsId() throws Exception {
    CollectQuery<CertificateChain> query = CollectQuery.serverCertificateById(LOGIN, 33);

    CollectAnswer<CertificateChain> answer = client.collect(query.statusOnly().withDetails());

    assertThat(answer).isInstanceOf(Available.class);
    assertThat(answer.details().certificateStatus()).contains("Replaced");
    assertThat(client.collect(query).certificates()).isPresent();
    Refused<?> unknown = (Refused<?>) client.collect(CollectQuery.serverCertificateById(LOGIN, 34));
    assertThat(unknown.message()).contains("certificateID");
  }

  @Test
  void orderIsFoundByItsBaseOrder() throws Exception {
    CollectAnswer<CertificateChain> answer =
        client.collect(CollectQuery.serverCertificateByBaseOrder(LOGIN, 3));

    assertThat(answer.certificates()).isPresent();
    assertThat(answer.details().orderNumber()).contains(new OrderNumber(3));
  }

  @Test
  void unissuedOrdersTellTheirDetails() throws Exception {
    CollectAnswer<CertificateChain> processing =
        client.collect(CollectQuery.serverCertificate(LOGIN, 1).withDetails());
    CollectAnswer<CertificateChain> rejected =
        client.collect(CollectQuery.serverCertificate(LOGIN, 2).withDetails());

    assertThat(processing).isInstanceOf(Processing.class);
    assertThat(processing.details().certificateStatus()).contains("Processing");
    assertThat(rejected.code()).isEqualTo(StatusCode.REJECTED.code());
    assertThat(((Refused<?>) rejected).message()).contains("rejected");
    assertThat(rejected.details().certificateStatus()).contains("Rejected");
  }

  @Test
  void requestsOfTheOlderDialectAreAnsweredAsThere() throws Exception {
    CollectQuery<CertificateChain> query =
        CollectQuery.clientCertificate(new CollectionCode("code"));

    assertThat(client.collect(query.withValidityPeriod()).details().validity()).isPresent();
    assertThat(client.collect(query.asPkcs7()).certificates()).isPresent();
    assertThat(client.collect(CollectQuery.serverCertificate(LOGIN, 1)).code()).isZero();
  }
}
