package org.certcollect.cli.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;
import org.certcollect.cli.Cli;
import org.certcollect.cli.Cli.Run;
import org.certcollect.store.jdbc.postgres.PostgresConfig;
import org.certcollect.store.testing.Postgres;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An import is killed again and again; begun anew each time, it loses and doubles nothing. */
@Tag("drill")
class ImportKillTest {
  private static final int KILLS = 6;
  private static final int ORDERS = 3_000;
  private static final Duration GENEROUS = Duration.ofMinutes(1);
  private static final String BATCH = "100";

  /** The exit code that a shell and Java show for a process that SIGKILL ended. */
  private static final int KILLED = 128 + 9;

  private static final String ORDERS_THERE = "SELECT COUNT(*) FROM orders";

  @TempDir private Path folder;
  private Path input;
  private Cli cli;

  @FunctionalInterface
  private interface Database {
    Connection connect() throws SQLException;
  }

  @BeforeEach
  void generate() {
    input = folder.resolve("input.jsonl");
    ManyOrders.write(input, ORDERS);
    cli = new Cli(folder.resolve("data"));
  }

  @Test
  void importIntoSqliteThatIsKilledIsJustBegunAgain() throws Exception {
    Database database = sqlite();
    assertIsJustBegunAgain(database, 20261123);
    assertThat(number(database, "SELECT COUNT(*) FROM pragma_foreign_key_check")).isZero();
    assertThat(
            number(
                database,
                "SELECT COUNT(*) FROM pragma_integrity_check WHERE integrity_check <> 'ok'"))
        .isZero();
  }

  @Test
  void importIntoPostgresqlThatIsKilledIsJustBegunAgain() throws Exception {
    PostgresConfig config = Postgres.empty();
    cli.on(config);
    assertIsJustBegunAgain(
        () ->
            DriverManager.getConnection(
                config.url(), config.user(), config.password().orElseThrow()),
        20261127);
  }

  /** The first import of a new store leaves indexes until its end. */
  @Test
  void theNextVerbBuildsTheIndexesOfAnImportThatWasKilled() throws Exception {
    Database database = sqlite();
    cli.done("account add tester");
    byte[] bytes = Files.readAllBytes(input);
    killAt(bytes, bytes.length - 100, "1000", () -> number(database, ORDERS_THERE) > 0);
    assertThat(number(database, "SELECT COUNT(*) FROM postponed_index")).isPositive();
    assertThat(number(database, ORDERS_THERE)).isPositive();
    assertWhole(database);

    Run list = cli.run("order list --domain *.example.com --json");

    assertThat(list.lines()).as(list.err()).isNotEmpty();
    assertThat(list.err()).contains("lacks indexes that an import left until its end");
    assertThat(number(database, "SELECT COUNT(*) FROM postponed_index")).isZero();
    assertThat(number(database, "SELECT COUNT(*) FROM postponed_term")).isZero();
    assertThat(cli.run("", "import", input.toString()).exit()).isZero();
    Cli whole = new Cli(folder.resolve("whole"));
    assertThat(whole.run("", "import", input.toString()).exit()).isZero();
    assertThat(orders(cli)).isEqualTo(orders(whole));
  }

  @Test
  void importWhoseIndexesCannotBeBuiltIsDoneAndSaysSo() throws Exception {
    Database database = sqlite();
    cli.done("account add tester");
    try (Connection connection = database.connect();
        Statement statement = connection.createStatement()) {
      statement.execute(
          "CREATE TRIGGER full BEFORE DELETE ON postponed_index"
              + " BEGIN SELECT RAISE(ABORT, 'no room'); END");
    }
    Run done = cli.run("", "import", input.toString());
    assertThat(done.exit()).isZero();
    assertThat(done.out()).contains("Imported ");
    assertThat(done.err())
        .contains("The import is done, but the indexes are not complete")
        .contains("no room");
    assertThat(number(database, ORDERS_THERE)).isEqualTo(ORDERS);
  }

