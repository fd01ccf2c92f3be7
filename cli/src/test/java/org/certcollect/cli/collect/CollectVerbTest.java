package org.certcollect.cli.collect;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.certcollect.cli.Cli;
import org.certcollect.cli.Cli.Run;
import org.certcollect.protocol.fixtures.Fixtures;
import org.certcollect.protocol.format.Der;
import org.certcollect.protocol.format.PemEncoder;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The verb against a real server, whose store other verbs have filled. */
@Timeout(120)
class CollectVerbTest {
  private static final List<Der> CHAIN = Fixtures.chain("chain-3").stream().map(Der::of).toList();
  private static final String CERTIFICATE = PemEncoder.certificates(CHAIN.subList(0, 1));
  private static final String BUNDLE = PemEncoder.certificates(CHAIN.subList(1, 3));

  @TempDir private static Path shared;
  @TempDir private Path folder;
  private static ServedFolder served;
  private static Cli cli;
  private static String code;

  @BeforeAll
  static void start() {
    served = new ServedFolder(shared, "1.06");
    cli = served.cli();
    served.add(1, "ssl");
    served.issue(1, "chain-3");
    served.add(2, "ssl");
    served.add(3, "ssl");
    cli.done("order reject 3 --yes");
    served.add(4, "ssl");
    served.issue(4, "chain-1");
    code = served.add(5, "ccc").after("code");
    served.issue(5, "chain-2");
    cli.done("order add --account acme --product ssl --number 6");
  }

  @AfterAll
  static void stop() {
    served.close();
  }

  private static Run collect(String rest) {
    return cli.run("collect " + rest);
  }

  private List<String> files() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  @Test
  void chainGoesToStandardOutputInTheOrderOfWebServers() {
    Run run = collect("1 " + served.account());

    assertThat(run.exit()).isZero();
    assertThat(run.out()).isEqualTo(CERTIFICATE + BUNDLE);
    assertThat(run.err()).isEmpty();
    assertThat(collect("1 --certificate-only " + served.account()).out()).isEqualTo(CERTIFICATE);
    assertThat(collect("1 --ca-only " + served.account()).out()).isEqualTo(BUNDLE);
  }

  @Test
  void splitWritesTheTwoFilesOfAWebServer() throws Exception {
    Path name = folder.resolve("www");

    Run run = collect("1 --split -o " + name + " " + served.account());

    assertThat(run.exit()).as(run.err()).isZero();
    assertThat(run.out())
        .contains("order 1 is written to " + name + ".ca-bundle and " + name + ".crt");
    assertThat(files()).containsExactly("www.ca-bundle", "www.crt");
    assertThat(folder.resolve("www.crt")).hasContent(CERTIFICATE);
    assertThat(folder.resolve("www.ca-bundle")).hasContent(BUNDLE);
  }

  @Test
  void certificateWithoutIssuersHasNoBundleFile() throws Exception {
    Run run = collect("4 --split -o " + folder.resolve("own.crt") + " " + served.account());

    assertThat(run.exit()).isZero();
    assertThat(run.err()).contains("no CA certificates", "own.ca-bundle is not written");
    assertThat(files()).containsExactly("own.crt");
    Files.writeString(folder.resolve("own.ca-bundle"), BUNDLE);
    assertThat(collect("4 --split -o " + folder.resolve("own") + " " + served.account()).err())
        .contains("own.ca-bundle is not written", "of another certificate: remove it");
    for (String form : List.of("pem", "zip -o " + folder.resolve("zip"))) {
      Run none = collect("4 --ca-only " + served.account() + " --format " + form);
      assertThat(none.exit()).as(form).isEqualTo(1);
      assertThat(none.err()).contains("no CA certificates for order 4: leave --ca-only out");
    }
  }

