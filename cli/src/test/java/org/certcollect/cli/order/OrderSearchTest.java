package org.certcollect.cli.order;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.certcollect.cli.Cli;
import org.certcollect.cli.Cli.Run;
import org.certcollect.protocol.fixtures.Fixtures;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests of the verbs that answer an operator's questions about orders and events. */
class OrderSearchTest {
  /** Ten days before the end entities expire, except one. */
  private static final Instant NOW = Instant.parse("2027-05-03T23:59:59Z");

  @TempDir private static Path folder;
  private static Cli cli;

  @BeforeAll
  static void addOrders() throws IOException {
    cli = new Cli(folder.resolve("data"), Clock.fixed(NOW, ZoneOffset.UTC));
    cli.done("account add acme --ssl --ccc");
    issue(1, "chain-3-rsa");
    issue(2, "wildcard");
    issue(3, "expired");
    issue(4, "utf8-subject");
    cli.done("order note 2 --reference T-4711 --note expires");
    cli.done("order hold 4");
    cli.done("order add --account acme --product ssl --number 5 --paid");
    Path csr = Files.write(folder.resolve("request.csr"), Fixtures.bytes("request.csr"));
    cli.done("order add --account acme --product ssl --number 6 --csr " + csr);
  }

  private static void issue(long number, String certificate) throws IOException {
    Path file = folder.resolve(certificate + ".pem");
    Files.write(file, Fixtures.bytes(certificate + ".pem"));
    cli.done("order add --account acme --product ssl --paid --number " + number);
    cli.done("order issue " + number + " --certificate " + file);
  }

  @ParameterizedTest
  @CsvSource({
    "--domain www.example.com, 1 6",
    "--domain *.example.com, 1 2 3 6",
    "--domain example.com, 1 2",
    "--domain example.com --state revoked, ''",
    "--serial 47:FE:4E:07:06:1D:26:A3:9D:7B:F8:4F:F1:24:9D:2C:29:2B:8C:C0, 1",
    "--sha256 23C64D585947A0E0611E8776E557E939D69D333AFD65E1AD1CFD312E77BE0C9B, 3",
    "--subject gmbh, 4",
    "--reference t-4711, 2",
    "--note EXPIRES --domain example.com, 2",
    "--expiring-within 30d, 1 2 4",
    "--expired, 3",
    "--expired --expiring-within 30d, 3 1 2 4",
    "--expiring-within 30d --domain example.com, 1 2",
    "--processing-longer-than 1d, ''",
    "--processing-longer-than 0d --created-since 1d, ''",
    "--created-since 2027-05-03, 1 2 3 4 5 6",
    "--created-before 2027-05-03T23:59:59Z, ''",
    "--issued-since 7d, 1 2 3 4",
    "--issued-since 7d --subject gmbh, 4",
    "--changed-since 1h --state awaiting-payment, 6"
  })
  void eachSearchFindsItsOrders(String filters, String numbers) {
    assertThat(String.join(" ", numbers(filters))).isEqualTo(numbers);
  }