  private Database sqlite() {
    String url = "jdbc:sqlite:" + folder.resolve("data/certcollect.sqlite");
    return () -> DriverManager.getConnection(url);
  }

  private void assertIsJustBegunAgain(Database database, long seed) throws Exception {
    cli.done("account add tester");
    byte[] bytes = Files.readAllBytes(input);
    Random random = new Random(seed);
    long before = 0;
    int grown = 0;
    for (int kill = 1; kill <= KILLS; kill++) {
      // Further each time, to anywhere in a batch of orders.
      int step = bytes.length / (KILLS + 1);
      killAt(bytes, kill * step + random.nextInt(step), BATCH, () -> true);
      assertWhole(database);
      long there = number(database, ORDERS_THERE);
      assertThat(there).isBetween(before, ORDERS - 1L);
      grown += there > before ? 1 : 0;
      before = there;
    }
    assertThat(grown).as("imports that were killed in mid-work").isGreaterThanOrEqualTo(KILLS / 2);

    Run last = cli.run("", "import", input.toString());

    assertThat(last.exit()).as(last.err()).isZero();
    assertWhole(database);
    Cli whole = new Cli(folder.resolve("whole"));
    assertThat(whole.run("", "import", input.toString()).exit()).isZero();
    assertThat(orders(cli)).isEqualTo(orders(whole));
    assertThat(number(database, ORDERS_THERE)).isEqualTo(ORDERS);
  }

  /**
   * Kills it once it has taken so many bytes and a condition holds. It cannot have ended by itself:
   * to it, more may come.
   */
  private void killAt(byte[] bytes, int count, String batch, Callable<Boolean> condition)
      throws Exception {
    Process process =
        Children.start(folder, "-Xmx256m", cli.environment(), "import", "-", "--batch", batch);
    try (OutputStream out = process.getOutputStream()) {
      out.write(bytes, 0, count);
      out.flush();
      long start = System.nanoTime();
      while (!condition.call()) {
        assertThat(process.isAlive()).isTrue();
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(GENEROUS);
        LockSupport.parkNanos(2_000_000);
      }
      process.toHandle().destroyForcibly();
      assertThat(process.waitFor()).isEqualTo(KILLED);
    } catch (IOException e) {
      throw new AssertionError(Files.readString(folder.resolve("out.txt")), e);
    } finally {
      process.toHandle().destroyForcibly();
    }
  }

  /** No order lacks what belongs to it, and nothing is there without its order. */
  private static void assertWhole(Database database) throws SQLException {
    for (String table : List.of("certificate", "signing_request", "event")) {
      assertThat(
              number(
                  database,
                  "SELECT COUNT(*) FROM "
                      + table
                      + " WHERE order_number IS NOT NULL"
                      + " AND order_number NOT IN (SELECT number FROM orders)"))
          .as(table)
          .isZero();
    }
    assertThat(
            number(
                database,
                "SELECT COUNT(*) FROM orders o LEFT JOIN"
                    + " (SELECT order_number, MAX(id) AS newest FROM certificate"
                    + " GROUP BY order_number) c ON c.order_number = o.number"
                    + " WHERE o.certificate_id IS DISTINCT FROM c.newest"))
        .isZero();
    assertThat(
            number(
                database,
                "SELECT COUNT(*) FROM orders o LEFT JOIN"
                    + " (SELECT order_number, MAX(id) AS last FROM event GROUP BY order_number) l"
                    + " ON l.order_number = o.number LEFT JOIN event e ON e.id = l.last"
                    + " WHERE e.to_state IS DISTINCT FROM o.state"))
        .isZero();
  }

  private static long number(Database database, String sql) throws SQLException {
    try (Connection connection = database.connect();
        Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery(sql)) {
      result.next();
      return result.getLong(1);
    }
  }

  /** Without the certificates' ids, which are drawn anew in each attempt. */
  private static String orders(Cli cli) {
    return cli.run("export")
        .out()
        .lines()
        .filter(line -> line.contains("\"order\""))
        .map(line -> line.replaceAll("\"id\":[0-9]+,", ""))
        .toList()
        .toString();
  }
}
