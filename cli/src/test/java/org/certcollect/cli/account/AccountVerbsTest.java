package org.certcollect.cli.account;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import org.certcollect.admin.DataFolder;
import org.certcollect.admin.PasswordHasher;
import org.certcollect.cli.Cli;
import org.certcollect.cli.Cli.Run;
import org.certcollect.store.Account;
import org.certcollect.store.Store;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AccountVerbsTest {
  @TempDir private Path folder;
  private Cli cli;

  @BeforeEach
  void useAFolderThatDoesNotExistYet() {
    cli = new Cli(folder.resolve("data"));
  }

  @Test
  void accountWithoutAGivenPasswordGetsOneThatIsPrintedAndWorks() {
    Run run = cli.run("account add acme --ssl");

    assertThat(run.exit()).isZero();
    assertThat(run.lines().get(0)).isEqualTo("account acme is added");
    assertThat(run.after("password")).hasSize(24);
    assertThat(logsIn("acme", run.after("password"))).isTrue();
  }

  @Test
  void jsonHoldsTheAccountAndTheMadePassword() {
    Run run = cli.run("account add acme --ssl --ccc --json");

    assertThat(run.lines()).hasSize(1);
    assertThat(run.fields()).containsKeys("login", "enabled", "products", "created", "password");
    assertThat(run.field("login")).isEqualTo("acme");
    assertThat(run.out()).contains("\"products\":[\"ssl\",\"ccc\"]");
    assertThat(logsIn("acme", run.field("password"))).isTrue();
  }

  /** The table broke as only some accounts had the field. */
  @Test
  void accountWithAnOldPasswordIsListedBesideOneWithout() {
    cli.run("account add acme --ssl");
    cli.run("account add beta --ssl");
    assertThat(cli.run("account password beta --keep-old-for 7d").lines().get(0))
        .matches(".*valid until [-0-9]{10}T[:0-9]{8}Z");

    assertThat(cli.run("account list").lines())
        .hasSize(3)
        .anyMatch(line -> line.matches("acme .* -"))
        .last()
        .asString()
        .matches("beta .*T.*T.*");
    assertThat(cli.run("account show beta").out()).containsPattern("old one until [-0-9]{10}T.*Z");
  }

  @Test
  void passwordFromStandardInputLosesOneLineEndAndIsNotPrinted() {
    Run run =
        cli.run(
            "täst \r\n", "account", "add", "acme", "--password-stdin", "--json", "--allow-short");

    assertThat(run.exit()).isZero();
    assertThat(run.fields()).doesNotContainKey("password");
    assertThat(logsIn("acme", "täst ")).isTrue();
  }

  @Test
  void passwordComesFromAFileToo() throws IOException {
    Path file = Files.writeString(folder.resolve("password"), "first\nsecond\n");

    assertThat(cli.run("account add acme --allow-short --password-file " + file).exit()).isZero();
    assertThat(logsIn("acme", "first\nsecond")).isTrue();
  }

  /** It was stored as part of the password. */
  @Test
  void aByteOrderMarkIsNoPartOfAPassword() throws IOException {
    Path file = Files.writeString(folder.resolve("password"), "\uFEFFsecret\r\n");

    assertThat(cli.run("account add acme --allow-short --password-file " + file).exit()).isZero();
    assertThat(logsIn("acme", "secret")).isTrue();
  }

  @Test
  void passwordThatIsEmptyTooLongOrNotUtf8IsRefused() throws IOException {
    String[] add = {"account", "add", "acme", "--allow-short", "--password-stdin"};
    assertThat(cli.run("", add).exit()).isEqualTo(1);
    assertThat(cli.run("\n", add).exit()).isEqualTo(1);
    assertThat(cli.run("x".repeat(129), add).err()).contains("more than 128 characters");
    Path file = Files.write(folder.resolve("latin1"), new byte[] {'t', (byte) 0xe4, 's', 't'});
    Run latin1 = cli.run("account add acme --allow-short --password-file " + file);
    assertThat(latin1.exit()).isEqualTo(2);
    assertThat(latin1.err()).isEqualTo("certcollect: " + file + " is not UTF-8 text\n");
    assertThat(cli.data()).doesNotExist();
    assertThat(cli.run("x".repeat(128), add).exit()).isZero();
  }

  @Test
  void characterOfAPasswordCountsOnceWhateverItTakesInMemory() {
    String longest = "\ud83d\udd11".repeat(128);
    assertThat(cli.run(longest, "account", "add", "acme", "--password-stdin").exit()).isZero();
    assertThat(logsIn("acme", longest)).isTrue();
    assertThat(cli.run(longest + "x", "account", "password", "acme", "--password-stdin").err())
        .contains("more than 128 characters");
  }

  @Test
  void passwordFileThatIsNotThereIsWrongUsage() {
    Run run = cli.run("account add acme --password-file " + folder.resolve("none"));

    assertThat(run.exit()).isEqualTo(2);
    assertThat(run.err()).contains("none does not exist");
  }

  @Test
  void bothSourcesOfAPasswordAreWrongUsage() {
    assertThat(cli.run("account add acme --password-stdin --password-file x").exit()).isEqualTo(2);
  }

  @Test
  void passwordIsNeverTakenFromTheCommandLine() {
    assertThat(cli.run("account add acme --password secret").exit()).isEqualTo(2);
  }

  @Test
  void loginThatIsTakenIsRefusedWithWhatToDo() {
    cli.done("account add acme");

    Run run = cli.run("account add acme");

    assertThat(run.exit()).isEqualTo(1);
    assertThat(run.out()).isEmpty();
    assertThat(run.err()).contains("acme", "already", "choose another login");
  }

  @Test
  void loginHas1To64Characters() {
    assertThat(cli.run("", "account", "add", "").exit()).isEqualTo(1);
    assertThat(cli.run("account add " + "x".repeat(65)).exit()).isEqualTo(1);
    assertThat(cli.run("account add " + "x".repeat(64)).exit()).isZero();
  }

  @Test
  void accountThatMayCollectNothingIsSaidSo() {
    assertThat(cli.run("account add acme").err()).contains("account allow acme");
  }

  @Test
  void accountsAreListedByLogin() {
    cli.done("account add beta --ccc");
    cli.done("account add alpha --ssl");

    assertThat(cli.run("account list").lines())
        .satisfiesExactly(
            header -> assertThat(header).startsWith("LOGIN  ENABLED  PRODUCTS  CREATED"),
            alpha -> assertThat(alpha).startsWith("alpha  yes      ssl"),
            beta -> assertThat(beta).startsWith("beta   yes      ccc"));
    assertThat(cli.run("account list --json").lines())
        .hasSize(2)
        .allMatch(line -> line.startsWith("{\"login\":"));
  }

  @Test
  void listWithoutRecordsSaysSoOnStandardError() {
    assertThat(cli.run("{\"format\":\"certcollect\",\"version\":2}", "import", "-").exit())
        .isZero();
    Map<String, String> notes =
        Map.of(
            "account list", "There are no accounts.\n",
            "order list", "No order matches.\n",
            "ca list", "There are no CA certificates.\n");
    notes.forEach(
        (verb, note) -> {
          Run run = cli.run(verb);
          assertThat(run.exit()).as(verb).isZero();
          assertThat(run.out()).as(verb).isEmpty();
          assertThat(run.err()).isEqualTo(note);
          assertThat(cli.run(verb + " --json").err()).as(verb).isEmpty();
        });
  }

  @Test
  void capabilitiesAreGivenAndTaken() {
    cli.done("account add acme --ssl");

    assertThat(cli.run("account allow acme --ccc").out())
        .isEqualTo("account acme may collect ssl and ccc\n");
    assertThat(cli.run("account deny acme --ssl --ccc").out())
        .isEqualTo("account acme may collect nothing\n");
    assertThat(cli.run("account allow acme").exit()).isEqualTo(2);
  }

  @Test
  void accountIsDisabledAndEnabled() {
    cli.done("account add acme --ssl");

    assertThat(cli.run("account disable acme --yes --json").out()).contains("\"enabled\":false");
    assertThat(account("acme").enabled()).isFalse();
    assertThat(cli.run("account enable acme").out()).isEqualTo("account acme is enabled\n");
    assertThat(account("acme").enabled()).isTrue();
  }

  @Test
  void newPasswordReplacesTheOldOne() {
    cli.done("account add acme");

    Run made = cli.run("account password acme --json");
    assertThat(logsIn("acme", made.field("password"))).isTrue();
    assertThat(
            cli.run("given\n", "account", "password", "acme", "--password-stdin", "--allow-short")
                .out())
        .isEqualTo("account acme has a new password\n");
    assertThat(logsIn("acme", "given")).isTrue();
    assertThat(logsIn("acme", made.field("password"))).isFalse();
  }

  @Test
  void accountIsShownWithWhoChangedIt() {
    cli.done("account add acme --ssl");
    cli.done("account disable acme --yes");

    Run run = cli.run("account show acme");

    assertThat(run.after("login")).isEqualTo("acme");
    assertThat(run.out()).contains("events:", "cli:tester", "account.add", "account.disable");
    assertThat(cli.run("account show acme --json").out()).contains("\"events\":[{\"at\":");
  }

  @Test
  void unknownAccountIsRefusedByEveryVerb() {
    cli.done("account add acme");
    for (String verb :
        new String[] {
          "show nobody",
          "disable nobody --yes",
          "enable nobody",
          "allow nobody --ssl",
          "deny nobody --ssl",
          "password nobody"
        }) {
      Run run = cli.run("account " + verb);
      assertThat(run.exit()).as(verb).isEqualTo(1);
      assertThat(run.out()).as(verb).isEmpty();
      assertThat(run.err()).as(verb).contains("nobody", "`certcollect account list`");
    }
  }

  private boolean logsIn(String login, String password) {
    return new PasswordHasher().verify(password, account(login).passwordHash());
  }

  private Account account(String login) {
    try (Store store = new DataFolder(cli.data()).openExisting(Clock.systemUTC())) {
      return store.accounts().find(login).orElseThrow();
    }
  }
}
