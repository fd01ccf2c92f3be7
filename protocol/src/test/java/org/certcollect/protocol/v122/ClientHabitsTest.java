package org.certcollect.protocol.v122;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toList;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.net.URLDecoder;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.StringTokenizer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.certcollect.protocol.OrderDetails.CertificateStatus;
import org.certcollect.protocol.OrderDetails.CheckProgress;
import org.certcollect.protocol.OrderDetails.ValidationStatus;
import org.certcollect.protocol.StatusCode;
import org.certcollect.protocol.cells.Unpacked;
import org.certcollect.protocol.fixtures.Fixtures;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Small clients with the habits of the programs that call the live service. */
class ClientHabitsTest {
  private static final String LOGIN = "loginName=a&loginPassword=b&orderNumber=7";

  private static final SmallService PENDING =
      SmallService.processing(
          CertificateStatus.AWAITING_VALIDATION,
          ValidationStatus.AWAITING_VALIDATION,
          CheckProgress.NOT_COMPLETED);

  // --- lines

  /** Puts all in the query string of a POST, and takes the second line for the domain name. */
  @Test
  void aClientThatSplitsByLinesFindsTheNameAndFourCertificates() {
    String body =
        SmallService.issued("chain-4")
            .query(LOGIN + "&queryType=1&responseType=3&showFQDN=Y&showValidityPeriod=N");
    List<String> lines = body.lines().toList();
    assertThat(lines.subList(0, 2)).containsExactly("2", "www.example.com");
    String[] blocks =
        String.join("\n", lines.subList(2, lines.size()))
            .split("(?<=-----END CERTIFICATE-----)\n?");
    assertThat(blocks).hasSize(4).allMatch(block -> block.startsWith("-----BEGIN"));
    assertThat(PENDING.query(LOGIN + "&queryType=1&showFQDN=Y").lines()).startsWith("0");
  }

  /** Asks for lines, and compares the first of them. */
  @Test
  void aClientThatAsksForLinesFindsTwoCertificates() throws Exception {
    String body = SmallService.issued("chain-2").post(LOGIN + "&queryType=1&responseFormat=0");
    String[] parts = body.split("\n", 2);
    assertThat(parts[0]).isEqualTo("2");
    List<byte[]> rootFirst = new ArrayList<>(Unpacked.pem(parts[1], "CERTIFICATE"));
    Collections.reverse(rootFirst);
    assertThat(rootFirst).usingRecursiveComparison().isEqualTo(Fixtures.chain("chain-2"));
    assertThat(PENDING.post(LOGIN + "&queryType=1&responseFormat=0").split("\n", 2)[0])
        .isEqualTo("0");
  }

  /** Reads the status at the first byte and the data from the third one to the last but one. */
  @Test
  void aClientOfFixedOffsetsFindsStatusAndData() {
    String body = SmallService.issued("chain-3").post(LOGIN + "&queryType=2");
    assertThat(body.charAt(0)).isEqualTo('2');
    assertThat(body.substring(2, body.length() - 1))
        .startsWith("-----BEGIN CERTIFICATE-----\n")
        .endsWith("-----END CERTIFICATE-----");
    String pending = PENDING.post(LOGIN + "&queryType=2");
    assertThat(pending.charAt(0)).isEqualTo('0');
    assertThat(pending.substring(2)).isEmpty();
  }

  /** Takes the first token, whatever else it has asked for. */
  @ParameterizedTest
  @ValueSource(strings = {"", "&showExtStatus=Y&showStatusDetails=Y", "&showMDCDomainDetails=Y"})
  void aClientOfTheFirstTokenFindsTheStatus(String shown) {
    String asked = LOGIN + "&queryType=1&responseFormat=0" + shown;
    assertThat(firstToken(SmallService.issued("chain-3").post(asked))).isEqualTo("2");
    assertThat(firstToken(PENDING.post(asked))).isEqualTo("0");
    assertThat(firstToken(SmallService.refused(StatusCode.REJECTED).post(asked))).isEqualTo("-20");
  }

  private static String firstToken(String body) {
    return new StringTokenizer(body).nextToken();
  }

  /** Since 2018: status, certificates, an empty line, text. */
  private static final Pattern WITH_BLANK_LINE =
      Pattern.compile("\\A(-?\\d+)\n(.*?)\n\n(.*)\\z", Pattern.DOTALL);

  /** Until 2018, with one line of text in mind: the first of the two lines stays in the block. */
  private static final Pattern WITHOUT_BLANK_LINE =
      Pattern.compile("\\A(-?\\d+)\n(.*)\n([^\n]+)\n?\\z", Pattern.DOTALL);

