package org.certcollect.cli.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.certcollect.cli.Cli;
import org.certcollect.cli.Cli.Run;
import org.certcollect.protocol.fixtures.Fixtures;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An import was silent about chains that clients refuse. */
class ImportWarningsTest {
  private static final String ALONE =
      "{\"certificate\":\"%s\",\"chain\":[]}".formatted(Lines.pem("chain-3", 0));
  private static final String OTHER =
      "{\"certificate\":\"%s\",\"chain\":[]}".formatted(Lines.pem("chain-4", 0));

  @TempDir private Path folder;

  @Test
  void chainsThatDoNotReachARootAreCountedWithTheFirstOfThem() {
    String input =
        Lines.file(
            Lines.ACCOUNT,
            Lines.issued(5, Lines.whole("chain-3")),
            Lines.issued(6, ALONE),
            Lines.issued(7, ALONE),
            Lines.issued(8, OTHER));

    Run run = new Cli(folder).run(input, "import", "-");

    assertThat(run.exit()).isZero();
    assertThat(run.out()).contains("Imported 5 records");
    assertThat(run.err().lines())
        .hasSize(2)
        .last()
        .asString()
        .matches(
            "2 certificates, for example in line or file 4 of the input: The chain of .* does not"
                + " reach a root: the certificate of the next issuer, .*, is missing\\.");
  }

  @Test
  void rootsOfCasAsCertificatesOfServersAreCounted() {
    Cli cli = new Cli(folder.resolve("data"));
    cli.done("account add demo --ssl");
    String root = "{\"certificate\":\"%s\"}".formatted(Lines.pem("chain-3", 2));

    assertThat(cli.run(Lines.file(Lines.issued(5, root)), "import", "-").err())
        .contains("In line or file 2 of the input: ", "is the certificate of a CA (CA:TRUE");
  }

  /** The warnings of rejected and skipped records were counted, and hid those of added ones. */
  @Test
  void onlyCertificatesThatAreImportedAreCounted() {
    Cli cli = new Cli(folder);
    cli.done("account add demo --ssl");
    String skipped = Lines.file(Lines.issued(6, ALONE));
    assertThat(cli.run(skipped, "import", "-").err()).contains("does not reach a root");
    assertThat(cli.run(skipped, "import", "-").err()).isEmpty();

    String input =
        Lines.file(
            Lines.issued(5, ALONE).replace("\"demo\"", "\"nobody\""),
            Lines.issued(7, ALONE),
            Lines.issued(8, OTHER).replace("\"demo\"", "\"nobody\""));
    Run run = cli.run(input, "import", "-");

    assertThat(run.out()).contains("Imported 1 record", "rejected 2");
    assertThat(run.err()).contains("In line or file 3 of the input: The chain of ");
    assertThat(run.err()).doesNotContain("2 certificates");
  }

  @Test
  void certificateThatHasExpiredHasNoWarning() throws IOException {
    Path files = Files.createDirectory(folder.resolve("files"));
    String all = new String(Fixtures.bytes("expired.pem"), StandardCharsets.US_ASCII);
    String end = "-----END CERTIFICATE-----\n";
    Files.writeString(files.resolve("1.pem"), all.substring(0, all.indexOf(end) + end.length()));
    Cli cli = new Cli(folder.resolve("data"));
    cli.done("account add demo --ssl");

    Run run = cli.run("", "import", files.toString(), "--account", "demo", "--product", "ssl");

    assertThat(run.out()).contains("Imported 1 record,");
    assertThat(run.err()).isEmpty();
  }
}
