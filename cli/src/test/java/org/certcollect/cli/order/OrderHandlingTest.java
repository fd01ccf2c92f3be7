package org.certcollect.cli.order;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.certcollect.admin.DataFolder;
import org.certcollect.cli.Cli;
import org.certcollect.cli.Cli.Run;
import org.certcollect.protocol.fixtures.Fixtures;
import org.certcollect.store.LastCollects.LastCollect;
import org.certcollect.store.Store;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The verbs with which an operator keeps orders. */
class OrderHandlingTest {
  @TempDir private Path folder;
  private Cli cli;

  @BeforeEach
  void issueAnOrder() throws IOException {
    cli = new Cli(folder.resolve("data"));
    Path certificate = Files.write(folder.resolve("c.pem"), Fixtures.bytes("chain-3.pem"));
    cli.done("account add acme --ssl --ccc");
    cli.done("order add --account acme --product ssl --number 5 --paid");
    cli.done("order issue 5 --certificate " + certificate);
  }

  @Test
  void holdIsShownUntilTheRelease() {
    Run held = cli.run("", "order", "hold", "5", "--reason", "wrong name");
    assertThat(held.out()).isEqualTo("order 5 is held\n");
    assertThat(cli.run("order show 5 --json").field("heldSince")).startsWith("20");
    assertThat(cli.run("order show 5").out()).contains("held since", "order.hold", "wrong name");

    assertThat(cli.run("order hold 5").out())
        .isEqualTo("order 5 is held already; nothing was changed\n");
    assertThat(cli.run("order release 5").out()).isEqualTo("order 5 is not held\n");
    assertThat(cli.run("order release 5").out())
        .isEqualTo("order 5 was not held; nothing was changed\n");
    assertThat(cli.run("order release 5 --json").fields()).containsEntry("heldSince", "null");
  }

  @Test
  void shownOrderTellsWhenAndByWhomItWasCollectedLast() {
    assertThat(cli.run("order show 5").out()).doesNotContain("collected");
    try (Store store = new DataFolder(cli.data()).openOrCreate(Clock.systemUTC())) {
      OptionalLong acme = OptionalLong.of(store.accounts().find("acme").orElseThrow().id());
      Instant at = Instant.parse("2026-11-28T04:05:06Z");
      store.lastCollects().put(List.of(new LastCollect(5, at, acme, Optional.empty(), "::1/64")));
    }
    Run shown = cli.run("order show 5 --json");
    assertThat(shown.field("collected")).isEqualTo("2026-11-28T04:05:06Z");
    assertThat(shown.field("collectedBy")).isEqualTo("acme");
    assertThat(cli.run("order show 5").out()).contains("collected from", "::1/64");
  }

  @Test
  void changeThatCannotBeUndoneIsRefusedWithoutATerminalUnlessItIsToldYes() {
    for (String verb : List.of("order revoke 5", "account disable acme", "order new-key")) {
      Run refused = cli.run(verb);
      assertThat(refused.exit()).as(verb).isEqualTo(2);
      assertThat(refused.err()).as(verb).contains("give --yes", "or --dry-run");
    }
    // The impossible is refused as at a terminal: broke once.
    for (String verb : List.of("order reject 5", "order revoke 77", "account disable nobody")) {
      Run impossible = cli.run(verb);
      assertThat(impossible.exit()).as(verb).isEqualTo(1);
      assertThat(impossible.err()).as(verb).isEqualTo(cli.run(verb + " --yes").err());
    }
    assertThat(cli.run("order revoke 5 --yes").out()).isEqualTo("order 5 is revoked\n");
  }

  @Test
  void personAtATerminalIsAskedAfterWhatIsImpossibleWasRefused() {
    cli.thatAsks();
    Run declined = cli.run("n\ny\n", "order", "revoke", "5");
    assertThat(declined.exit()).isEqualTo(1);
    assertThat(declined.err())
        .startsWith("Revoke order 5 of account acme? Its clients")
        .endsWith("[y/N] certcollect: nothing was changed\n");
    assertThat(cli.run("", "order", "revoke", "5").exit()).as("no answer").isEqualTo(1);
    assertThat(cli.run("order show 5 --json").field("state")).isEqualTo("issued");
    assertThat(cli.run("y\n", "order", "reject", "5").err())
        .contains("cannot be rejected")
        .doesNotContain("[y/N]");
    assertThat(cli.run("Yes\n", "order", "revoke", "5").out()).isEqualTo("order 5 is revoked\n");
    assertThat(cli.run("y\n", "account", "disable", "acme").exit()).isZero();
  }