  @Test
  void aClientOfTheBlankLineFindsPemAndTheTwoStatuses() throws Exception {
    String body = SmallService.issued("chain-3").post(LOGIN + "&queryType=2&showExtStatus=Y");
    Matcher answer = WITH_BLANK_LINE.matcher(body);
    assertThat(answer.matches()).isTrue();
    assertThat(answer.group(1)).isEqualTo("2");
    assertThat(certificate(answer.group(2)).getSubjectX500Principal().getName())
        .isEqualTo("CN=www.example.com");
    assertThat(answer.group(3)).isEqualTo("Issued\nValidated\n");
    Matcher earlier = WITHOUT_BLANK_LINE.matcher(body);
    assertThat(earlier.matches()).isTrue();
    assertThat(certificate(earlier.group(2)).getSubjectX500Principal().getName())
        .isEqualTo("CN=www.example.com");
    assertThat(earlier.group(3)).isEqualTo("Validated");
  }

  /** Puts the markers around the block itself. */
  @Test
  void aClientThatMakesItsOwnMarkersGetsPkcs7WithoutAny() throws Exception {
    String body =
        SmallService.issued("chain-3").post(LOGIN + "&queryType=1&responseType=2&showExtStatus=Y");
    Matcher answer = WITH_BLANK_LINE.matcher(body);
    assertThat(answer.matches()).isTrue();
    String armoured = "-----BEGIN PKCS7-----\n" + answer.group(2) + "\n-----END PKCS7-----\n";
    assertThat(Unpacked.of(Unpacked.Form.PKCS7, armoured).certificates())
        .usingRecursiveComparison()
        .isEqualTo(Fixtures.chain("chain-3"));
  }

  /** Shows the last line to its staff, and knows a rejection by its number alone. */
  @Test
  void aClientOfTheLastLineFindsAStatusToShow() {
    String asked = LOGIN + "&queryType=1&showExtStatus=Y";
    assertThat(PENDING.post(asked).lines()).endsWith("Awaiting Validation");
    assertThat(SmallService.refused(StatusCode.REJECTED).post(asked)).startsWith("-20\n");
  }

  // --- URL-encoded

  /** Takes an answer without {@code errorCode} for success. */
  @ParameterizedTest
  @EnumSource(StatusCode.class)
  void aClientThatBelievesInTheLackOfAnErrorFindsEveryOne(StatusCode status) {
    if (status.code() < 0) {
      Map<String, List<String>> fields =
          form(SmallService.refused(status).post(LOGIN + "&queryType=1&responseFormat=1"));
      assertThat(Integer.parseInt(fields.get("errorCode").get(0))).isEqualTo(status.code());
      assertThat(fields.get("errorMessage").get(0)).isNotEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "responseFormat=1",
        "loginName=a&responseFormat=1",
        LOGIN + "&responseFormat=1&queryType=5",
        LOGIN + "&responseFormat=1&queryType=1&other=1"
      })
  void theSameClientFindsTheErrorsOfItsOwnRequest(String wrong) {
    SmallService service = SmallService.issued("chain-3");
    assertThat(Integer.parseInt(form(service.post(wrong)).get("errorCode").get(0))).isNegative();
    assertThat(form(service.get(wrong)).get("errorCode")).containsExactly("-17");
    assertThat(form(service.http(wrong)).get("errorCode")).containsExactly("-1");
  }

  /** Reverses the CA certificates, wraps each certificate, and puts the markers around it. */
  @Test
  void aClientThatReversesTheCaCertificatesGetsTheOrderOfWebServers() throws Exception {
    Map<String, List<String>> fields =
        form(SmallService.issued("chain-4").post(LOGIN + "&queryType=1&responseFormat=1"));
    assertThat(fields.get("errorCode")).containsExactly("2");
    List<String> authorities = new ArrayList<>(fields.get("caCertificate"));
    Collections.reverse(authorities);
    X509Certificate issued = certificate(armoured(fields.get("certificate").get(0)));
    assertThat(authorities).hasSize(3);
    for (String authority : authorities) {
      X509Certificate issuer = certificate(armoured(authority));
      issued.verify(issuer.getPublicKey());
      issued = issuer;
    }
    assertThat(fields).doesNotContainKeys("notBefore", "notAfter");
  }

  /** Makes an exception of an empty date. */
  @Test
  void aClientOfDatesFindsNumbersOrNothing() {
    String asked = LOGIN + "&queryType=0&responseFormat=1&showValidityPeriod=Y&showFQDN=Y";
    Map<String, List<String>> issued = form(SmallService.issued("chain-3").post(asked));
    assertThat(Long.parseLong(issued.get("notBefore").get(0)))
        .isLessThan(Long.parseLong(issued.get("notAfter").get(0)));
    assertThat(form(PENDING.post(asked))).doesNotContainKeys("notBefore", "notAfter");
  }

