package org.certcollect.cli.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.certcollect.cli.Cli;
import org.certcollect.cli.Cli.Run;
import org.certcollect.cli.bench.Generate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An import is killed again and again; begun anew each time, it loses and doubles nothing. */
class ImportKillTest {
  private static final int KILLS = 10;
  private static final int ORDERS = 12_000;

  private static final String ORDERS_THERE = "SELECT COUNT(*) FROM orders";

  @TempDir private Path folder;

  @Test
  void an_import_that_is_killed_is_just_begun_again() throws Exception {
    Path input = folder.resolve("input.jsonl");
    try (OutputStream out = Files.newOutputStream(input)) {
      Generate.write(out, ORDERS, 20261123, 64);
    }
    Cli cli = new Cli(folder.resolve("data"));
    cli.done("account add tester");
    Random random = new Random(20261123);
    for (int cycle = 0; cycle < KILLS; cycle++) {
      long there = number(ORDERS_THERE);
      killAt(input, there + 1 + random.nextInt(2 * ORDERS / KILLS));
      assertWhole();
    }

    Run last = cli.run("", "import", input.toString());

    assertThat(last.exit()).as(last.err()).isZero();
    assertWhole();
    Run whole = new Cli(folder.resolve("whole")).run("", "import", input.toString());
    assertThat(whole.exit()).isZero();
    assertThat(orders(cli)).isEqualTo(orders(new Cli(folder.resolve("whole"))));
    assertThat(number(ORDERS_THERE)).isEqualTo(ORDERS);
  }

  /** Kills it when it has so many orders, or has ended. */
  private void killAt(Path input, long orders) throws Exception {
    Process process =
        Children.start(
            folder, "-Xmx256m", "--data", database().getParent().toString(), "import", "" + input);
    try {
      boolean ended = false;
      while (!ended && number(ORDERS_THERE) < orders) {
        ended = process.waitFor(2, TimeUnit.MILLISECONDS);
      }
    } finally {
      process.toHandle().destroyForcibly();
      process.waitFor();
    }
  }

  /** No order lacks what belongs to it, and nothing is there without its order. */
  private void assertWhole() throws SQLException {
    assertThat(number("SELECT COUNT(*) FROM pragma_foreign_key_check")).isZero();
    assertThat(number("SELECT COUNT(*) FROM pragma_integrity_check WHERE integrity_check <> 'ok'"))
        .isZero();
    assertThat(
            number(
                "SELECT COUNT(*) FROM orders o WHERE state IN ('ISSUED', 'REVOKED') AND"
                    + " certificate_id IS NOT (SELECT MAX(id) FROM certificate c"
                    + " WHERE c.order_number = o.number)"))
        .isZero();
    assertThat(
            number(
                "SELECT COUNT(*) FROM orders o WHERE (SELECT MAX(to_state) FROM event e WHERE e.id ="
                    + " (SELECT MAX(id) FROM event l WHERE l.order_number = o.number))"
                    + " IS NOT o.state"))
        .isZero();
  }

  private long number(String sql) throws SQLException {
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + database());
        Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery(sql)) {
      return result.getLong(1);
    }
  }

  private Path database() {
    return folder.resolve("data/certcollect.sqlite");
  }

  private static String orders(Cli cli) {
    return cli.run("export")
        .out()
        .lines()
        .filter(line -> line.contains("\"order\""))
        .toList()
        .toString();
  }
}
