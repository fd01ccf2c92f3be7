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
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.certcollect.cli.Cli;
import org.junit.jupiter.api.BeforeEach;
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
  private Path input;
  private Path rejects;
  private Cli cli;

  @FunctionalInterface
  private interface Condition {
    boolean isMet() throws Exception;
  }

  @BeforeEach
  void generate() throws IOException {
    input = folder.resolve("input.jsonl");
    rejects = folder.resolve("rejects.jsonl");
    ManyOrders.write(input, ORDERS);
    cli = new Cli(folder.resolve("data"));
    cli.done("account add tester");
  }

  @Test
  void itSaysHowFarItCameAndWhatToDo() throws Exception {
    stop(() -> ordersThere() >= ENOUGH);

    assertThat(said())
        .containsPattern(
            "(?m)^The import stopped after at least [1-9][0-9,]* records: run it again\\.$");
    Cli.Run again = cli.run("", "import", input.toString());
    assertThat(again.exit()).as(again.err()).isZero();
    assertThat(ordersThere()).isEqualTo(ORDERS);
  }

  @Test
  void whatWasRejectedIsInTheFile() throws Exception {
    addBadLine();

    stop(() -> ordersThere() >= ENOUGH, "--rejects", rejects.toString());

    assertThat(said()).contains(" records: run it again with --force.");
    assertThat(Files.readAllLines(rejects)).singleElement().asString().startsWith("{\"line\":2,");
    Cli.Run again =
        cli.run("", "import", input.toString(), "--rejects", rejects.toString(), "--force");
    assertThat(again.err()).contains(": 1 of 1,5");
    assertThat(ordersThere()).isEqualTo(ORDERS);
    assertThat(Files.readAllLines(rejects)).hasSize(1);
  }

  @Test
  void aDryRunSaysThatItChangedNothing() throws Exception {
    addBadLine();

    stop(() -> !said(rejects).isEmpty(), "--dry-run", "--rejects", rejects.toString());

    assertThat(said())
        .containsPattern(
            "(?m)^The dry run stopped after at least [0-9,]+ records? and changed nothing in the"
                + " store: run it again with --force\\.$");
    assertThat(ordersThere()).isZero();
  }

  private void addBadLine() throws IOException {
    List<String> lines = new ArrayList<>(Files.readAllLines(input));
    lines.add(1, "{\"type\":\"none\"}");
    Files.write(input, lines);
  }

  /** Ends an import with a signal as soon as a condition is met. To the import, more may come. */
  private void stop(Condition condition, String... options) throws Exception {
    List<String> arguments = new ArrayList<>(List.of("import", "-", "--batch", "100"));
    arguments.addAll(List.of(options));
    Process process =
        Children.start(folder, "-Xmx256m", cli.environment(), arguments.toArray(String[]::new));
    try (OutputStream out = process.getOutputStream()) {
      out.write(Files.readAllBytes(input));
      out.flush();
      while (!condition.isMet()) {
        assertThat(process.isAlive()).as(said()).isTrue();
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
      }

      // Process.destroy would close its input, too.
      assertThat(process.toHandle().destroy()).isTrue();

      assertThat(process.waitFor()).isEqualTo(TERMINATED);
      assertThat(said()).containsOnlyOnce(" stopped after ").doesNotContain("mported ");
    } finally {
      process.destroyForcibly();
    }
  }

  private String said() throws IOException {
    return said(folder.resolve("out.txt"));
  }

  private static String said(Path file) throws IOException {
    return Files.exists(file) ? Files.readString(file) : "";
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