  /** Asks for all there is, and searches the validation status for a word in any case. */
  @ParameterizedTest
  @EnumSource(ValidationStatus.class)
  void aClientThatSearchesForAWordFindsItOnlyWhenAllIsDone(ValidationStatus status) {
    String asked =
        LOGIN
            + "&queryType=0&responseFormat=1&showValidityPeriod=Y&showFQDN=Y&showExtStatus=Y"
            + "&showStatusDetails=Y&showMDCDomainDetails=Y&showMDCDomainDetails2=Y";
    boolean done = status == ValidationStatus.VALIDATED;
    SmallService service =
        SmallService.processing(
            CertificateStatus.PROCESSING,
            status,
            done ? CheckProgress.COMPLETED : CheckProgress.IN_PROGRESS);
    Map<String, List<String>> fields = form(service.post(asked));
    String validation = fields.get("validationStatus").get(0).toLowerCase(Locale.ROOT);
    assertThat(validation.contains("validated")).isEqualTo(done);
    assertThat(fields.get("dcvStatus").get(0).equals("1")).isEqualTo(done);
    assertThat(fields.get("fqdn")).containsExactly("www.example.com");
  }

  /** Goes on after a refusal, and reads the status of the certificate. */
  @Test
  void aClientThatToleratesRefusalsFindsTheStatusOfTheCertificate() {
    String asked = LOGIN + "&queryType=0&responseFormat=1&showExtStatus=Y";
    assertThat(form(SmallService.refused(StatusCode.REVOKED).post(asked)).get("certificateStatus"))
        .containsExactly("Revoked");
    assertThat(form(SmallService.refused(StatusCode.REJECTED).post(asked)).get("certificateStatus"))
        .containsExactly("Rejected");
  }

  /** Sends all it has, empty or not, and takes an archive for the end of the matter. */
  @Test
  void aClientThatSendsEmptyArgumentsGetsAnArchive() throws Exception {
    String asked =
        LOGIN + "&baseOrderNumber=&certificateId=&queryType=1&responseType=0&responseFormat=1";
    Map<String, List<String>> fields = form(SmallService.issued("chain-3").post(asked));
    byte[] archive = Base64.getDecoder().decode(fields.get("zipFile").get(0));
    assertThat(Unpacked.files(archive)).hasSize(4);
    assertThat(form(PENDING.post(asked))).doesNotContainKey("zipFile");
  }

  /** Reads the number strictly, so that a line end after the last field would be an error. */
  @Test
  void aClientOfAStrictFormParserReadsTheNumber() {
    String body = PENDING.post(LOGIN + "&queryType=0&responseFormat=1");
    assertThat(body).isEqualTo("errorCode=0&orderNumber=7");
    assertThat(Long.parseLong(body.substring(body.lastIndexOf('=') + 1))).isEqualTo(7);
  }

  // --- collection codes

  @Test
  void aClientThatSendsAProductWithItsCodeIsServed() {
    String body =
        SmallService.issued("no-dns-name")
            .code("collectionCode=abc&queryType=1&responseType=3&product=9", true);
    assertThat(body).startsWith("2\n-----BEGIN CERTIFICATE-----\n");
  }

  /** Puts the answer to a GET into a page as a script. */
  @Test
  void aPageThatGetsAScriptHasTheCertificatesAndIsCalled() {
    String body =
        SmallService.issued("no-dns-name")
            .code(
                "collectionCode=abc&queryType=1&responseType=2&responseEncoding=2"
                    + "&callbackFunctionName=installIEXPCertificate",
                false);
    assertThat(body.lines())
        .hasSize(4)
        .startsWith("var g_errorCode=2;", "var g_errorMessage=\"\";")
        .endsWith("installIEXPCertificate();");
    assertThat(body).containsPattern("\nvar g_ccc=\"[A-Za-z0-9+/]+=*\";\n");
  }

  private static Map<String, List<String>> form(String body) {
    return Arrays.stream(body.split("&", -1))
        .map(pair -> pair.split("=", 2))
        .filter(pair -> pair.length == 2)
        .collect(
            groupingBy(
                pair -> pair[0], mapping(pair -> URLDecoder.decode(pair[1], UTF_8), toList())));
  }

  private static String armoured(String base64) {
    String wrapped = base64.replaceAll("(.{64})", "$1\n");
    return """
    -----BEGIN CERTIFICATE-----
    %s
    -----END CERTIFICATE-----
    """
        .formatted(wrapped);
  }

  private static X509Certificate certificate(String pem) throws CertificateException {
    return (X509Certificate)
        CertificateFactory.getInstance("X.509")
            .generateCertificate(new ByteArrayInputStream(pem.getBytes(ISO_8859_1)));
  }
}
