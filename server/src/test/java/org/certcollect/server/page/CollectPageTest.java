package org.certcollect.server.page;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.certcollect.admin.audit.AuditConfig;
import org.certcollect.protocol.fixtures.Fixtures;
import org.certcollect.server.config.AuthConfig;
import org.certcollect.server.config.ManagementConfig;
import org.certcollect.server.testing.Forms;
import org.certcollect.server.testing.RawConnection;
import org.certcollect.server.testing.RawConnection.Answer;
import org.certcollect.server.testing.TestServer;
import org.certcollect.server.testing.TestServer.Settings;
import org.certcollect.store.NewOrder;
import org.certcollect.store.domain.Digests;
import org.certcollect.store.domain.Product;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CollectPageTest {
  /** A code as it is made here: without look-alikes. */
  private static final String CODE = "ABCD2345EFGH6789";

  /** A code as it is imported: of letters of both cases and all digits. */
  private static final String IMPORTED = "Ab3dEf6hJk9mNp2q";

  private static final DateTimeFormatter DAY =
      DateTimeFormatter.ofPattern("d MMMM uuuu", Locale.ENGLISH).withZone(ZoneOffset.UTC);

  private static TestServer server;
  private static Instant held;
  private static Instant revoked;

  @TempDir private static Path data;

  @BeforeAll
  static void setUp() {
    server =
        TestServer.audited(
            Settings.DEFAULT
                .with(PageVisitor.CLOCK)
                .with(new AuthConfig(1_000, Duration.ofMinutes(10), 500, 500, 100))
                .with(
                    new ManagementConfig("127.0.0.1", OptionalInt.of(0), false, Optional.empty())),
            data,
            AuditConfig.of("node"));
    server.quickAccount("reseller", "right");
    order(1, CODE, "chain-3");
    order(2, IMPORTED, "no-dns-name");
    order(3, "my code-3", "wildcard");
    order(4, "utf8", "utf8-subject");
    order(5, "expired", "expired");
    order(6, "held", "chain-3");
    held =
        server
            .store()
            .orders()
            .hold(6, Optional.empty(), TestServer.TESTER)
            .heldSince()
            .orElseThrow();
    order(7, "revoked", "chain-3");
    revoked =
        server.store().orders().revoke(7, Optional.of("internal"), TestServer.TESTER).changed();
    PageVisitor.order(server, 8, "processing", Optional.empty());
    PageVisitor.order(server, 9, "rejected", Optional.empty());
    server.store().orders().reject(9, Optional.of("internal"), TestServer.TESTER);
  }

  private static void order(long number, String code, String chain) {
    PageVisitor.order(server, number, code, Optional.of(chain));
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Test
  void formIsTheSameForEveryLink() throws IOException {
    Answer form = PageVisitor.get(server, PageVisitor.PAGE);

    assertThat(form.status()).isEqualTo(200);
    assertThat(form.headers())
        .containsEntry("content-type", "text/html; charset=utf-8")
        .containsEntry("cache-control", "no-store")
        .containsEntry("x-content-type-options", "nosniff")
        .containsEntry("referrer-policy", "no-referrer")
        .containsEntry("x-frame-options", "DENY")
        .doesNotContainKeys("set-cookie", "strict-transport-security");
    assertThat(form.headers().get("content-security-policy"))
        .startsWith("default-src 'none'; style-src 'sha256-")
        .contains("; script-src 'sha256-", "; form-action 'self'", "; frame-ancestors 'none'")
        .endsWith("; base-uri 'none'");
    assertThat(form.body())
        .contains("<html lang=\"en\">", "<label for=\"code\">")
        .doesNotContain("<header>", "<p></p>");
    assertThat(PageVisitor.get(server, PageVisitor.PAGE + "?code=" + CODE + "&format=pem"))
        .isEqualTo(form);
    try (RawConnection connection = RawConnection.https(server)) {
      connection.send(Forms.head("HEAD", PageVisitor.PAGE) + "\r\n");
      assertThat(connection.read(false).headers()).isEqualTo(form.headers());
    }
  }

  @Test
  void addressWithASlashAtItsEndLeadsToThePage() throws IOException {
    Answer moved = PageVisitor.get(server, PageVisitor.PAGE + "/");
    assertThat(moved.status()).isEqualTo(308);
    assertThat(moved.headers()).containsEntry("location", PageVisitor.PAGE);
    assertThat(moved.body()).isEmpty();
    assertThat(PageVisitor.get(server, "/").status()).isEqualTo(404);
  }

  @Test
  void otherMethodsAreRefused() throws IOException {
    try (RawConnection connection = RawConnection.https(server)) {
      Answer answer = connection.send(Forms.head("PUT", PageVisitor.PAGE) + "\r\n").read();
      assertThat(answer.status()).isEqualTo(405);
      assertThat(answer.headers()).containsEntry("allow", "GET, HEAD, POST");
    }
  }

  @Test
  void codeShowsTheCertificate() throws IOException {
    String page = PageVisitor.collect(server, CODE).body();

    byte[] der = Fixtures.chain("chain-3").get(0);
    assertThat(page)
        .contains("<h1>Your certificate is ready</h1>")
        .contains("<dt>Names</dt><dd>www.example.com</dd>")
        .contains(HexFormat.ofDelimiter(":").withUpperCase().formatHex(Digests.sha256(der)))
        .contains("<input type=\"hidden\" name=\"code\" value=\"" + CODE + "\">")
        .contains("-in www_example_com.pem -out www_example_com.p12");
    assertThat(page).doesNotContainPattern("\\{[a-z.0-9]+}").doesNotContain("\0", "BEGIN");
    for (String file : List.of("pem", "p7b", "crt", "der", "zip")) {
      assertThat(page).contains("name=\"format\" value=\"" + file + "\">");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "abcd2345efgh6789",
        " ABCD 2345 EFGH 6789\t",
        "abcd-2345-EFGH-6789",
        "ABCD\u2013 2345\u00a0EFGH\u20116789\u200b",
        "\ufeffABCD\t2345\u00adEFGH\r\n6789\u202c"
      })
  void separatorsAndLowerCaseAreForgiven(String typed) throws IOException {
    String page = PageVisitor.collect(server, typed).body();
    assertThat(page).contains("is ready", ">www.example.com<");
    assertThat(PageVisitor.download(server, hiddenCode(page), "pem").body())
        .startsWith("-----BEGIN CERTIFICATE-----");
  }

  /** The code that the buttons of a page send, as a browser reads it. */
  private static String hiddenCode(String page) {
    Matcher value = Pattern.compile("name=\"code\" value=\"([^\"]*)\"").matcher(page);
    assertThat(value.find()).isTrue();
    return Pattern.compile("&#([0-9]+);")
        .matcher(value.group(1))
        .replaceAll(c -> Character.toString(Integer.parseInt(c.group(1))));
  }

  @ParameterizedTest
  @CsvSource({
    "Ab3dEf6hJk9mNp2q, true",
    "Ab3d-Ef6h-Jk9m-Np2q, true",
    "AB3DEF6HJK9MNP2Q, false",
    "ab3def6hjk9mnp2q, false",
    "my code-3, true",
    "mycode3, false",
    "MY CODE-3, false"
  })
  void importedCodesKeepTheirCaseAndTheirSeparators(String typed, boolean found)
      throws IOException {
    assertThat(PageVisitor.collect(server, typed).body().contains("is ready")).isEqualTo(found);
  }

  @Test
  void everyMissIsTheSamePage() throws IOException {
    Answer miss = PageVisitor.collect(server, "ABCD2345EFGH6788");

    assertThat(miss.status()).isEqualTo(200);
    assertThat(miss.body())
        .contains("<title>Code not found", "id=\"error\"", "aria-invalid=\"true\"")
        .doesNotContain("ABCD2345EFGH6788");
    for (String other :
        List.of("abcd-2345-efgh-6788", "x", "x".repeat(5_000), "<script>", "\0", "\ud800", "%")) {
      assertThat(PageVisitor.collect(server, other)).isEqualTo(miss);
    }
    assertThat(PageVisitor.download(server, "x", "pem")).isEqualTo(miss);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "code=", "code=+", "CODE=x", "format=pem", "code"})
  void emptyFieldIsToldSo(String form) throws IOException {
    assertThat(PageVisitor.post(server, form).body())
        .contains("Please enter the code", "<title>Collect");
  }

  @ParameterizedTest
  @CsvSource({
    "processing, being prepared",
    "rejected, rejected",
    "revoked, 'It was revoked on {revoked}'",
    "held, 'on hold on {held}'",
    "expired, expired on 13 May 2004"
  })
  void statesAreToldInPlainWords(String code, String words) throws IOException {
    Answer answer = PageVisitor.collect(server, code);
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.body())
        .contains(
            words.replace("{revoked}", DAY.format(revoked)).replace("{held}", DAY.format(held)),
            "href=\"/collect\"")
        .doesNotContain("internal");
    assertThat(answer.body().contains("value=\"pem\"")).isEqualTo(code.equals("expired"));
  }

  @Test
  void unpaidOrderIsToldSo() throws IOException {
    server
        .store()
        .orders()
        .add(
            new NewOrder(
                "reseller",
                Product.CCC,
                OptionalLong.of(10),
                false,
                Optional.empty(),
                Optional.of(server.hashCode("unpaid"))),
            TestServer.TESTER);
    assertThat(PageVisitor.collect(server, "unpaid").body()).contains("The order is not paid yet");
    assertThat(PageVisitor.download(server, "unpaid", "pem").body()).contains("not paid yet");
  }

  @Test
  void buttonsGiveFiles() throws Exception {
    List<byte[]> chain = Fixtures.chain("chain-3");
    assertThat(certificates(file("pem", "application/pem-certificate-chain"))).isEqualTo(chain(3));
    assertThat(certificates(file("crt", "application/pem-certificate-chain"))).isEqualTo(chain(1));
    assertThat(certificates(file("der", "application/pkix-cert"))).isEqualTo(chain(1));
    assertThat(file("der", "application/pkix-cert")).isEqualTo(chain.get(0));
    assertThat(certificates(file("p7b", "application/x-pkcs7-certificates")))
        .containsExactlyInAnyOrderElementsOf(chain(3));
    List<String> names = new ArrayList<>();
    try (ZipInputStream zip =
        new ZipInputStream(new ByteArrayInputStream(file("zip", "application/zip")))) {
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        names.add(entry.getName());
      }
    }
    assertThat(names).startsWith("www_example_com.ca-bundle", "www_example_com.crt").hasSize(4);
  }

  private static byte[] file(String format, String type) throws IOException {
    Answer answer = PageVisitor.download(server, CODE, format);
    assertThat(answer.headers())
        .containsEntry("content-type", type)
        .containsEntry(
            "content-disposition", "attachment; filename=\"www_example_com." + format + "\"");
    return answer.body().getBytes(ISO_8859_1);
  }

  private static List<X509Certificate> chain(int length) {
    return Fixtures.certificates("chain-3").subList(0, length);
  }

  private static Collection<X509Certificate> certificates(byte[] file) throws Exception {
    return CertificateFactory.getInstance("X.509")
        .generateCertificates(new ByteArrayInputStream(file))
        .stream()
        .map(X509Certificate.class::cast)
        .toList();
  }

  @ParameterizedTest
  @CsvSource({
    IMPORTED + ", Alice_Example.p7b",
    "my code-3, STAR_example_com.p7b",
    "utf8, Jurgen_Muller-Ludenscheidt.p7b"
  })
  void fileHasTheNameOfTheCertificate(String code, String name) throws IOException {
    assertThat(PageVisitor.download(server, code, "p7b").headers())
        .containsEntry("content-disposition", "attachment; filename=\"" + name + "\"");
  }

  @Test
  void subjectIsShownInItsOwnLetters() throws IOException {
    assertThat(PageVisitor.collect(server, "utf8").body())
        .contains("B&#252;cher &#38; S&#246;hne GmbH", "&#23665;&#30000;")
        .containsPattern("\\A\\p{ASCII}+\\z");
  }

  @ParameterizedTest
  @CsvSource({
    "'de-AT,en;q=0.5', de",
    "'fr,de;q=0.5,en;q=0.4', de",
    "'fr,*;q=0.1', en",
    "en-US, en",
    "'de;q=0,en;q=0.1', en",
    "'EN;q=0.5 , DE-de ; q=1.0', de",
    "'\"', en",
    "';;q=', en",
    "-, en",
    "'-,de', de",
    "'de,--', de",
    "*-, en"
  })
  void languageIsTheBrowsers(String accepted, String language) throws IOException {
    String field = "Accept-Language: " + accepted;
    assertThat(PageVisitor.get(server, PageVisitor.PAGE, field).body())
        .contains("<html lang=\"" + language + "\">");
    assertThat(PageVisitor.collect(server, CODE, field).body())
        .contains(language.equals("de") ? "Ihr Zertifikat ist fertig" : "Your certificate is ready")
        .contains(language.equals("de") ? "G&#252;ltig bis" : "Valid until");
  }

  /** Guards against Java's own reader, which threw at some of these and took seconds for others. */
  @ParameterizedTest
  @ValueSource(
      strings = {"-", "-,", "a-*-", "a-b-c-", "*,", "fr,", "en;q=", "a", "1", ", ", "\u00e9"})
  void longListOfLanguagesIsNotReadToItsEnd(String part) throws IOException {
    String field = "Accept-Language: " + part.repeat(15_000 / part.length()) + "de";
    assertThat(PageVisitor.get(server, PageVisitor.PAGE, field).body())
        .contains("<html lang=\"en\">");
  }

  @Test
  void plainHttpIsToldToUseHttps() throws IOException {
    for (String request :
        List.of(
            Forms.head("GET", PageVisitor.PAGE) + "\r\n",
            Forms.post(PageVisitor.PAGE, "code=" + CODE))) {
      try (RawConnection connection = RawConnection.http(server)) {
        Answer answer = connection.send(request).read();
        assertThat(answer.status()).isEqualTo(403);
        assertThat(answer.body())
            .contains("needs HTTPS")
            .doesNotContain("<form", "<a ", "example.com");
      }
    }
  }

  @Test
  void eachCollectAndDownloadIsRecordedAndCounted() throws IOException {
    PageVisitor.order(server, 20, "audited", Optional.of("chain-3"));
    PageVisitor.collect(server, "audited");
    PageVisitor.download(server, "audited", "zip");
    PageVisitor.collect(server, "audited-");
    try (Stream<Path> files = Files.walk(data)) {
      StringBuilder audit = new StringBuilder();
      for (Path file : files.filter(f -> f.toString().endsWith(".jsonl")).toList()) {
        audit.append(Files.readString(file));
      }
      assertThat(audit)
          .contains("\"endpoint\":\"page\"", "\"reason\":\"UNKNOWN_CODE\"", "\"status\":-4")
          .contains("\"order\":20,\"format\":\"PAGE\",\"status\":1")
          .contains("\"order\":20,\"format\":\"ZIP\",\"status\":2")
          .doesNotContain("audited", CODE);
    }
    try (RawConnection connection = RawConnection.plain(server.managementPort())) {
      assertThat(connection.send(Forms.head("GET", "/metrics") + "\r\n").read().body())
          .contains("{endpoint=\"page\",format=\"page\",status=\"1\"}")
          .contains("{endpoint=\"page\",format=\"zip\",status=\"2\"}")
          .contains("{endpoint=\"page\",reason=\"unknown_code\"}");
    }
  }

  @Test
  void valuesOfOtherFormatsAreThePage() throws IOException {
    Answer page = PageVisitor.collect(server, CODE);
    for (String format : List.of("exe", "PEM", "../x", "")) {
      assertThat(PageVisitor.download(server, CODE, format)).isEqualTo(page);
    }
    assertThat(page.headers()).containsAllEntriesOf(Map.of("cache-control", "no-store"));
  }
}
