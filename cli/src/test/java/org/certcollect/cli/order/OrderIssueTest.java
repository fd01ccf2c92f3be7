package org.certcollect.cli.order;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import org.certcollect.cli.Cli;
import org.certcollect.cli.Cli.Run;
import org.certcollect.protocol.fixtures.Fixtures;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OrderIssueTest {
  @TempDir private Path folder;
  private Cli cli;

  @BeforeEach
  void addAnOrder() {
    cli = new Cli(folder.resolve("data"));
    cli.done("account add acme");
    cli.done("order add --account acme --product ssl --number 5 --paid");
  }

  @Test
  void chainIsPutRightAndWhatIsServedIsPrinted() throws IOException {
    List<byte[]> chain = Fixtures.chain("chain-4");
    List<byte[]> issuers = new ArrayList<>(chain.subList(1, 4));
    Collections.reverse(issuers);

    Run run = cli.run(issue(pem("leaf", chain.subList(0, 1)), pem("issuers", issuers)));

    assertThat(run.exit()).isZero();
    assertThat(run.err()).isEmpty();
    assertThat(run.after("state")).isEqualTo("issued");
    assertThat(run.out().lines().filter(line -> line.startsWith("CN="))).hasSize(4);
  }

  @Test
  void rootOfACaAsTheCertificateOfAServerIsWarnedOf() throws IOException {
    Path root = pem("root", Fixtures.chain("chain-3").subList(2, 3));

    Run run = cli.run("order issue 5 --certificate " + root);

    assertThat(run.exit()).isZero();
    assertThat(run.err()).contains("is the certificate of a CA (CA:TRUE").hasLineCount(1);
  }

  @Test
  void derAndPkcs7AreReadAsWell() throws IOException {
    Path leaf = file("leaf.der", Fixtures.bytes("der/chain-3-ee.der"));
    Path chain = file("chain.p7b", Fixtures.bytes("p7/chain-3.p7b.der"));

    Run run = cli.run(issue(leaf, chain) + " --json");

    assertThat(run.exit()).isZero();
    assertThat(run.out().split("\"sha256\"", -1)).hasSize(4);
  }

  @Test
  void chainWithoutItsRootIsServedAndSaidSo() throws IOException {
    List<byte[]> chain = Fixtures.chain("chain-3");

    Run run = cli.run("order issue 5 --certificate " + pem("two", chain.subList(0, 2)));

    assertThat(run.exit()).isZero();
    assertThat(run.err()).contains("does not reach a root", "Example Root CA E0", "ca add");
  }

  /** Broke once: the system's clock was used, whatever the clock of the command. */
  @Test
  void warningOfAnExpiredCaFollowsTheClockOfTheCommand() throws IOException {
    Clock late = Clock.fixed(Instant.parse("2199-01-01T00:00:00Z"), ZoneOffset.UTC);

    Run run =
        new Cli(folder.resolve("data"), late)
            .run("order issue 5 --certificate " + pem("all", Fixtures.chain("chain-3")));

    assertThat(run.exit()).isZero();
    assertThat(run.err()).contains("only: clients refuse the chain");
  }

  @Test
  void chainIsCompletedFromTheStoredCaCertificates() throws IOException {
    List<byte[]> chain = Fixtures.chain("chain-3");
    cli.done("ca add " + pem("cas", chain.subList(1, 3)));

    Run run = cli.run("order issue 5 --certificate " + pem("leaf", chain.subList(0, 1)));

    assertThat(run.err()).isEmpty();
    assertThat(run.out().lines().filter(line -> line.startsWith("CN="))).hasSize(3);
  }

  @Test
  void issuingAgainIsAReissueAndKeepsTheOlderCertificate() throws IOException {
    cli.done("order issue 5 --certificate " + pem("first", Fixtures.chain("chain-2")));
    cli.done("order issue 5 --certificate " + pem("second", Fixtures.chain("chain-3")));

    Run run = cli.run("order show 5");

    assertThat(run.out().lines().filter(line -> line.contains("  CN=")))
        .hasSize(2)
        .first()
        .asString()
        .endsWith("  3");
    assertThat(run.out().lines().filter(line -> line.contains("order.issue"))).isNotEmpty();
  }

  @Test
  void wrongChainIsRefusedAndNothingChanges() throws IOException {
    Path leaf = pem("leaf", Fixtures.chain("chain-3").subList(0, 1));
    Path foreign = pem("foreign", Fixtures.chain("chain-2").subList(1, 2));

    Run run = cli.run(issue(leaf, foreign));

    assertThat(run.exit()).isEqualTo(1);
    assertThat(run.err()).contains("not part of the chain");
    assertThat(cli.run("order show 5").after("state")).isEqualTo("processing");
  }

  @Test
  void filesThatWereSwappedAreRefusedAndTheRightOrderIsSaid() throws IOException {
    List<byte[]> chain = Fixtures.chain("chain-3");
    Path issuer = pem("issuer", chain.subList(1, 2));

    Run run = cli.run(issue(issuer, pem("leaf", chain.subList(0, 1))));

    assertThat(run.exit()).isEqualTo(1);
    assertThat(run.err()).contains("is a CA certificate", "give the end entity's");
  }

  @Test
  void fileThatHoldsNoCertificateIsRefusedAndAMissingOneIsWrongUsage() throws IOException {
    Path csr = file("request.csr", Fixtures.bytes("request.csr"));
    assertThat(cli.run("order issue 5 --certificate " + csr).exit()).isEqualTo(1);
    assertThat(cli.run("order issue 5 --certificate " + folder.resolve("none")).exit())
        .isEqualTo(2);
  }

  @Test
  void certificateMustCarryTheKeyOfTheRequest() throws IOException {
    Path chain = pem("chain", Fixtures.chain("chain-3"));
    Path right = file("right.csr", Fixtures.bytes("request.csr"));
    Path other = file("other.csr", Fixtures.bytes("other.csr"));
    cli.done("order add --account acme --product ssl --number 6 --paid --csr " + right);
    cli.done("order add --account acme --product ssl --number 7 --paid --csr " + other);

    assertThat(cli.run("order issue 6 --certificate " + chain).exit()).isZero();
    Run refused = cli.run("order issue 7 --certificate " + chain);
    assertThat(refused.exit()).isEqualTo(1);
    assertThat(refused.err()).contains("order 7", "public key", "signing request");
  }

  @Test
  void requestMayBeDer() throws IOException {
    Path der = file("request.der", der("request.csr"));
    assertThat(cli.run("order add --account acme --product ssl --csr " + der).exit()).isZero();
  }

  @Test
  void requestThatWasTamperedWithOrIsNoneIsRefused() throws IOException {
    byte[] tampered = der("request.csr");
    tampered[tampered.length - 1] ^= 1;
    for (byte[] bytes : List.of(tampered, Fixtures.bytes("chain-1.pem"), new byte[] {1, 2, 3})) {
      Path csr = file("bad.csr", bytes);
      Run run = cli.run("order add --account acme --product ssl --number 9 --csr " + csr);
      assertThat(run.exit()).isEqualTo(1);
      assertThat(run.err()).contains("bad.csr", "openssl req -new");
    }
    assertThat(cli.run("order show 9").exit()).isEqualTo(1);
  }

  private static String issue(Path certificate, Path chain) {
    return "order issue 5 --certificate %s --chain %s".formatted(certificate, chain);
  }

  private static byte[] der(String pem) {
    String text = new String(Fixtures.bytes(pem), StandardCharsets.US_ASCII);
    return Base64.getMimeDecoder().decode(text.replaceAll("-----.*-----", ""));
  }

  private Path pem(String name, List<byte[]> certificates) throws IOException {
    StringBuilder text = new StringBuilder();
    for (byte[] der : certificates) {
      text.append("-----BEGIN CERTIFICATE-----\n")
          .append(Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der))
          .append("\n-----END CERTIFICATE-----\n");
    }
    return Files.writeString(folder.resolve(name + ".pem"), text);
  }

  private Path file(String name, byte[] content) throws IOException {
    return Files.write(folder.resolve(name), content);
  }
}
