package org.certcollect.cli.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.certcollect.admin.DataFolder;
import org.certcollect.cli.Cli;
import org.certcollect.cli.Cli.Run;
import org.certcollect.store.Store;
import org.certcollect.store.contract.TestClock;
import org.certcollect.store.testing.Postgres;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An export that is imported is exported the same again, on every way between the stores. */
class RoundTripTest {
  @TempDir private Path folder;
  private Cli sqlite;

  @BeforeEach
  void fill() {
    TestClock clock = new TestClock();
    sqlite = new Cli(folder.resolve("first"), clock);
    try (Store store = new DataFolder(sqlite.data()).openOrCreate(clock)) {
      Filled.fill(store, clock);
    }
  }

  @Test
  void fromSqliteToSqlite() throws IOException {
    assertMoves(sqlite, new Cli(folder.resolve("second")));
  }

  /** Broke once: the limit of the verbs, 500 characters, held for an import of older data, too. */
  @Test
  void reasonLongerThanTheVerbsTakeIsImportedAndExported() {
    String reason = "x".repeat(5_000);
    String line = Lines.order(77, "rejected", ",\"reason\":\"" + reason + "\"");
    Cli one = new Cli(folder.resolve("one"));

    Run run = one.run(Lines.file(Lines.ACCOUNT, line), "import", "-");

    assertThat(run.exit()).as(run.err()).isZero();
    Cli two = new Cli(folder.resolve("two"));
    assertThat(two.run(one.run("export").out(), "import", "-").exit()).isZero();
    assertThat(two.run("order show 77 --json").field("reason")).isEqualTo(reason);
  }

  @Test
  void fromSqliteToPostgresqlAndBack() throws IOException {
    Cli postgres = postgres("middle");
    assertMoves(sqlite, postgres);
    assertMoves(postgres, new Cli(folder.resolve("third")));
  }

  /** A password is encrypted for the account of its store alone. */
  @Test
  void pushUrlMovesWithoutItsPasswordAndTellsOfLaterChanges() throws IOException {
    Path password = Files.writeString(folder.resolve("password"), "KanariePassword");
    Cli one = new Cli(folder.resolve("one"));
    one.done("account add acme --ssl --email pki@acme.example --language de");
    one.done(
        "push set acme --url https://push.example.com/in --user me --password-file " + password);
    one.done("order add --account acme --product ssl --number 5");
    one.done("order reject 5 --yes");
    String exported = export(one);
    assertThat(exported).doesNotContain("Kanarie");

    Cli two = postgres("two");
    assertThat(two.run(exported, "import", "-").exit()).isZero();
    assertThat(two.run("push show acme --json").out())
        .contains("https://push.example.com/in", "\"user\":\"me\"", "\"password\":false");
    assertThat(two.run("account show acme --json").out()).contains("pki@acme.example", "\"de\"");
    assertThat(two.run("push list --json").out()).as("an import tells nothing").isEmpty();
    two.done("order add --account acme --product ssl --number 6");
    two.done("order reject 6 --yes");
    assertThat(two.run("push list --json").out()).contains("\"order\":6");
    assertThat(two.run(exported, "import", "-").err()).doesNotContain("differs");
    two.done("push set acme --url https://elsewhere.example.com/");
    assertThat(two.run(exported, "import", "-").err())
        .contains("account 'acme' already exists and differs in: push, events");
  }

  @Test
  void thousandsOfOrdersOnBoth() throws IOException {
    ByteArrayOutputStream generated = new ByteArrayOutputStream();
    ManyOrders.write(generated, 3_000);
    Cli one = new Cli(folder.resolve("one"));
    Cli two = postgres("two");
    for (Cli cli : new Cli[] {one, two}) {
      Run run = cli.run(generated.toString(StandardCharsets.US_ASCII), "import", "-", "--json");
      // On a slow machine there is progress to tell, so stderr may have lines.
      assertThat(run.fields()).containsEntry("rejected", "0");
      assertThat(run.exit()).isZero();
    }
    // Only the notes on what has no history of its own tell when and in which order it came.
    // Each store has given out ids of its own.
    assertThat(ordersWithoutIds(one)).hasSize(3_000).isEqualTo(ordersWithoutIds(two));
  }

  private static List<String> ordersWithoutIds(Cli cli) {
    return export(cli)
        .lines()
        .filter(line -> line.contains("\"order\""))
        .map(line -> line.replaceAll("\"id\":[0-9]+,", ""))
        .toList();
  }

  private void assertMoves(Cli from, Cli to) throws IOException {
    String exported = export(from);
    assertThat(exported.lines()).hasSizeGreaterThan(40);
    assertThat(exported)
        .contains(
            "\"version\":2",
            "\"id\":10000000001,",
            "\"reissue\":{",
            "\"validation\":{",
            "\"heldSince\":",
            "\"email\":\"jane@example.com\",\"language\":\"de\",\"noMail\":true",
            "\"push\":{\"url\":\"https://push.example.com/in?from=ca\",\"user\":\"me\",\"withCertificate\":true}");
    Path file = Files.writeString(folder.resolve("moved.jsonl"), exported);

    Run first = to.run("", "import", file.toString(), "--json");
    assertThat(first.err().lines())
        .filteredOn(line -> !line.startsWith("There was no store in "))
        .hasSize(2)
        .anyMatch(line -> line.contains("of \"shop.example.com\" does not reach a root"))
        .anyMatch(line -> line.contains("copy the other store's collection-codes.key to "));
    assertThat(first.exit()).isZero();
    long records = exported.lines().count() - 1;
    assertThat(first.fields())
        .containsEntry("imported", String.valueOf(records))
        .containsEntry("skipped", "0")
        .containsEntry("rejected", "0");
    assertThat(export(to)).isEqualTo(exported);

    Run second = to.run("", "import", file.toString(), "--json");
    assertThat(second.fields())
        .containsEntry("imported", "0")
        .containsEntry("skipped", String.valueOf(records))
        .containsEntry("rejected", "0");
    assertThat(export(to)).isEqualTo(exported);
  }

  private Cli postgres(String name) {
    return new Cli(folder.resolve(name)).on(Postgres.empty());
  }

  private static String export(Cli cli) {
    Run run = cli.run("export");
    assertThat(run.err()).isEmpty();
    assertThat(run.exit()).isZero();
    return run.out();
  }
}
