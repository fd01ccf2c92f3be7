package org.certcollect.store.jdbc.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.certcollect.store.contract.Samples.ALICE;
import static org.certcollect.store.contract.Samples.HASH;
import static org.junit.jupiter.api.parallel.ExecutionMode.CONCURRENT;

import java.nio.file.Path;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.certcollect.store.Collects.AccountAndOrder;
import org.certcollect.store.NonBlockingCollects;
import org.certcollect.store.Store;
import org.certcollect.store.jdbc.Database;
import org.certcollect.store.jdbc.Row;
import org.certcollect.store.testing.Crashes;
import org.certcollect.store.testing.Crashes.Acknowledged;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Tests that kill a writing process again and again. Every change that it acknowledged must be in
 * the store. {@code -Dcrash.cycles=1000} does it more often than the build, which has one kill for
 * each part of a process's changes, from the first one on.
 */
@Tag("drill")
class CrashTest {
  private static final int CYCLES = Integer.getInteger("crash.cycles", 24);

  @TempDir private Path folder;
  private Crashes crashes;

  @BeforeEach
  void prepare() {
    crashes = new Crashes(folder);
  }

  @ParameterizedTest
  @ValueSource(longs = {20261123, 20261124})
  @Execution(CONCURRENT)
  void nothingAcknowledgedIsMissingAfterAKill(long seed) throws Exception {
    Path file = folder.resolve("store.sqlite");
    Map<String, Acknowledged> all = new LinkedHashMap<>();
    Random random = new Random(seed);
    int cycles = CYCLES / 2;
    for (int cycle = 0; cycle < cycles; cycle++) {
      Map<String, Acknowledged> now =
          crashes.writeAndKill(
              file, cycle, Crashes.changes(random, cycle, cycles), () -> {}, what -> {});
      try (Store store = SqliteStore.open(file, Clock.systemUTC())) {
        now.forEach((what, last) -> Crashes.assertThere(store, what, last));
      }
      assertThat(integrity(file)).as("cycle %d", cycle).isEqualTo("ok");
      all.putAll(now);
    }
    try (Store store = SqliteStore.open(file, Clock.systemUTC())) {
      all.forEach((what, last) -> Crashes.assertThere(store, what, last));
    }
    assertThat(all).hasSizeGreaterThan(cycles);
  }

  /**
   * After a refresh, a session with caches reads the same as any other, whichever process recovered
   * the file.
   */
  @Test
  @Execution(CONCURRENT)
  void cachesAreNeverOutdatedAfterAnotherProcessIsKilled() throws Exception {
    Path file = folder.resolve("store.sqlite");
    Random random = new Random(20261125);
    try (Store store = SqliteStore.open(file, Clock.systemUTC());
        NonBlockingCollects nonBlocking = store.nonBlockingCollects().orElseThrow()) {
      int cycles = CYCLES / 4;
      for (int cycle = 0; cycle < cycles; cycle++) {
        String login = "demo" + cycle;
        Map<String, Acknowledged> now =
            crashes.writeAndKill(
                file,
                cycle,
                Crashes.changes(random, cycle, cycles),
                () -> {},
                what -> assertThat(look(nonBlocking, login, what)).as(what).isPresent());
        if (random.nextBoolean()) {
          nonBlocking.refresh();
        }
        try (Store other = SqliteStore.open(file, Clock.systemUTC())) {
          assertUpToDate(nonBlocking, other, login, now.keySet());
          other.accounts().setPassword(login, HASH, ALICE);
          assertUpToDate(nonBlocking, other, login, now.keySet());
        }
      }
    }
  }

  private static void assertUpToDate(
      NonBlockingCollects nonBlocking, Store other, String login, Set<String> all) {
    for (String what : all) {
      Optional<AccountAndOrder> fresh = other.collects().byLogin(login, Crashes.number(what));
      assertThat(look(nonBlocking, login, what)).as(what).isEqualTo(fresh);
    }
  }

  private static Optional<AccountAndOrder> look(
      NonBlockingCollects nonBlocking, String login, String what) {
    nonBlocking.refresh();
    return nonBlocking.byLogin(login, Crashes.number(what));
  }

  private static String integrity(Path file) {
    try (Database database = new SqliteEngine(file).open(1, 1)) {
      return database.read(s -> s.first("PRAGMA integrity_check", Row::text)).orElseThrow();
    }
  }
}
