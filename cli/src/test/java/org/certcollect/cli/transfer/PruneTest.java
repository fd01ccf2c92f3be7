package org.certcollect.cli.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import org.certcollect.cli.Cli;
import org.certcollect.cli.Cli.Run;
import org.certcollect.protocol.fixtures.Fixtures;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The verbs that delete: prune, and account anonymise. */
class PruneTest {
  private static final Clock LATER = Clock.offset(Clock.systemUTC(), Duration.ofDays(8 * 366));
  @TempDir private Path folder;
  private Cli cli;
  private Cli later;

  @BeforeEach
  void revokeAnOrder() throws IOException {
    cli = new Cli(folder.resolve("data"));
    later = new Cli(folder.resolve("data"), LATER);
    Path certificate = Files.write(folder.resolve("c.pem"), Fixtures.bytes("chain-3.pem"));
    cli.done("account add acme --ssl");
    for (int number : new int[] {5, 6}) {
      cli.done("order add --account acme --product ssl --number " + number + " --paid");
      cli.done("order issue " + number + " --certificate " + certificate);
    }
    cli.done("order revoke 5 --reason Acme --yes");
  }

  @Test
  void dryRunCountsWhatTheCommandThenDeletes() {
    String rule = "prune --orders-older-than 7y --events-older-than 9y";
    assertThat(cli.run(rule + " --dry-run").out())
        .isEqualTo(
            "dry run, nothing is changed; without --dry-run: 0 orders, 0 events to delete\n");
    assertThat(later.run(rule + " --dry-run --json").fields())
        .containsEntry("orders", "1")
        .containsEntry("dryRun", "true");

    assertThat(later.run(rule + " --yes").out()).isEqualTo("1 order, 0 events deleted\n");

    assertThat(cli.run("order show 5").exit()).isEqualTo(1);
    assertThat(cli.run("order show 6").exit()).isZero();
    assertThat(cli.run("events").out())
        .contains("store.prune", "orders that ended before 20", "deleted: 0 events, 1 orders");
    assertThat(cli.run("audit show").out()).contains("store.prune", "deleted: 0 events, 1 orders");
    assertThat(later.run("prune --events-older-than 7y --account acme --yes").out())
        .startsWith("0 orders, ");
  }

  @Test
  void personIsAskedWithTheNumbersFirst() {
    assertThat(later.run("prune --orders-older-than 7y").exit()).isEqualTo(2);
    later.thatAsks();
    Run declined = later.run("n\n", "prune", "--orders-older-than", "7y");
    assertThat(declined.exit()).isEqualTo(1);
    assertThat(declined.err()).startsWith("Delete 1 order, 0 events? Only a backup");
    assertThat(cli.run("order show 5").exit()).isZero();
    assertThat(later.run("y\n", "prune", "--orders-older-than", "7y").out())
        .isEqualTo("1 order, 0 events deleted\n");
  }

  @Test
  void aRuleWithoutAnAgeOrInTheFutureOrForNobodyIsRefused() {
    assertThat(cli.run("prune --orders-older-than abc").err()).contains("'abc' is not a time like");
    assertThat(cli.run("prune --yes").err()).contains("names nothing to delete", "give --events");
    assertThat(cli.run("prune --yes --orders-older-than 2999-01-01").err())
        .contains("--orders-older-than must not be in the future");
    assertThat(cli.run("prune --yes --orders-older-than soon").err()).contains("7d or 2y (ago)");
    assertThat(later.run("prune --yes --orders-older-than 18m").err())
        .contains("days, years or a date", "m and h are seconds, minutes and hours");
    assertThat(cli.run("prune --yes --orders-older-than 1d --account nobody").exit()).isEqualTo(1);
  }

  @Test
  void anonymousAccountHasLostItsNameAndItsRemarks() {
    cli.done("order note 6 --note Acme");
    Run enabled = cli.run("account anonymise acme --yes");
    assertThat(enabled.exit()).isEqualTo(1);
    assertThat(enabled.err())
        .contains("account 'acme' is enabled", "`certcollect account disable` ends");
    cli.done("account disable acme --yes");
    assertThat(cli.run("account anonymise acme --dry-run").out())
        .isEqualTo(
            "dry run, nothing is changed; without --dry-run: account acme is anonymous, with 2"
                + " orders\n");
    String before = cli.run("export").out();
    assertThat(before).contains("Acme");

    assertThat(cli.run("account anonymise acme --yes").out())
        .isEqualTo("account acme is now anonymous-1\n");

    assertThat(cli.run("export").out()).doesNotContainIgnoringCase("acme");
    assertThat(cli.run("order list --account anonymous-1").out()).contains("5", "6");
    assertThat(cli.run("audit show").out().lines().filter(line -> line.contains("anonymise")))
        .singleElement()
        .asString()
        .doesNotContain("acme");
  }
}
