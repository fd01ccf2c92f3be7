package org.certcollect.cli.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.certcollect.cli.Cli;
import org.certcollect.store.testing.PostgresServer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The database goes away in the middle of an import, and comes back. */
@Timeout(value = 3, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ImportOutageTest {
  private static final int ORDERS = 2_000;
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  @TempDir private Path folder;

  @Test
  void itSaysSoAndGoesOnWhenTheDatabaseIsBack() throws Exception {
    Path input = folder.resolve("input.jsonl");
    ManyOrders.write(input, ORDERS);
    try (PostgresServer server = PostgresServer.start()) {
      // A new JVM on a busy machine needs longer than a request has.
      Cli cli =
          new Cli(folder.resolve("data"))
              .on(server.config())
              .with("CERTCOLLECT_STORE_DEADLINE", "30s");
      cli.done("account add tester");
      Process process;
      try (Connection gatekeeper = server.connect();
          Statement gate = gatekeeper.createStatement()) {
        gatekeeper.setAutoCommit(false);
        gate.execute("LOCK TABLE orders IN EXCLUSIVE MODE");
        process = Children.start(folder, "-Xmx256m", cli.environment(), "import", input.toString());
        await(() -> isAnyoneWaiting(server));
        server.kill();
      }
      try {
        await(() -> said().contains("trying on"));
        server.startAgain();
        assertThat(process.waitFor()).as(said()).isZero();
      } finally {
        process.destroyForcibly();
      }

      assertThat(said())
          .contains("no connection", "connected again")
          .doesNotContain("The import stopped");
      assertThat(cli.run("export").lines())
          .filteredOn(l -> l.contains("\"order\""))
          .hasSize(ORDERS);
    }
  }

  private String said() throws Exception {
    return Files.readString(folder.resolve("out.txt"));
  }

  private static boolean isAnyoneWaiting(PostgresServer server) throws Exception {
    try (Connection connection = server.connect();
        Statement statement = connection.createStatement();
        ResultSet waiting = statement.executeQuery("SELECT 1 FROM pg_locks WHERE NOT granted")) {
      return waiting.next();
    }
  }

  private void await(Callable<Boolean> condition) throws Exception {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (!condition.call()) {
      assertThat(System.nanoTime()).as(said()).isLessThan(end);
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
    }
  }
}
