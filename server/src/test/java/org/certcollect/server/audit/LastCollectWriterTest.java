package org.certcollect.server.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.certcollect.protocol.Endpoint;
import org.certcollect.protocol.StatusCode;
import org.certcollect.server.auth.RequestSource;
import org.certcollect.server.collect.AnsweredRequest;
import org.certcollect.server.testing.Await;
import org.certcollect.server.testing.TestLog;
import org.certcollect.server.testing.TestServer;
import org.certcollect.store.LastCollects;
import org.certcollect.store.domain.Product;
import org.junit.jupiter.api.Test;

class LastCollectWriterTest {
  private static AnsweredRequest collected(long order) {
    return new AnsweredRequest(
        "id",
        Endpoint.COLLECT_SSL.title(),
        RequestSource.of("192.0.2.1"),
        false,
        Optional.empty(),
        OptionalLong.empty(),
        OptionalLong.of(order),
        Optional.empty(),
        StatusCode.ATTACHED,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Map.of(),
        Duration.ZERO);
  }

  /** Broke once: those of the transactions before the one that failed were counted too. */
  @Test
  void onlyTheCollectsThatAreNotKeptAreTold() throws SQLException {
    try (TestServer server = TestServer.start();
        TestLog log = TestLog.json()) {
      server.quickAccount("reseller", "right");
      server.order("reseller", Product.SSL, 5);
      server.order("reseller", Product.SSL, 5_000);
      try (LastCollectWriter writer = new LastCollectWriter(server.store().lastCollects())) {
        for (long order = 1; order <= 1_000; order++) {
          writer.answered(collected(order));
        }
        writer.answered(collected(5_000));
        execute(
            server.database(),
            "CREATE TRIGGER fails BEFORE INSERT ON last_collect WHEN new.order_number = 5000"
                + " BEGIN SELECT RAISE(ABORT, 'no'); END");
      }
      assertThat(server.store().lastCollects().of(5)).isPresent();
      assertThat(log.lines("could not be kept"))
          .singleElement()
          .asString()
          .contains("\"orders\":1}", "\"problem\":\"")
          .doesNotContain("Exception");
      execute(server.database(), "DROP TRIGGER fails");
    }
  }

  /** An outage filled the log with what was not so: all waited, and were written after it. */
  @Test
  void collectsThatWaitAreToldOnceAndNotCalledLost() throws SQLException {
    try (TestServer server = TestServer.start();
        TestLog log = TestLog.json()) {
      server.quickAccount("reseller", "right");
      server.order("reseller", Product.SSL, 5);
      execute(server.database(), "ALTER TABLE last_collect RENAME TO away");
      LastCollects store = server.store().lastCollects();
      AtomicInteger tries = new AtomicInteger();
      LastCollects counted =
          new LastCollects() {
            @Override
            public void put(Collection<LastCollect> collects, Consumer<List<LastCollect>> done) {
              tries.addAndGet(collects.size());
              store.put(collects, done);
            }

            @Override
            public Optional<LastCollect> of(long order) {
              return store.of(order);
            }
          };
      try (LastCollectWriter writer = new LastCollectWriter(counted, Duration.ofMillis(5))) {
        writer.answered(collected(5));
        Await.until("it was tried often", () -> tries.get() > 3);
        execute(server.database(), "ALTER TABLE away RENAME TO last_collect");
      }
      assertThat(server.store().lastCollects().of(5)).isPresent();
      assertThat(log.lines("The last collects"))
          .singleElement()
          .asString()
          .contains("\"problem\":\"")
          .doesNotContain("could not be kept", "Exception");
    }
  }

  /** A write that failed during the close was told as lost, although the last one kept all. */
  @Test
  void writeThatFailsDuringTheCloseIsNotLost() throws Exception {
    try (TestLog log = TestLog.json()) {
      StuckStore store = new StuckStore(1);
      closeDuringAWrite(store);
      assertThat(store.kept).containsExactly(5L);
      assertThat(log.lines("The last collects"))
          .singleElement()
          .asString()
          .doesNotContain("could not be kept");
    }
  }

  @Test
  void lostCollectsAreToldOnce() throws Exception {
    try (TestLog log = TestLog.json()) {
      closeDuringAWrite(new StuckStore(Integer.MAX_VALUE));
      assertThat(log.lines("could not be kept"))
          .singleElement()
          .asString()
          .contains("\"orders\":1}");
    }
  }

  /** Closes a writer while its timer writes to a store, and then lets that write fail. */
  private static void closeDuringAWrite(StuckStore store) throws InterruptedException {
    LastCollectWriter writer = new LastCollectWriter(store, Duration.ofMillis(5));
    writer.answered(collected(5));
    store.entered.await();
    Thread closing = new Thread(writer::close);
    closing.start();
    Await.until("the close waits", () -> closing.getState() == Thread.State.BLOCKED);
    store.released.countDown();
    closing.join();
  }

  /** A store whose first writes fail, the very first one only when it is released. */
  private static final class StuckStore implements LastCollects {
    private final CountDownLatch entered = new CountDownLatch(1);
    private final CountDownLatch released = new CountDownLatch(1);
    private final List<Long> kept = new CopyOnWriteArrayList<>();
    private final AtomicInteger failures;

    private StuckStore(int failures) {
      this.failures = new AtomicInteger(failures);
    }

    @Override
    public void put(Collection<LastCollect> collects, Consumer<List<LastCollect>> done) {
      if (collects.isEmpty()) {
        return;
      }
      entered.countDown();
      try {
        released.await();
      } catch (InterruptedException e) {
        throw new AssertionError(e);
      }
      if (failures.getAndDecrement() > 0) {
        throw new IllegalStateException("no");
      }
      collects.forEach(collect -> kept.add(collect.order()));
      done.accept(List.copyOf(collects));
    }

    @Override
    public Optional<LastCollect> of(long order) {
      return Optional.empty();
    }
  }

  private static void execute(Path database, String sql) throws SQLException {
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + database);
        Statement statement = connection.createStatement()) {
      boolean unused = statement.execute(sql);
    }
  }
}
