package org.certcollect.client;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.certcollect.client.CollectAnswer.Attached;
import org.certcollect.client.CollectAnswer.Processing;
import org.certcollect.client.InvalidAnswerException.Kind;
import org.certcollect.protocol.CollectResult.Period;
import org.certcollect.protocol.cells.Golden;
import org.certcollect.protocol.fixtures.Fixtures;
import org.certcollect.protocol.format.Der;
import org.certcollect.protocol.format.PemEncoder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Answers as servers of several kinds and ages write them. */
class AnswerReaderTest {
  private static final CollectQuery<CertificateChain> QUERY =
      CollectQuery.serverCertificate(AccountLogin.of("acme", "secret"), 5);
  private static final List<Der> CHAIN = Fixtures.chain("chain-3").stream().map(Der::of).toList();
  private static final List<Der> ROOT_FIRST = List.of(CHAIN.get(2), CHAIN.get(1), CHAIN.get(0));
  private static final String PEM = PemEncoder.certificates(ROOT_FIRST);

  private static <C> CollectAnswer<C> read(CollectQuery<C> query, String answer)
      throws InvalidAnswerException {
    return new AnswerReader<>(query).read(answer.getBytes(ISO_8859_1));
  }

  private static void assertBad(CollectQuery<?> query, String answer) {
    assertThatThrownBy(() -> read(query, answer))
        .as(answer)
        .isInstanceOfSatisfying(
            InvalidAnswerException.class,
            e -> {
              assertThat(e.kind()).isEqualTo(Kind.BAD_CERTIFICATES);
              assertThat(e.isTemporary()).isTrue();
            });
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "0\n", "0\r\n", "0\n\n", " 0\n"})
  void lineEndsOfAStatusDoNotMatter(String answer) throws Exception {
    assertThat(read(QUERY, answer)).isInstanceOf(Processing.class);
  }

  @Test
  void lineEndsOfCertificatesDoNotMatter() throws Exception {
    String answer = "2\n14/05/2026 13/05/2027\n" + PEM;
    CollectAnswer<CertificateChain> expected = read(QUERY, answer);

    assertThat(expected.orElseThrow().caCertificates()).isEqualTo(CHAIN.subList(1, 3));
    assertThat(expected.details().validity())
        .contains(
            new Period(
                Instant.parse("2026-05-14T00:00:00Z"), Instant.parse("2027-05-13T00:00:00Z")));
    assertThat(read(QUERY, answer.replace("\n", "\r\n"))).isEqualTo(expected);
    assertThat(read(QUERY, answer.stripTrailing())).isEqualTo(expected);
    assertThat(read(QUERY, answer + "\n\n")).isEqualTo(expected);
  }

  @Test
  void refusalWithoutATextIsARefusal() throws Exception {
    assertThat(read(QUERY, "-1"))
        .isEqualTo(new CollectAnswer.Refused<>(-1, "", AnswerDetails.NONE));
  }

  @Test
  void armourOfPkcs7MayBeMissing() throws Exception {
    String pem =
        new String(Golden.load("CollectSSL/issued/queryType=1,responseType=2").body(), ISO_8859_1);
    CertificateStructure expected = read(QUERY.asPkcs7(), pem).orElseThrow();

    assertThat(read(QUERY.asPkcs7(), pem.replaceAll("-----.*-----\n", "")).orElseThrow())
        .isEqualTo(expected);
  }

  @Test
  void cutCertificatesAreRefused() throws Exception {
    String all = "2\n" + PEM;
    for (int length = 2; length < all.length() - 1; length += 97) {
      String cut = all.substring(0, length);
      if (!cut.endsWith("-----\n")) {
        assertBad(QUERY, cut);
      }
    }
    assertBad(QUERY, "2\n" + PEM + "garbage");
    assertBad(QUERY, "2\n" + PEM.replace("\nMII", "\nMIJ"));
    assertBad(QUERY.asPkcs7(), "2\n" + PemEncoder.base64(CHAIN.get(0).bytes()).substring(0, 64));
    assertBad(QUERY.asPkcs7(), "2\n");
    assertBad(QUERY.asZip(), "2\nUEsFBg==");
    assertBad(QUERY, "errorCode=2&caCertificate=" + base64(2));
    assertBad(QUERY, "errorCode=2&certificate=" + base64(0) + "&certificate=" + base64(0));
    assertBad(QUERY.asPkcs7(), "errorCode=2");
  }

  private static String base64(int index) {
    return Base64.getEncoder().encodeToString(CHAIN.get(index).bytes()).replace("+", "%2B");
  }

  @Test
  void certificatesOfAUrlEncodedAnswerAreToldApartByTheirNames() throws Exception {
    String answer =
        "errorCode=2&certificate="
            + base64(0)
            + "&caCertificate="
            + base64(2)
            + "&caCertificate="
            + base64(1)
            + "\n";

    CertificateChain chain = read(QUERY, answer).orElseThrow();

    assertThat(chain.certificate()).contains(CHAIN.get(0));
    assertThat(chain.caCertificates()).isEqualTo(CHAIN.subList(1, 3));
  }

  @Test
  void urlEncodedDetailsOfAnyKindAreKept() throws Exception {
    CollectAnswer<CertificateChain> answer =
        read(
            QUERY.statusOnly(),
            "errorCode=1&orderNumber=1001&notBefore=&notAfter=x&fqdn=&certificateStatus=On+Hold"
                + "&maStatus=7&dcvStatus=2&dcvStatus=3");

    AnswerDetails details = answer.details();
    assertThat(details.validity()).isEmpty();
    assertThat(details.fqdn()).isEmpty();
    assertThat(details.orderNumber()).hasToString("Optional[1001]");
    assertThat(details.certificateStatus()).contains("On Hold");
    assertThat(details.field("maStatus")).contains("7");
    assertThat(details.field("dcvStatus")).contains("2");
  }

  @Test
  void fieldsWithALoginInThemAreKeptWhole() throws Exception {
    String domains = "www.example.com,".repeat(30);
    for (String login : List.of("example", "order", "error")) {
      CollectQuery<CertificateChain> query =
          CollectQuery.serverCertificate(AccountLogin.of(login, "Number"), 5);

      AnswerDetails details =
          read(query, "errorCode=0&orderNumber=1001&fqdn=www.example.com&domains=" + domains)
              .details();

      assertThat(details.orderNumber()).as(login).hasToString("Optional[1001]");
      assertThat(details.fqdn()).as(login).contains("www.example.com");
      assertThat(details.field("domains")).as(login).contains(domains);
      assertThat(read(query, "errorCode=-3&errorMessage=No+" + login + "&fqdn=%0A"))
          .isEqualTo(
              new CollectAnswer.Refused<>(
                  -3, "No [masked]", AnswerDetails.of(Map.of("fqdn", "?"))));
    }
  }

  @Test
  void certificatesThatWereNotAskedForAreNotTheProtocol() {
    assertThatThrownBy(() -> read(QUERY.statusOnly(), "2\n" + PEM))
        .isInstanceOfSatisfying(
            InvalidAnswerException.class,
            e -> assertThat(e.kind()).isEqualTo(Kind.NOT_THE_PROTOCOL));
  }

  @Test
  void longestChainIsRead() throws Exception {
    List<Der> ten = Fixtures.chain("chain-10").stream().map(Der::of).toList();
    StringBuilder answer = new StringBuilder("2\n");
    for (int i = 9; i >= 0; i--) {
      answer.append(PemEncoder.block("CERTIFICATE", ten.get(i)));
    }

    CollectAnswer<CertificateChain> read = read(QUERY, answer.toString());

    assertThat(read).isInstanceOf(Attached.class);
    assertThat(read.orElseThrow().caCertificates()).isEqualTo(ten.subList(1, 10));
  }
}