  @Test
  void everyFormIsWrittenToAFile() throws Exception {
    for (String form : List.of("pem", "pkcs7", "netscape", "zip")) {
      Path file = folder.resolve(form);
      Run run = collect("1 --format " + form + " -o " + file + " " + served.account());
      assertThat(run.exit()).as(run.err()).isZero();
    }
    assertThat(folder.resolve("pem")).hasContent(CERTIFICATE + BUNDLE);
    assertThat(Files.readString(folder.resolve("pkcs7"))).startsWith("-----BEGIN PKCS7-----\n");
    assertThat(Files.readString(folder.resolve("netscape")))
        .startsWith("-----BEGIN CERTIFICATE-----\n");
    assertThat(Files.readAllBytes(folder.resolve("zip"))).startsWith('P', 'K');
    Path file = folder.resolve("pem");
    assertThat(collect("1 --json -o " + file + " " + served.account()).out())
        .isEqualTo("{\"order\":1,\"status\":\"issued\",\"code\":2,\"files\":[\"" + file + "\"]}\n");
    assertThat(files()).hasSize(4);
  }

  @Test
  void renewalReplacesTheFilesAndLeavesNothingBeside() throws Exception {
    Files.writeString(folder.resolve("www.crt"), BUNDLE);
    Files.writeString(folder.resolve("www.ca-bundle"), "");

    Run run = collect("1 --split -o " + folder.resolve("www") + " " + served.account());

    assertThat(run.exit()).as(run.err()).isZero();
    assertThat(folder.resolve("www.crt")).hasContent(CERTIFICATE);
    assertThat(folder.resolve("www.ca-bundle")).hasContent(BUNDLE);
    assertThat(files()).containsExactly("www.ca-bundle", "www.crt");
  }

  @Test
  void fileWithAPrivateKeyIsKept() throws Exception {
    Path key = Files.writeString(folder.resolve("www.crt"), "-----BEGIN PRIVATE KEY-----\n");

    Run run = collect("1 --split -o " + folder.resolve("www") + " " + served.account());

    assertThat(run.exit()).isEqualTo(1);
    assertThat(run.err()).contains(key + " holds something other", "perhaps a private key: name");
    assertThat(key).hasContent("-----BEGIN PRIVATE KEY-----");
    assertThat(files()).containsExactly("www.crt");
  }

  @Test
  void minusIsStandardOutput() throws Exception {
    assertThat(collect("1 -o - " + served.account()).out()).isEqualTo(CERTIFICATE + BUNDLE);
    Run split = collect("1 --split -o - " + served.account());
    assertThat(split.exit()).isEqualTo(2);
    assertThat(split.err()).contains("--split writes two files: name them with -o FILE");
    Run inFolder = collect("1 --split -o " + folder + "/ " + served.account());
    assertThat(inFolder.exit()).isEqualTo(2);
    assertThat(inFolder.err()).contains(folder + " is a folder: name the files in it", "/www");
  }

  /** Broke once: a certificate replaced the store. */
  @Test
  void ownFileIsNeverReplaced() throws Exception {
    Path store = cli.data().resolve("certcollect.sqlite");

    Run run = collect("1 -o " + store + " " + served.account());

    assertThat(run.exit()).isEqualTo(1);
    assertThat(run.err()).contains(store.toString(), "one of certcollect's own files");
    assertThat(Files.readString(store, ISO_8859_1)).startsWith("SQLite format 3");
  }

  /** The URL that a server prints at its start has one of these paths. */
  @Test
  void urlMayHaveThePathOfTheProtocol() {
    String account = served.account();
    String url = account.replaceFirst(".*(https://\\S+).*", "$1");
    for (String path : List.of("/", "/products/download", "/products/download/CollectCCC")) {
      assertThat(collect("1 " + account.replace(url, url + path)).out())
          .isEqualTo(CERTIFICATE + BUNDLE);
    }
  }

