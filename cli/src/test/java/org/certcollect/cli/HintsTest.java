package org.certcollect.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.certcollect.admin.Pem;
import org.certcollect.cli.Cli.Run;
import org.certcollect.protocol.fixtures.Fixtures;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The messages and the help for a person who uses the command for the first time. */
class HintsTest {
  private static final String HEADER = "{\"format\":\"certcollect\",\"version\":1}\n";

  @TempDir private Path folder;
  private Cli cli;

  @BeforeEach
  void useAFolder() {
    cli = new Cli(folder.resolve("data"));
  }

  @Test
  void helpGoesDownToTheVerbsOfAGroup() {
    assertThat(cli.run("help order revoke").out())
        .isEqualTo(cli.run("order revoke --help").out())
        .startsWith("Usage: certcollect order revoke");
    assertThat(cli.run("help").out()).isEqualTo(cli.run("--help").out()).contains("Verbs:");
    Run unknown = cli.run("help order renew");
    assertThat(unknown.exit()).isEqualTo(2);
    assertThat(unknown.err()).contains("`certcollect order` has no verb 'renew'");
  }

  @Test
  void helpSaysWhatForceReplaces() {
    assertThat(cli.run("import --help").out()).contains("Replace the file of --rejects if it");
    assertThat(cli.run("export --help").out())
        .contains("Replace the output file if it", "No effect: the output is JSON");
  }

  @Test
  void unpaidOrderThatCannotBeIssuedNamesTheVerbForPayment() throws IOException {
    cli.done("account add acme");
    cli.done("order add --account acme --product ssl --number 5");
    Path leaf =
        Files.writeString(
            folder.resolve("leaf.pem"), Pem.certificate(Fixtures.chain("chain-3").get(0)));
    Run issue = cli.run("order issue 5 --certificate " + leaf);
    assertThat(issue.exit()).isEqualTo(1);
    assertThat(issue.err())
        .contains("order 5 awaits payment", "`certcollect order pay 5` marks it as paid");
  }

  @Test
  void endedOrderSaysSinceWhen() {
    cli.done("account add acme");
    cli.done("order add --account acme --product ssl --number 5");
    String since = cli.run("order reject 5 --yes --json").field("changed");
    assertThat(cli.run("order reject 5 --yes").err())
        .contains("order 5 is rejected already; its last change was at " + since);
  }

  @Test
  void everyVerbSaysTheSameOfAFileThatItCannotRead() throws IOException {
    cli.done("account add acme");
    Path latin1 = Files.write(folder.resolve("latin1"), new byte[] {(byte) 0xe4, '\n'});
    Path none = folder.resolve("none");
    Map<Path, String> problems =
        Map.of(
            none,
            " does not exist",
            folder,
            " is a folder, not a file",
            none.resolve("x"),
            " does not exist");
    List<String> verbs =
        List.of(
            "ca add ",
            "account password acme --password-file ",
            "order add --account acme --product ssl --csr ",
            "order issue 5 --certificate ",
            "account list --config ");
    for (String verb : verbs) {
      problems.forEach(
          (file, problem) -> {
            Run run = cli.run(verb + file);
            assertThat(run.err()).as(verb).isEqualTo("certcollect: " + file + problem + "\n");
            assertThat(run.exit()).as(verb).isEqualTo(2);
          });
    }
    for (String options : List.of("", " --account acme --product ssl", " --map list.csv")) {
      assertThat(cli.run("import " + none + options).err()).contains(none + " does not exist");
    }
    for (String verb :
        List.of("account password acme --password-file ", "account list --config ")) {
      assertThat(cli.run(verb + latin1).err()).as(verb).contains(latin1 + " is not UTF-8 text");
    }
  }

  @Test
  void passwordFileNamedDashIsStandardInput() {
    Run add =
        cli.run(
            "correct horse\n", "account", "add", "acme", "--password-file", "-", "--allow-short");
    assertThat(add.exit()).isZero();
    assertThat(add.out()).doesNotContain("password");
  }

  @Test
  void rejectedRecordsAreCountedInTheLastLine() {
    Path rejects = folder.resolve("rejects");
    String input = HEADER + "{}\n{}\n";
    assertThat(cli.run(input, "import", "-").err().lines())
        .last()
        .isEqualTo("certcollect: not all records were imported: 2 of 2 were rejected");
    assertThat(cli.run(input, "import", "-", "--rejects", rejects.toString()).err())
        .contains("2 of 2 were rejected; " + rejects + " tells why, line by line");
  }

  @Test
  void numbersAreReadInAsciiDigitsOnly() {
    cli.done("account add acme");
    for (String wrong :
        List.of(
            "order show \u06f5",
            "order show +5",
            "order list --limit \u06f5",
            "order list --after \u06f5",
            "order list --after \u06f5@2027-05-13T23:59:59Z",
            "import - --batch \u06f5",
            "export --after \u06f5")) {
      Run run = cli.run(wrong);
      assertThat(run.exit()).as(wrong).isEqualTo(2);
      assertThat(run.err()).as(wrong).contains("\u06f5".repeat(wrong.contains("+") ? 0 : 1));
    }
    assertThat(cli.run("order show \u06f5").err())
        .startsWith("certcollect: N: '\u06f5' is not a number in the digits 0 to 9");
    assertThat(cli.run("order list --limit 99999999999").err())
        .contains("99999999999 is more than 2147483647");
  }

  @Test
  void missingVerbIsCalledAVerb() {
    assertThat(cli.run("order").err())
        .contains("no verb is given", "`certcollect order --help`")
        .doesNotContain("subcommand");
    assertThat(cli.run("order show 5 6").err()).contains("unexpected: '6'").doesNotContain("index");
  }

  @Test
  void hintsNameTheProgramAsItWasStarted() {
    cli.startedAs("./certcollect");
    assertThat(cli.run("account list").err()).contains("run `./certcollect account add` first");
    assertThat(cli.run("order").err()).contains("See `./certcollect order --help`");
    assertThat(cli.run("help order new-key").out())
        .startsWith("Usage: ./certcollect order new-key")
        .contains("`./certcollect order code`");
    assertThat(cli.run("completion").out()).contains("_complete_certcollect");
  }
}
