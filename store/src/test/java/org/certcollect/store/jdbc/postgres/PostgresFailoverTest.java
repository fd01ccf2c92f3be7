package org.certcollect.store.jdbc.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.certcollect.store.contract.Samples.ALICE;
import static org.certcollect.store.contract.Samples.BOTH;
import static org.certcollect.store.contract.Samples.HASH;
import static org.certcollect.store.contract.Samples.order;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.certcollect.store.Store;
import org.certcollect.store.domain.Product;
import org.certcollect.store.domain.StoreUnavailableException;
import org.certcollect.store.testing.PostgresServer;
import org.junit.jupiter.api.Test;

/** Tests of a failover from a primary to its hot standby, with two real servers. */
class PostgresFailoverTest {
  private static final Duration RECOVERY = Duration.ofSeconds(5);
  private static final int WRITERS = 4;

  private final Set<Long> acknowledged = ConcurrentHashMap.newKeySet();
  private final AtomicLong lastAcknowledged = new AtomicLong();
  private final AtomicBoolean done = new AtomicBoolean();

  @Test
  void writesGoOnSoonAfterThePromotionAndNothingAcknowledgedIsLost() throws Exception {
    try (PostgresServer primary = PostgresServer.start();
        PostgresServer standby = primary.standby()) {
      PostgresConfig config = PostgresServer.config(primary.host() + "," + standby.host(), "");
      // A commit is acknowledged only when the standby has it.
      primary.execute(
          "ALTER SYSTEM SET synchronous_standby_names = 'standby'", "SELECT pg_reload_conf()");
      try (Store store = PostgresStore.open(config, Clock.systemUTC())) {
        store.accounts().add("demo", HASH, BOTH, ALICE);
        ExecutorService threads = Executors.newFixedThreadPool(WRITERS);
        try {
          List<Future<Integer>> writers = new ArrayList<>();
          for (int i = 0; i < WRITERS; i++) {
            writers.add(threads.submit(() -> write(store)));
          }
          awaitAcknowledged(200);

          primary.kill();
          standby.promote();
          long promoted = System.nanoTime();

          int before = acknowledged.size();
          awaitAcknowledged(before + WRITERS);
          Duration took = Duration.ofNanos(lastAcknowledged.get() - promoted);
          assertThat(took).isLessThan(RECOVERY);
          done.set(true);
          for (Future<Integer> writer : writers) {
            assertThat(writer.get()).isPositive();
          }
        } finally {
          done.set(true);
          threads.shutdownNow();
        }
      }
      assertAllThere(standby.config());
    }
  }

  private int write(Store store) {
    int written = 0;
    while (!done.get()) {
      try {
        acknowledged.add(store.orders().add(order("demo", Product.SSL), ALICE).number());
        lastAcknowledged.set(System.nanoTime());
        written++;
      } catch (StoreUnavailableException e) {
        // Again.
      }
    }
    return written;
  }

  private void awaitAcknowledged(int count) {
    long end = System.nanoTime() + Duration.ofSeconds(20).toNanos();
    while (acknowledged.size() < count) {
      assertThat(System.nanoTime()).as("%d orders in time", count).isLessThan(end);
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1));
    }
  }

  private void assertAllThere(PostgresConfig config) {
    try (Store store = PostgresStore.open(config, Clock.systemUTC())) {
      for (long number : acknowledged) {
        assertThat(store.orders().find(number)).as("order %d", number).isPresent();
      }
    }
  }
}