  @Test
  void dryRunTellsWhatWouldBeAndChangesNothing() {
    String before = cli.run("export").out();
    Run dry = cli.run("order revoke 5 --dry-run");
    assertThat(dry.out())
        .isEqualTo("dry run, nothing is changed; without --dry-run: order 5 is revoked\n");
    assertThat(cli.run("order revoke 5 --dry-run --json").fields())
        .containsEntry("state", "revoked")
        .containsEntry("dryRun", "true");
    assertThat(cli.run("order reject 5 --dry-run").exit()).isEqualTo(1);
    assertThat(cli.run("account disable acme --dry-run").exit()).isZero();
    assertThat(cli.run("order new-key --dry-run").exit()).isZero();
    assertThat(folder.resolve("data/collection-codes.key")).doesNotExist();
    assertThat(cli.run("export").out()).isEqualTo(before);
  }

  @Test
  void requestIsPrintedAndReplaced() throws IOException {
    assertThat(cli.run("order csr 5").err())
        .contains("order 5 has no request; `certcollect order csr 5 --replace FILE` gives it one");
    Path csr = Files.write(folder.resolve("other.csr"), Fixtures.bytes("other.csr"));

    assertThat(cli.run("order csr 5 --replace " + csr).out())
        .isEqualTo("order 5 is being reissued with this request\n");

    assertThat(cli.run("order csr 5").out())
        .startsWith("-----BEGIN CERTIFICATE REQUEST-----\n")
        .endsWith("-----END CERTIFICATE REQUEST-----\n");
    assertThat(cli.run("order csr 5 --json").field("csr")).contains("BEGIN CERTIFICATE");
    assertThat(cli.run("order issue 5 --certificate " + folder.resolve("c.pem")).err())
        .contains("is not that of the order's signing request");
    cli.done("order add --account acme --product ssl --number 6");
    assertThat(cli.run("order csr 6 --replace " + csr).out())
        .isEqualTo("order 6 has this request now\n");
  }

  @Test
  void sameCertificateAgainChangesNothingAndSaysSo() {
    String before = cli.run("export").out();
    Run again = cli.run("order issue 5 --certificate " + folder.resolve("c.pem"));
    assertThat(again.exit()).isZero();
    assertThat(again.err())
        .contains("Order 5 had this certificate already, so nothing was changed.");
    assertThat(cli.run("export").out()).isEqualTo(before);
  }

  @Test
  void certificateThatDoesNotFitIsIssuedWithAWarning() throws IOException {
    Path expired = Files.write(folder.resolve("e.pem"), Fixtures.bytes("expired.pem"));
    cli.done("order add --account acme --product ccc --number 6 --paid");
    Run issued = cli.run("order issue 6 --certificate " + expired);
    assertThat(issued.exit()).isZero();
    assertThat(issued.err())
        .contains("The certificate has expired, at ")
        .contains(
            "is not for clients or e-mail: its extended key usage has only 1.3.6.1.5.5.7.3.1");
  }

  @Test
  void certificateOfAnotherOrderIsIssuedWithAWarning() {
    cli.done("order add --account acme --product ssl --number 6 --paid");
    assertThat(cli.run("order issue 6 --certificate " + folder.resolve("c.pem")).err())
        .contains("Another order has this certificate already: 5.");
  }

  @Test
  void orderMovesAndAccountIsRenamed() {
    cli.done("account add beta --ssl");
    assertThat(cli.run("order move 5 --account beta").out())
        .isEqualTo("order 5 belongs to account beta\n");
    assertThat(cli.run("order move 5 --account beta").out())
        .isEqualTo("order 5 belongs to account beta already; nothing was changed\n");
    assertThat(cli.run("account rename beta gamma").out()).isEqualTo("account beta is now gamma\n");
    assertThat(cli.run("order show 5 --json").field("account")).isEqualTo("gamma");
    assertThat(cli.run("account show gamma").out()).contains("account.rename", "from beta");
    assertThat(cli.run("account rename gamma acme").err())
        .contains("there is an account 'acme' already; choose another login");
    assertThat(cli.run("order move 5 --account beta").err()).contains("no account 'beta'");
  }

  @Test
  void remarksAreSetAndRemovedOneByOne() {
    Run set = cli.run("", "order", "note", "5", "--reference", "T-1", "--note", "call them");
    assertThat(set.out()).isEqualTo("order 5 has the reference 'T-1' and the note 'call them'\n");
    assertThat(cli.run("", "order", "note", "5", "--note", "", "--json").fields())
        .containsEntry("reference", "T-1")
        .containsEntry("note", "null");
    assertThat(cli.run("order note 5").exit()).isEqualTo(2);
    Run tooLong = cli.run("", "order", "note", "5", "--reference", "x".repeat(129));
    assertThat(tooLong.err()).isEqualTo("certcollect: reference must have 1 to 128 characters\n");
    assertThat(tooLong.exit()).isEqualTo(1);
  }
}