  @Test
  void linkIsKeptAndItsTargetReplaced() throws Exception {
    Path target = Files.writeString(folder.resolve("target"), BUNDLE);
    Path link = Files.createSymbolicLink(folder.resolve("link"), target);

    Run run = collect("1 -o " + link + " " + served.account());

    assertThat(run.exit()).as(run.err()).isZero();
    assertThat(link).isSymbolicLink();
    assertThat(target).hasContent(CERTIFICATE + BUNDLE);
    Run device = collect("1 -o /dev/null " + served.account());
    assertThat(device.exit()).isEqualTo(1);
    assertThat(device.err()).contains("/dev/null is not a regular file");
    assertThat(collect("1 -o " + folder + " " + served.account()).exit()).isEqualTo(1);
  }

  @Test
  void refusedOrderLeavesNoFile() throws Exception {
    Run run = collect("3 -o " + folder.resolve("www") + " " + served.account());

    assertThat(run.exit()).isEqualTo(1);
    assertThat(run.err())
        .contains("order 3 with -20: The certificate request has been rejected!", "Order another");
    assertThat(run.out()).isEmpty();
    assertThat(files()).isEmpty();
  }

  @Test
  void folderThatIsMissingIsRefused() {
    Run run = collect("1 -o " + folder.resolve("none/www") + " " + served.account());

    assertThat(run.exit()).isEqualTo(1);
    assertThat(run.err()).contains("does not exist");
  }

  @Test
  void everyOutcomeHasItsExitCode() {
    assertThat(collect("2 " + served.account()).exit()).isEqualTo(75);
    assertThat(collect("2 " + served.account()).err()).contains("is being processed", "--wait");
    assertThat(collect("6 " + served.account()).exit()).isEqualTo(1);
    assertThat(collect("6 " + served.account()).err()).contains("-22: Still awaiting payment!");
    assertThat(collect("99 " + served.account()).err()).contains("orderNumber", "--product");
    Path wrong = served.file("wrong", "wrong");
    Run denied = collect("1 " + served.server() + " --login acme --password-file " + wrong);
    assertThat(denied.exit()).isEqualTo(1);
    assertThat(denied.err()).contains("-16: Permission denied!", "--login");
  }

  /** Broke once: the days of the protocol were shown as midnight. */
  @Test
  void statusIsAskedForAlone() {
    Run run = collect("1 --status --json " + served.account());

    assertThat(run.exit()).isZero();
    assertThat(run.out())
        .matches(
            "\\{\"order\":1,\"status\":\"issued\",\"code\":1,"
                + "\"notBefore\":\"[0-9]{4}-[0-9]{2}-[0-9]{2}\","
                + "\"notAfter\":\"[0-9]{4}-[0-9]{2}-[0-9]{2}\"}\n");
    assertThat(collect("1 --status " + served.account()).out()).doesNotContain("00:00");
    Run processing = collect("2 --status --json " + served.account());
    assertThat(processing.exit()).isEqualTo(75);
    assertThat(processing.out()).isEqualTo("{\"order\":2,\"status\":\"processing\",\"code\":0}\n");
  }

  /** Broke once: a script found nothing on standard output. */
  @Test
  void refusalIsPrintedAsJson() {
    String rejected =
        "{\"order\":3,\"status\":\"refused\",\"code\":-20,"
            + "\"message\":\"The certificate request has been rejected!\"}\n";
    for (String options : List.of("--status --json ", "--json --split ")) {
      Run run = collect("3 " + options + served.account());
      assertThat(run.exit()).isEqualTo(1);
      assertThat(run.out()).isEqualTo(rejected);
      assertThat(run.err()).contains("order 3 with -20");
    }
    Run unknown = collect("--code none --status --json " + served.server());
    assertThat(unknown.exit()).isEqualTo(1);
    assertThat(unknown.fields()).containsEntry("code", "-4").doesNotContainKey("order");
  }

  @Test
  void strictServerKnowsNoDetails() {
    for (String line : List.of("1 --status --details ", "--certificate-id 1 ")) {
      Run run = collect(line + served.account());
      assertThat(run.exit()).isEqualTo(1);
      assertThat(run.err()).contains("-2: Unrecognised argument!", "strict 1.06");
    }
  }

