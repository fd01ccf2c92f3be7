package org.certcollect.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.List;
import org.certcollect.client.CollectAnswer.Available;
import org.certcollect.client.CollectAnswer.Processing;
import org.certcollect.client.CollectAnswer.Refused;
import org.certcollect.protocol.OrderNumber;
import org.certcollect.protocol.StatusCode;
import org.certcollect.protocol.fixtures.Fixtures;
import org.certcollect.protocol.format.Der;
import org.certcollect.server.config.CollectDialect;
import org.certcollect.store.domain.Product;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The client against the real server with the dialect 1.22, over TLS. */
class DetailedAnswersTest {
  private static final AccountLogin LOGIN = AccountLogin.of(RealServer.LOGIN, RealServer.PASSWORD);

  @TempDir private static Path folder;
  private static RealServer server;
  private static CollectClient client;

  @BeforeAll
  static void start() {
    server = new RealServer(folder, CollectDialect.V1_22).filled();
    client = server.client();
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static CollectQuery<CertificateChain> order(long number) {
    return CollectQuery.serverCertificate(LOGIN, number);
  }

  @Test
  void everyFormBringsTheSameCertificatesAsWithoutDetails() throws Exception {
    List<Der> chain = Fixtures.chain("chain-4").stream().map(Der::of).toList();
    CollectQuery<CertificateChain> plain = order(5);
    CollectQuery<CertificateChain> query = plain.withDetails();

    CertificateChain all = client.collect(query).orElseThrow();

    assertThat(all.certificate()).contains(chain.get(0));
    assertThat(all.caCertificates()).isEqualTo(chain.subList(1, 4));
    assertThat(client.collect(plain).orElseThrow()).isEqualTo(all);
    assertThat(client.collect(query.certificateOnly()).orElseThrow())
        .isEqualTo(new CertificateChain(all.certificate(), List.of()));
    assertThat(client.collect(query.caCertificatesOnly()).orElseThrow().caCertificates())
        .isEqualTo(all.caCertificates());
    CertificateStructure pkcs7 = client.collect(query.asPkcs7()).orElseThrow();
    assertThat(client.collect(plain.asPkcs7()).orElseThrow()).isEqualTo(pkcs7);
    assertThat(client.collect(plain.asBinaryPkcs7()).orElseThrow()).isEqualTo(pkcs7);
    assertThat(client.collect(plain.asNetscapeSequence()).orElseThrow())
        .isEqualTo(client.collect(query.asNetscapeSequence()).orElseThrow());
    assertThat(client.collect(plain.asZip()).orElseThrow().bytes())
        .isEqualTo(client.collect(query.asZip()).orElseThrow().bytes());
  }

  @Test
  void detailsOfAnIssuedOrderAreTold() throws Exception {
    X509Certificate certificate = Fixtures.certificates("chain-4").get(0);

    AnswerDetails details = client.collect(order(5).withDetails()).details();

    assertThat(details.orderNumber()).contains(new OrderNumber(5));
    assertThat(details.validity().orElseThrow().notBefore())
        .isEqualTo(certificate.getNotBefore().toInstant());
    assertThat(details.fqdn()).isPresent();
    assertThat(details.certificateStatus()).isPresent();
    assertThat(details.validationStatus()).contains("Validated");
    assertThat(details.fields())
        .containsKeys("csrStatus", "dcvStatus", "productTermDuration")
        .doesNotContainKeys("certificate", "caCertificate");
    assertThat(client.collect(order(5).withDetails().statusOnly()).details()).isEqualTo(details);
  }

  @Test
  void replacedCertificateIsFoundByItsIdWhileAReissueIsUnderWay() throws Exception {
    server.order(50, Product.SSL, true);
    server.issue(50, "chain-2");
    server.issue(50, "chain-3");
    long replaced = server.certificateIds(50).get(1);
    server.reissue(50);
    CollectQuery<CertificateChain> query = CollectQuery.serverCertificateById(LOGIN, replaced);

    CollectAnswer<CertificateChain> answer = client.collect(query.statusOnly().withDetails());

    assertThat(answer).isInstanceOf(Available.class);
    assertThat(answer.details().certificateStatus()).contains("Replaced");
    assertThat(client.collect(query).orElseThrow().certificate())
        .contains(Der.of(Fixtures.chain("chain-2").get(0)));
    assertThat(client.collect(order(50))).isInstanceOf(Processing.class);
    Refused<?> unknown =
        (Refused<?>) client.collect(CollectQuery.serverCertificateById(LOGIN, 9_999_999));
    assertThat(unknown.message()).contains("certificateID");
  }

  @Test
  void orderIsFoundByItsBaseOrder() throws Exception {
    CollectAnswer<CertificateChain> answer =
        client.collect(CollectQuery.serverCertificateByBaseOrder(LOGIN, 5));

    assertThat(answer.certificates()).isPresent();
    assertThat(answer.details().orderNumber()).contains(new OrderNumber(5));
  }

  @Test
  void unissuedOrdersTellTheirDetails() throws Exception {
    CollectAnswer<CertificateChain> processing = client.collect(order(2).withDetails());
    CollectAnswer<CertificateChain> rejected = client.collect(order(3).withDetails());

    assertThat(processing).isInstanceOf(Processing.class);
    assertThat(processing.details().certificateStatus()).isPresent();
    assertThat(rejected.code()).isEqualTo(StatusCode.REJECTED.code());
    assertThat(((Refused<?>) rejected).message()).contains("rejected");
    assertThat(rejected.details().certificateStatus()).contains("Rejected");
    assertThat(client.collect(order(1).withDetails()).code()).isEqualTo(-22);
  }

  @Test
  void requestsOfTheOlderDialectAreAnsweredAsThere() throws Exception {
    CollectQuery<CertificateChain> query = CollectQuery.clientCertificate(RealServer.CODE);

    assertThat(client.collect(query.withValidityPeriod()).details().validity()).isPresent();
    assertThat(client.collect(query.asPkcs7()).certificates()).isPresent();
    assertThat(client.collect(order(2)).code()).isZero();
  }

  @Test
  void wrongPasswordIsRefusedInEitherForm() throws Exception {
    AccountLogin wrong = AccountLogin.of(RealServer.LOGIN, "wrong");
    CollectQuery<CertificateChain> query = CollectQuery.serverCertificate(wrong, 5);

    assertThat(client.collect(query).code()).isEqualTo(-16);
    assertThat(((Refused<?>) client.collect(query.withDetails())).status())
        .contains(StatusCode.PERMISSION_DENIED);
  }
}