  @Test
  void aListAlongATimePagesAlongIt() {
    Run first = cli.run("order list --created-since 1d --limit 4 --json");
    assertThat(first.err()).contains("continue with --after 4@2027-05-03T23:59:59Z");

    assertThat(numbers("--created-since 1d --after 4@2027-05-03T23:59:59Z"))
        .containsExactly("5", "6");
    assertThat(numbers("--created-since 1d --after 4")).containsExactly("5", "6");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--domain a_b!",
        "--domain *",
        "--domain www.*.x",
        "--serial xyz",
        "--sha256 12",
        "--subject !!",
        "--note !!",
        "--created-since yesterday",
        "--issued-before 2027-02-30",
        "--changed-since 99999999999999d"
      })
  void whatCannotBeSearchedIsWrongUsage(String filter) {
    Run run = cli.run("order list " + filter);
    assertThat(run.exit()).isEqualTo(2);
    assertThat(run.err()).contains(filter.substring(0, filter.indexOf(' ')));
  }

  @Test
  void aTerminalOfEightyColumnsShowsARowForEachOrder() {
    List<String> lines = cli.onTerminal(80).run("order list").lines();

    assertThat(lines)
        .hasSize(8)
        .allMatch(line -> line.replaceAll("\u001b\\[[0-9]*m", "").length() <= 80);
    assertThat(lines.get(1)).contains("www.example.com", "\u001b[32missued");
    assertThat(lines.get(4)).contains("\u001b[33missued, held");
    assertThat(cli.onTerminal(80).with("NO_COLOR", "1").run("order list").out())
        .doesNotContain("\u001b");
    assertThat(cli.run("order list").out()).doesNotContain("\u001b");
  }

  @Test
  void aShownOrderTellsNamesSerialIssuerAndKey() {
    assertThat(cli.run("order show 1").out())
        .contains(
            "www.example.com, example.com",
            "47fe4e07061d26a39d7bf84ff1249d2c292b8cc0",
            "RSA 2048",
            "issuer");
    assertThat(cli.run("order show 2").out()).contains("EC P-256");
  }

  @Test
  void aCertificateIsWrittenInEachForm() throws CertificateException, IOException {
    byte[] der =
        CertificateFactory.getInstance("X.509")
            .generateCertificates(Files.newInputStream(folder.resolve("chain-3-rsa.pem")))
            .iterator()
            .next()
            .getEncoded();
    Path file = folder.resolve("out.der");
    cli.done("order certificate 1 --format der -o " + file);
    assertThat(Files.readAllBytes(file)).isEqualTo(der);
    assertThat(cli.run("order certificate 1 --format der -o " + file).exit()).isEqualTo(1);
    cli.done("order certificate 1 --format zip --force -o " + file);
    assertThat(Files.readAllBytes(file)).startsWith('P', 'K');

    assertThat(certificates("pem")).isEqualTo(1);
    assertThat(certificates("chain")).isEqualTo(3);
    assertThat(certificates("issuers")).isEqualTo(2);
    assertThat(cli.run("order certificate 1 --format pkcs7").out())
        .startsWith("-----BEGIN PKCS7-----");
    assertThat(cli.run("order certificate 1 --format zip").exit()).isEqualTo(2);
    assertThat(cli.run("order certificate 5").err()).contains("order 5 has no certificate");
    assertThat(cli.run("order certificate 1 --id 7").err())
        .contains("no certificate with the id 7");
  }

  private static int certificates(String form) {
    String pem = cli.run("order certificate 1 --format " + form).out();
    return pem.split("-----BEGIN CERTIFICATE-----", -1).length - 1;
  }

  @Test
  void aRequestIsPrintedAsItCame() throws IOException {
    assertThat(cli.run("order csr 6").out().strip())
        .isEqualTo(Files.readString(folder.resolve("request.csr")).strip());
    assertThat(cli.run("order csr 5").err()).contains("order 5 has no request");
  }

  @Test
  void eventsAreFoundByOrderActorAndTime() {
    assertThat(cli.run("events --order 1 --json").lines()).hasSize(2);
    assertThat(cli.run("events --order 1").out()).contains("order.issue", "acme");
    Run first = cli.run("events --limit 2 --json");
    assertThat(first.lines()).hasSize(2);
    String after = first.err().replaceAll("\\D+", "");
    assertThat(cli.run("events --limit 2 --json --after " + after).out())
        .isNotEqualTo(first.out())
        .isNotEmpty();
    assertThat(cli.run("events --actor nobody").err()).contains("No event matches.");
    assertThat(cli.run("events --since 2027-05-04").err()).contains("No event matches.");
    assertThat(cli.run("events --since 1d --order 1 --json").lines()).hasSize(2);
  }

  private static List<String> numbers(String filters) {
    return cli.run("order list --json " + filters).lines().stream()
        .map(line -> line.replaceAll(".*\"number\":([0-9]+).*", "$1"))
        .toList();
  }
}
