package org.certcollect.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.FilterWriter;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Collectors;
import org.certcollect.admin.Pem;
import org.certcollect.cli.Cli.Run;
import org.certcollect.protocol.fixtures.Fixtures;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command line as a person at a terminal has it. */
class TerminalTest {
  @TempDir private Path folder;
  private Cli cli;

  @BeforeEach
  void useAFolder() {
    cli = new Cli(folder.resolve("data"));
  }

  @Test
  void unknownVerbIsNamedWithTheVerbsThatExist() {
    Run run = cli.run("order delete 5");
    assertThat(run.exit()).isEqualTo(2);
    assertThat(run.err())
        .contains("`certcollect order` has no verb 'delete'; it has add, list, show, certificate")
        .doesNotContain("order code", "Unmatched");
    assertThat(cli.run("order shaw 5").err()).contains("no verb 'shaw'; did you mean show?");
    assertThat(cli.run("acount list").err()).contains("no verb 'acount'; did you mean account?");
    assertThat(cli.run("statsu").err()).contains("no verb 'statsu'; did you mean status?");
  }

  @Test
  void helpForAnUnknownVerbIsWrongUsage() {
    for (String wrong : List.of("order renew --help", "order --help renew", "renew --help")) {
      Run run = cli.run(wrong);
      assertThat(run.exit()).as(wrong).isEqualTo(2);
      assertThat(run.out()).as(wrong).isEmpty();
      assertThat(run.err()).as(wrong).contains("no verb 'renew'");
    }
  }

  @Test
  void completionOffersTheWordsThatHelpShows() {
    assertThat(cli.run("completion").out())
        .contains("awaiting-payment", "\"ssl\"")
        .doesNotContain("AWAITING_PAYMENT", "SSL");
  }

  @Test
  void tablesFitTheWidthOfTheTerminal() {
    addOrder("--number 5");
    assertThat(cli.run("order list --wide").out().lines()).anyMatch(line -> line.length() > 80);

    cli.onTerminal(80).with("NO_COLOR", "1");
    for (String verb : List.of("order list --wide", "config show")) {
      assertThat(cli.run(verb).out().lines()).as(verb).allMatch(line -> line.length() <= 80);
    }
    assertThat(cli.run("order list --wide").out()).contains("acme", "awaiting-", "payment");
    assertThat(cli.run("config show").out()).contains("limits.connections");
  }

  @Test
  void coloursAreForTerminalsWithoutNoColor() {
    String plain = cli.run("--help").out();
    assertThat(plain).doesNotContain("\u001b");

    cli.onTerminal(80);
    assertThat(cli.run("--help").out()).contains("\u001b[1m");

    cli.with("NO_COLOR", "1");
    assertThat(cli.run("--help").out()).isEqualTo(plain);
  }

  @Test
  void jsonAndCsvAreTheSameOnATerminalOfAnyWidth() {
    addOrder("--number 5");
    List<String> verbs = List.of("order list --json", "order list --csv", "config show --json");
    List<String> wide = verbs.stream().map(verb -> cli.run(verb).out()).toList();
    cli.onTerminal(40);
    assertThat(verbs.stream().map(verb -> cli.run(verb).out()).toList()).isEqualTo(wide);
  }

  @Test
  void quietOrderAddPrintsTheNumberAndTheCodeOnly() {
    cli.done("account add acme");
    assertThat(cli.run("order add --account acme --product ssl --number 7 --quiet").out())
        .isEqualTo("7\n");
    assertThat(cli.run("order add --account acme --product ccc --number 8 -q").lines())
        .hasSize(2)
        .startsWith("8")
        .last()
        .asString()
        .hasSize(16);
    assertThat(cli.run("order add --account acme --product ssl -q --json").exit()).isEqualTo(2);
  }

  @Test
  void fileOptionsReadStandardInput() throws IOException {
    addOrder("--number 5 --paid");
    String leaf =
        Fixtures.chain("chain-3").stream().map(Pem::certificate).collect(Collectors.joining());
    Run issued = cli.run(leaf, "order", "issue", "5", "--certificate", "-");
    assertThat(issued.err()).doesNotContain("cannot");
    assertThat(issued.exit()).isZero();
    assertThat(cli.run(leaf, "order", "issue", "5", "--certificate", "-", "--chain", "-").err())
        .contains("only once");
    Run damaged = cli.run("nothing", "order", "issue", "5", "--certificate", "-");
    assertThat(damaged.exit()).isEqualTo(1);
    assertThat(damaged.err()).contains("standard input");
  }

  @Test
  void verbThatReadsIsSilentWhenItsReaderGoesAway() {
    addOrder("--number 5");
    cli.intoPipe();
    for (String verb : List.of("export", "order list --csv")) {
      Run run = cli.run(closed(), verb);
      assertThat(run.exit()).as(verb).isEqualTo(141);
      assertThat(run.err()).as(verb).isEmpty();
    }
  }

  @Test
  void verbThatMadeASecretSaysThatItIsLost() {
    cli.done("account add acme");
    cli.intoPipe();
    for (String verb :
        List.of(
            "account password acme",
            "order add --account acme --product ccc --number 6",
            "order add --account acme --product ccc --quiet",
            "order code 6")) {
      Run run = cli.run(closed(), verb);
      assertThat(run.exit()).as(verb).isEqualTo(1);
      assertThat(run.err()).as(verb).contains("lost", "`certcollect order code`");
    }
  }

  @Test
  void reasonOfMoreThan500CharactersIsRefused() {
    addOrder("--number 5");
    Run run = cli.run("order reject 5 --yes --reason " + "x".repeat(501));
    assertThat(run.exit()).isEqualTo(1);
    assertThat(run.err()).contains("reason has more than 500 characters");
    assertThat(cli.run("order reject 5 --yes --reason " + "x".repeat(500)).exit()).isZero();
  }

  @Test
  void textOfStrangersTurnsNoTerminal() {
    cli.done("account add acme");
    cli.done("order add --account acme --product ssl --number 5");
    assertThat(
            cli.run("", "order", "reject", "5", "--yes", "--reason", "a\u009b31mb\u202ec\u2066d")
                .exit())
        .isZero();
    for (String verb : List.of("order show 5", "order show 5 --json", "order list --json")) {
      assertThat(cli.run(verb).out())
          .as(verb)
          .contains("a\\u009b31mb\\u202ec\\u2066d")
          .doesNotContain("\u009b", "\u202e", "\u2066");
    }
  }

  @Test
  void rejectsAreForTheirOwnerOnly() throws IOException {
    Path rejects = folder.resolve("rejects");
    cli.run(
        "{\"format\":\"certcollect\",\"version\":1}\n{}\n",
        "import",
        "-",
        "--rejects",
        rejects.toString());
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(rejects)))
        .isEqualTo("rw-------");
  }

  private void addOrder(String options) {
    cli.done("account add acme");
    cli.done("order add --account acme --product ssl " + options);
  }

  private static Writer closed() {
    return new FilterWriter(Writer.nullWriter()) {
      @Override
      public void write(char[] text, int from, int length) throws IOException {
        throw new IOException("Broken pipe");
      }

      @Override
      public void write(String text, int from, int length) throws IOException {
        throw new IOException("Broken pipe");
      }
    };
  }
}