  @Test
  void laterServerTellsDetails() throws Exception {
    try (ServedFolder later = new ServedFolder(folder, "1.22")) {
      later.add(1, "ssl");
      later.issue(1, "chain-3");

      Run run = later.cli().run("collect 1 --status --details --json " + later.account());

      assertThat(run.exit()).as(run.err()).isZero();
      assertThat(run.fields())
          .containsEntry("status", "issued")
          .containsEntry("validationStatus", "Validated")
          .containsKeys("notBefore", "notAfter", "fqdn", "dcvStatus")
          .hasEntrySatisfying("notAfter", time -> assertThat(time).matches(".*T.*Z"))
          .doesNotContainKeys("errorCode", "orderNumber");
      // This dialect sends the structures without markers.
      assertThat(later.cli().run("collect 1 --format pkcs7 " + later.account()).out())
          .isEqualTo(collect("1 --format pkcs7 " + served.account()).out())
          .startsWith("-----BEGIN PKCS7-----\n");
      Run byId =
          later
              .cli()
              .run(
                  "collect --certificate-id 10000000001 --status --details --json "
                      + later.account());
      assertThat(byId.fields()).as(byId.err()).containsEntry("orderNumber", "1");
      Path password = Files.writeString(folder.resolve("other"), "other-password");
      later.cli().done("account add other --ssl --allow-short --password-file " + password);
      String other = later.server() + " --login other --password-file " + password;
      assertThat(later.cli().run("collect 1 --product ccc " + other).err())
          .contains("-91: ", "see that the account may collect this --product");
      Run unknown = later.cli().run("collect --certificate-id 7 " + later.account());
      assertThat(unknown.exit()).isEqualTo(1);
      assertThat(unknown.err()).contains("certificate 7 with -4", "certificateID");
    }
  }

  @Test
  void clientCertificateIsCollectedByCode() {
    String expected =
        PemEncoder.certificates(Fixtures.chain("chain-2").stream().map(Der::of).toList());
    Path file = served.file("code", code + "\n");

    assertThat(collect("--code-file " + file + " " + served.server()).out()).isEqualTo(expected);
    assertThat(collect("--code " + code + " " + served.server()).out()).isEqualTo(expected);
    assertThat(cli.run(code + "\n", ("collect --code-file - " + served.server()).split(" ")).out())
        .isEqualTo(expected);
    assertThat(collect("5 --product ccc " + served.account()).out()).isEqualTo(expected);
  }

  @Test
  void passwordComesFromStandardInput() {
    String line = "collect 1 --login acme --password-file - " + served.server();

    assertThat(cli.run(ServedFolder.PASSWORD + "\n", line.split(" ")).exit()).isZero();
  }

  @Test
  void untrustedServerIsNotAsked() {
    String url = "--url https://localhost:" + served.port();
    Run run = collect("--code none " + url);

    assertThat(run.exit()).isEqualTo(3);
    assertThat(run.err()).contains("a CA that is not trusted", "--ca FILE or --pin SHA256");
    Run pinned = collect("--code none --pin " + "00".repeat(32) + " " + url);
    assertThat(pinned.exit()).isEqualTo(3);
    assertThat(pinned.err()).contains("another certificate than the pinned one");
  }

  @Test
  void serverThatCannotBeReachedIs3() {
    Run run = collect("--code none --url https://localhost:1");

    assertThat(run.exit()).isEqualTo(3);
    assertThat(run.err()).contains("https://localhost:1/", "refuses connections");
    Run nowhere = collect("--code none --url https://collect.invalid");
    assertThat(nowhere.exit()).isEqualTo(3);
    assertThat(nowhere.err()).contains("https://collect.invalid/", "cannot be resolved");
  }

