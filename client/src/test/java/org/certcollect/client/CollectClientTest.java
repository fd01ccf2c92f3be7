package org.certcollect.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.ByteArrayInputStream;
import java.nio.file.Path;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.zip.ZipInputStream;
import org.certcollect.client.CollectAnswer.Attached;
import org.certcollect.client.CollectAnswer.Available;
import org.certcollect.client.CollectAnswer.Processing;
import org.certcollect.client.CollectAnswer.Refused;
import org.certcollect.protocol.StatusCode;
import org.certcollect.protocol.fixtures.Fixtures;
import org.certcollect.protocol.format.Der;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The client against the real server, over TLS. */
class CollectClientTest {
  private static final AccountLogin LOGIN = AccountLogin.of(RealServer.LOGIN, RealServer.PASSWORD);

  @TempDir private static Path folder;
  private static RealServer server;
  private static CollectClient client;

  @BeforeAll
  static void start() {
    server = new RealServer(folder).filled();
    client = server.client();
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static List<Der> chain(String name) {
    return Fixtures.chain(name).stream().map(Der::of).toList();
  }

  @Test
  void issuedOrderHasItsCertificateAndTheIssuersInTheOrderOfWebServers() throws Exception {
    List<Der> chain = chain("chain-4");

    CollectAnswer<CertificateChain> answer =
        client.collect(CollectQuery.serverCertificate(LOGIN, 5));

    assertThat(answer).isInstanceOf(Attached.class);
    assertThat(answer.code()).isEqualTo(2);
    CertificateChain content = answer.orElseThrow();
    assertThat(content.certificate()).contains(chain.get(0));
    assertThat(content.caCertificates()).isEqualTo(chain.subList(1, 4));
    assertThat(content.x509()).isEqualTo(Fixtures.certificates("chain-4"));
    assertThat(content.fullChainPem())
        .isEqualTo(content.certificatePem() + content.caBundlePem())
        .startsWith("-----BEGIN CERTIFICATE-----\n");
  }

  @Test
  void partsOfTheChainCanBeAskedForAlone() throws Exception {
    CollectQuery<CertificateChain> query = CollectQuery.serverCertificate(LOGIN, 5);

    assertThat(client.collect(query.certificateOnly()).orElseThrow().caCertificates()).isEmpty();
    CertificateChain issuers = client.collect(query.caCertificatesOnly()).orElseThrow();
    assertThat(issuers.certificate()).isEmpty();
    assertThat(issuers.caCertificates()).isEqualTo(chain("chain-4").subList(1, 4));
  }

  @Test
  void certificateWithoutIssuersHasAnEmptyBundle() throws Exception {
    CollectQuery<CertificateChain> query = CollectQuery.serverCertificate(LOGIN, 6);

    assertThat(client.collect(query).orElseThrow().caBundlePem()).isEmpty();
    CertificateChain issuers = client.collect(query.caCertificatesOnly()).orElseThrow();
    assertThat(issuers.caCertificates()).isEmpty();
    assertThat(issuers.certificatePem()).isEmpty();
  }

  @Test
  void pkcs7IsTheSameStructureAsTextAndBinary() throws Exception {
    CollectQuery<CertificateChain> query = CollectQuery.serverCertificate(LOGIN, 5);

    CertificateStructure text = client.collect(query.asPkcs7()).orElseThrow();

    assertThat(client.collect(query.asBinaryPkcs7()).orElseThrow()).isEqualTo(text);
    assertThat(text.pem()).startsWith("-----BEGIN PKCS7-----\n");
    assertThat(
            CertificateFactory.getInstance("X.509")
                .generateCertificates(new ByteArrayInputStream(text.der().bytes())))
        .hasSize(4);
  }

  @Test
  void binaryRequestForAnUnissuedOrderIsAnsweredAsText() throws Exception {
    assertThat(client.collect(CollectQuery.serverCertificate(LOGIN, 2).asBinaryPkcs7()))
        .isInstanceOf(Processing.class);
  }

  @Test
  void netscapeSequenceAndZipArchiveAreRead() throws Exception {
    CollectQuery<CertificateChain> query = CollectQuery.serverCertificate(LOGIN, 5);

    assertThat(client.collect(query.asNetscapeSequence()).orElseThrow().pem())
        .startsWith("-----BEGIN CERTIFICATE-----\n");
    byte[] archive = client.collect(query.asZip().withValidityPeriod()).orElseThrow().bytes();
    List<String> names = new ArrayList<>();
    try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(archive))) {
      for (var entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        names.add(entry.getName());
      }
    }
    assertThat(names).hasSize(5).first().asString().endsWith(".ca-bundle");
  }

  @Test
  void statusAloneComesWithTheValidityPeriodInDays() throws Exception {
    CollectAnswer<CertificateChain> answer =
        client.collect(CollectQuery.serverCertificate(LOGIN, 5).statusOnly().withValidityPeriod());

    assertThat(answer).isInstanceOf(Available.class);
    X509Certificate certificate = Fixtures.certificates("chain-4").get(0);
    var period = answer.details().validity().orElseThrow();
    assertThat(period.notBefore()).isBeforeOrEqualTo(certificate.getNotBefore().toInstant());
    assertThat(period.notAfter()).isBeforeOrEqualTo(certificate.getNotAfter().toInstant());
    assertThat(answer.certificates()).isEmpty();
    NotAttachedException failure =
        catchThrowableOfType(NotAttachedException.class, answer::orElseThrow);
    assertThat(failure.code()).isEqualTo(1);
  }

  @Test
  void orderThatIsBeingProcessedIsAnAnswerOfItsOwn() throws Exception {
    CollectAnswer<CertificateChain> answer =
        client.collect(CollectQuery.serverCertificate(LOGIN, 2));

    assertThat(answer).isInstanceOf(Processing.class);
    NotAttachedException failure =
        catchThrowableOfType(NotAttachedException.class, answer::orElseThrow);
    assertThat(failure.isTemporary()).isTrue();
    assertThat(failure.status()).contains(StatusCode.PROCESSING);
  }

  @ParameterizedTest
  @CsvSource({
    "1, AWAITING_PAYMENT, Still awaiting payment!",
    "3, REJECTED, The certificate request has been rejected!",
    "4, REVOKED, The certificate has been revoked!",
    "99, INVALID_ARGUMENT, The value of the 'orderNumber' argument is invalid!"
  })
  void refusalHasCodeAndText(long order, StatusCode status, String text) throws Exception {
    CollectAnswer<CertificateChain> answer =
        client.collect(CollectQuery.serverCertificate(LOGIN, order));

    Refused<CertificateChain> refused = (Refused<CertificateChain>) answer;
    assertThat(refused.status()).contains(status);
    assertThat(refused.message()).isEqualTo(text.replace("\"", "'"));
    NotAttachedException failure =
        catchThrowableOfType(NotAttachedException.class, answer::orElseThrow);
    assertThat(failure.code()).isEqualTo(status.code());
    assertThat(failure.text()).isEqualTo(refused.message());
    assertThat(failure.isTemporary()).isFalse();
  }

  @Test
  void oneClientServesManyThreads() throws Exception {
    CollectQuery<CertificateChain> query = CollectQuery.serverCertificate(LOGIN, 5);
    CollectAnswer<CertificateChain> expected = client.collect(query);
    ExecutorService threads = Executors.newFixedThreadPool(8);
    try {
      List<Future<CollectAnswer<CertificateChain>>> answers =
          threads.invokeAll(Collections.nCopies(100, () -> client.collect(query)));
      for (Future<CollectAnswer<CertificateChain>> answer : answers) {
        assertThat(answer.get()).isEqualTo(expected);
      }
    } finally {
      threads.shutdown();
    }
  }

  @Test
  void wrongPasswordIsARefusal() throws Exception {
    assertThat(
            client.collect(
                CollectQuery.serverCertificate(AccountLogin.of(RealServer.LOGIN, "wrong"), 5)))
        .isEqualTo(
            new Refused<>(
                StatusCode.PERMISSION_DENIED.code(), "Permission denied!", AnswerDetails.NONE));
  }

  @Test
  void valuesWithReservedCharactersArriveAsTheyAre() throws Exception {
    AccountLogin login = AccountLogin.of(RealServer.LOGIN, "a&b=c+d%20 \u00e9\n");

    assertThat(client.collect(CollectQuery.serverCertificate(login, 5)).code()).isEqualTo(-16);
  }

  @Test
  void clientCertificateIsCollectedByCodeAlsoOverPlainHttp() throws Exception {
    CollectQuery<CertificateChain> query = CollectQuery.clientCertificate(RealServer.CODE);

    assertThat(client.collect(query).orElseThrow().certificate()).contains(chain("chain-2").get(0));
    assertThat(CollectClient.of(server.plainUrl()).collect(query)).isInstanceOf(Attached.class);
    assertThat(((Refused<?>) client.collect(CollectQuery.clientCertificate("none"))).message())
        .contains("collectionCode");
  }

  @Test
  void clientCertificateIsCollectedByLogin() throws Exception {
    assertThat(client.collect(CollectQuery.clientCertificate(LOGIN, 7)))
        .isInstanceOf(Attached.class);
    assertThat(client.collect(CollectQuery.clientCertificate(LOGIN, 5)).code()).isEqualTo(-4);
  }

  @Test
  void passwordIsNotSentOverPlainHttp() {
    CollectClient plain = CollectClient.of(server.plainUrl());

    assertThatThrownBy(() -> plain.collect(CollectQuery.serverCertificate(LOGIN, 5)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("https");
  }

  @Test
  void strictServerRefusesWhatOnlyTheLaterDialectHas() throws Exception {
    for (CollectQuery<?> query :
        List.of(
            CollectQuery.serverCertificate(LOGIN, 5).withDetails(),
            CollectQuery.serverCertificateById(LOGIN, 5),
            CollectQuery.serverCertificateByBaseOrder(LOGIN, 5))) {
      assertThat(((Refused<?>) client.collect(query)).status())
          .contains(StatusCode.UNRECOGNISED_ARGUMENT);
    }
  }

  @Test
  void formsThatHoldOnlyWholeChainsRefuseParts() {
    assertThatThrownBy(() -> CollectQuery.serverCertificate(LOGIN, 5).asPkcs7().certificateOnly())
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(
            () ->
                CollectQuery.serverCertificate(LOGIN, 5).caCertificatesOnly().asNetscapeSequence())
        .isInstanceOf(IllegalArgumentException.class);
  }
}
