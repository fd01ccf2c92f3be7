package org.certcollect.server.nodes;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.certcollect.server.config.AuthConfig;
import org.certcollect.server.testing.TestServer;
import org.certcollect.server.testing.TestServer.Settings;
import org.certcollect.store.jdbc.postgres.PostgresConfig;
import org.certcollect.store.testing.Postgres;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two servers on one database or file, changed and asked at random, by many threads at once. */
@Tag("drill")
class RandomChangesTest {
  private static final long SEED = 20261123;
  private static final int RESELLERS = 4;
  private static final int READERS = 4;

  /** The minimum number of requests of each reader, and of changes of each reseller meanwhile. */
  private static final int REQUESTS = 300;

  private static final int CHANGES = 30;

  /** Settings that throttle nobody, because the readers send wrong passwords, too. */
  private static final Settings PATIENT =
      Settings.DEFAULT.with(
          new AuthConfig(1_000, Duration.ofMinutes(10), 1_000_000, 1_000_000, 1_000));

  @Test
  void onPostgresqlNoAnswerIsOlderThanTheLastChangeThatWasAcknowledgedBeforeItsRequest()
      throws Exception {
    PostgresConfig database = Postgres.empty();
    assertNoAnswerIsOld(() -> TestServer.on(database, PATIENT));
  }

  /** On SQLite the event loops answer, from their caches. */
  @Test
  void onSqliteNoAnswerIsOlderThanTheLastChangeThatWasAcknowledgedBeforeItsRequest(
      @TempDir Path folder) throws Exception {
    Path file = folder.resolve("store.db");
    assertNoAnswerIsOld(() -> TestServer.on(file, PATIENT));
  }

  private static void assertNoAnswerIsOld(Supplier<TestServer> node) throws Exception {
    try (TestServer one = node.get();
        TestServer other = node.get()) {
      List<TestServer> nodes = List.of(one, other);
      List<Reseller> resellers = new ArrayList<>();
      for (int i = 0; i < RESELLERS; i++) {
        resellers.add(new Reseller(i, nodes, SEED + i));
      }
      AtomicInteger reading = new AtomicInteger(READERS);
      CountDownLatch changing = new CountDownLatch(RESELLERS);
      ExecutorService threads = Executors.newFixedThreadPool(RESELLERS + READERS);
      try {
        List<Future<Integer>> changes = new ArrayList<>();
        for (Reseller reseller : resellers) {
          changes.add(threads.submit(() -> change(reseller, reading, changing)));
        }
        List<Future<Integer>> sharp = new ArrayList<>();
        for (int i = 0; i < READERS; i++) {
          Reader reader = new Reader(nodes, resellers, SEED + i);
          sharp.add(threads.submit(() -> read(reader, reading, changing)));
        }
        for (Future<Integer> reader : sharp) {
          assertThat(reader.get()).as("most have one right answer").isGreaterThan(REQUESTS / 2);
        }
        for (Future<Integer> reseller : changes) {
          assertThat(reseller.get()).isGreaterThanOrEqualTo(CHANGES);
        }
      } finally {
        reading.set(0);
        threads.shutdownNow();
      }
    }
  }

  /** Makes changes while somebody asks, and returns their number. */
  private static int change(Reseller reseller, AtomicInteger reading, CountDownLatch changing) {
    int changes = 0;
    try {
      while (reading.get() > 0) {
        reseller.change();
        changes++;
        if (changes == CHANGES) {
          changing.countDown();
        }
      }
    } finally {
      changing.countDown();
    }
    return changes;
  }

  /** Sends requests, and returns the number of those that had only one right answer. */
  private static int read(Reader reader, AtomicInteger reading, CountDownLatch changing)
      throws IOException {
    try (reader) {
      for (int i = 0; i < REQUESTS || changing.getCount() > 0; i++) {
        reader.ask();
      }
      return reader.sharp();
    } finally {
      reading.decrementAndGet();
    }
  }
}