  @Test
  void wrongUsageIs2() {
    for (String wrong :
        List.of(
            "",
            "1",
            "1 --login acme",
            "1 --code abc",
            "--code abc --login acme",
            "--code abc --code-file x",
            "--code 12345678901234567",
            "--code abc --split",
            "--code abc --format zip",
            "--code abc --format pkcs7 --ca-only",
            "--code abc --certificate-only --ca-only",
            "--code abc --status -o x",
            "--code abc --json",
            "--code abc --details",
            "--code abc --status --details",
            "1 --certificate-id 2",
            "--code abc --product ccc",
            "--certificate-id 2 --product ssl",
            "--code abc --pin 00",
            "--code abc --ca " + served.file("no-ca", "nothing"),
            "--code abc --url localhost",
            "--code abc --url https://localhost:99999",
            "--code abc --timeout 0s",
            "--code abc --timeout 999999999d",
            "--code abc --format gif",
            "--code abc --interval 0s",
            "x")) {
      Run run = collect(wrong);
      assertThat(run.exit()).as(wrong + run).isEqualTo(2);
      assertThat(run.err()).as(wrong).startsWith("certcollect: ");
    }
    assertThat(collect("").err()).contains("nothing says what to collect");
    assertThat(collect("1 --code abc").err()).contains("exclude each other: give one of them");
    assertThat(collect("--code abc --product ccc").err()).contains("--product belongs to");
    assertThat(collect("--code abc --format gif").err())
        .contains("'gif' is not one of pem, pkcs7, netscape, zip");
    Run plain = collect("1 " + served.account().replace("https://", "http://"));
    assertThat(plain.exit()).isEqualTo(2);
    assertThat(plain.err()).contains("plain HTTP");
  }

  @Test
  void internalErrorIs70() {
    InputStream broken =
        new InputStream() {
          @Override
          public int read() {
            throw new IllegalStateException("broken");
          }

          @Override
          public int read(byte[] bytes, int from, int length) {
            return read();
          }
        };
    Run run = cli.run(broken, ("collect --code-file - " + served.server()).split(" "));

    assertThat(run.exit()).isEqualTo(70);
    assertThat(run.err()).contains("internal error");
  }

  @Test
  void helpNamesEveryExitCodeAndNoStore() {
    assertThat(collect("--help").out())
        .contains("0 issued; 1 refused; 2 wrong usage; 3 the server", "70 an internal", "75 the")
        .doesNotContain("--data", "--config");
    assertThat(cli.run("demo --help").out()).doesNotContain("--data", "--config");
  }

  @Test
  void secretsAreNeverPrinted() {
    Path file = served.file("canary-code", "canarycodecanary");
    Path wrong = served.file("canary-wrong", "canary-wrong-pass");
    String unreachable = " --url https://localhost:1 --password-file " + shared.resolve("password");
    for (String line :
        List.of(
            "1 " + served.account(),
            "2 " + served.account(),
            "2 --status --json " + served.account(),
            "2 --interval 5ms --max-wait 20ms " + served.account(),
            "3 " + served.account(),
            "3 --status --json " + served.account(),
            "1 --status --details --json " + served.account(),
            "1 " + served.account().replace("https:", "http:"),
            "1 --format gif " + served.account(),
            "1 --login canary-login" + unreachable,
            "1 --login canary-login " + served.server() + " --password-file " + wrong,
            "--json --status --code-file " + file + " " + served.server(),
            "--code canarycodecanary " + served.server(),
            "1 --code canarycodecanary " + served.server(),
            "--code canarycodecanary0 " + served.server(),
            "--code canarycodecanary --url https://u:canary-wrong-pass@localhost:1",
            "--code canarycodecanary --url https://u:canary-wrong-pass^@localhost:1",
            "--code-file " + file + " --url https://localhost:1")) {
      Run run = collect("--debug " + line);
      assertThat(run.out() + run.err())
          .as(line)
          .isNotEmpty()
          .doesNotContain(
              ServedFolder.PASSWORD, "canarycodecanary", "canary-wrong-pass", "canary-login");
    }
  }
}
