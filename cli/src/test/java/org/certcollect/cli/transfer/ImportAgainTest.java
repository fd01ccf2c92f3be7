package org.certcollect.cli.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.certcollect.admin.Pem;
import org.certcollect.cli.Cli;
import org.certcollect.cli.Cli.Run;
import org.certcollect.protocol.fixtures.Fixtures;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The same import again, when more CA certificates are known than the first time. */
class ImportAgainTest {
  private static final String ALONE =
      Lines.issued(6, "{\"certificate\":\"%s\"}".formatted(Lines.pem("chain-3", 0)));

  @TempDir private Path folder;
  private Cli cli;

  @BeforeEach
  void makeAStore() {
    cli = new Cli(folder.resolve("data"));
  }

  @Test
  void orderWithoutAChainIsSkippedWhateverAnOrderBeforeItMadeKnown() {
    String input = Lines.file(Lines.ACCOUNT, Lines.issued(5, Lines.whole("chain-3")), ALONE);
    assertThat(cli.run(input, "import", "-").out()).contains("Imported 3 records");
    String before = cli.run("export").out();

    assertSkipped(3, input);
    assertThat(cli.run("export").out()).isEqualTo(before);
  }

  @Test
  void orderWithoutAChainIsSkippedAfterCaAdd() throws IOException {
    String input = Lines.file(Lines.ACCOUNT, ALONE);
    assertThat(cli.run(input, "import", "-").out()).contains("Imported 2 records");
    Path issuer = folder.resolve("issuer.pem");
    Files.writeString(issuer, Pem.certificate(Fixtures.chain("chain-3").get(1)));
    cli.done("ca add " + issuer);

    assertSkipped(2, input);
  }

  @Test
  void chainThatIsGivenHasToBeTheSame() {
    assertThat(cli.run(Lines.file(Lines.ACCOUNT, ALONE), "import", "-").exit()).isZero();

    Run run = cli.run(Lines.file(Lines.issued(6, Lines.whole("chain-3"))), "import", "-");

    assertThat(run.err()).contains("order 6 already exists and differs in: certificates");
    assertThat(run.exit()).isEqualTo(1);
  }

  /** Regression test: two stores that had both issued certificates could not become one. */
  @Test
  void ordersOfAnotherStoreGetNewCertificateIds() {
    String own = Lines.file(Lines.ACCOUNT, Lines.issued(5, Lines.whole("chain-3")));
    assertThat(cli.run(own, "import", "-").exit()).isZero();
    String withId = Lines.whole("chain-3").replace("}", ",\"id\":10000000001}");
    String other = Lines.file(Lines.issued(6, withId));

    assertThat(cli.run(other, "import", "-").err())
        .contains("certificate id 10000000001 belongs to a certificate of order 5: give it a new")
        .contains("import again with --new-certificate-ids");
    Run run = cli.run(other, "import", "-", "--new-certificate-ids");
    assertThat(run.exit()).as(run.err()).isZero();
    assertThat(cli.run("order show 6 --json").field("certificateId")).isEqualTo("10000000002");
    assertThat(cli.run(other, "import", "-", "--new-certificate-ids").out())
        .contains("skipped 1 that");
    assertThat(cli.run(other, "import", "-").err())
        .contains("order 6 already exists and differs in: certificate ids")
        .contains("import again with --new-certificate-ids");
  }

  private void assertSkipped(int records, String input) {
    for (String[] options : new String[][] {{"import", "-"}, {"import", "-", "--dry-run"}}) {
      Run run = cli.run(input, options);
      // An incomplete chain is told again; anything else would be a rejected record.
      assertThat(run.err().lines()).allMatch(line -> line.contains("does not reach a root"));
      assertThat(run.out()).containsPattern("skip(ped)? " + records + " that");
      assertThat(run.exit()).isZero();
    }
  }
}
