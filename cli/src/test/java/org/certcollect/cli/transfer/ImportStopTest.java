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
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.certcollect.cli.Cli;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** An operator ends an import with a signal. */
@Timeout(value = 2, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ImportStopTest {
  private static final int ORDERS = 1_500;
  private static final int ENOUGH = 1_000;

  /** The exit code of a process that SIGTERM ended. */
  private static final int TERMINATED = 128 + 15;

  @TempDir private Path folder;

  @Test
  void itSaysHowFarItCameAndWhatToDo() throws Exception {
    Path input = folder.resolve("input.jsonl");
    ManyOrders.write(input, ORDERS);
    Cli cli = new Cli(folder.resolve("data"));
    cli.done("account add tester");
    Process process =
        Children.start(folder, "-Xmx256m", cli.environment(), "import", "-", "--batch", "100");
    // To the import, more may come.
    try (OutputStream out = process.getOutputStream()) {
      out.write(Files.readAllBytes(input));
      out.flush();
      while (ordersThere() < ENOUGH) {
        assertThat(process.isAlive()).as(said()).isTrue();
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
      }

      process.destroy();

      assertThat(process.waitFor()).isEqualTo(TERMINATED);
    } finally {
      process.destroyForcibly();
    }

    assertThat(said())
        .containsPattern("^The import stopped after [1-9][0-9,]* records: run it again\\.\n$");
    Cli.Run again = cli.run("", "import", input.toString());
    assertThat(again.exit()).as(again.err()).isZero();
    assertThat(ordersThere()).isEqualTo(ORDERS);
  }

  private String said() throws Exception {
    return Files.readString(folder.resolve("out.txt"));
  }

  private long ordersThere() throws SQLException {
    String url = "jdbc:sqlite:" + folder.resolve("data/certcollect.sqlite");
    try (Connection connection = DriverManager.getConnection(url);
        Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery("SELECT COUNT(*) FROM orders")) {
      result.next();
      return result.getLong(1);
    }
  }
}
