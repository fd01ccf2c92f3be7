package org.certcollect.store.jdbc.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import org.certcollect.store.Store;
import org.certcollect.store.testing.CrashWriter;
import org.certcollect.store.testing.Crashes;
import org.certcollect.store.testing.Crashes.Acknowledged;
import org.certcollect.store.testing.PostgresServer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/**
 * A test that kills a writing process, and in every second cycle the database with it, again and
 * again. Every change that was acknowledged must be in the store.
 */
@Execution(ExecutionMode.CONCURRENT)
@Tag("drill")
class PostgresCrashTest {
  private static final int CYCLES = Integer.getInteger("crash.cycles", 2);

  @TempDir private Path folder;

  @Test
  void nothingAcknowledgedIsMissingAfterAKill() throws Exception {
    Crashes crashes = new Crashes(folder);
    Map<String, Acknowledged> all = new LinkedHashMap<>();
    Random random = new Random(20261128);
    try (PostgresServer server = PostgresServer.start("synchronous_commit=on")) {
      for (int cycle = 0; cycle < CYCLES; cycle++) {
        boolean database = cycle % 2 == 1;
        Map<String, Acknowledged> now =
            crashes.writeAndKill(
                server.port(),
                cycle,
                Crashes.changes(random, cycle, CYCLES),
                database ? server::kill : () -> {},
                what -> {});
        if (database) {
          server.startAgain();
        }
        all.putAll(now);
        assertThereAre(server, cycle == CYCLES - 1 ? all : now);
      }
    }
    assertThat(all).hasSizeGreaterThan(CYCLES);
  }

  private static void assertThereAre(PostgresServer server, Map<String, Acknowledged> changes) {
    try (Store store = PostgresStore.open(CrashWriter.patient(server.host()), Clock.systemUTC())) {
      changes.forEach((what, last) -> Crashes.assertThere(store, what, last));
    }
  }
}
