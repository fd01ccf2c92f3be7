package org.certcollect.store.jdbc.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.certcollect.store.contract.Samples.ALICE;
import static org.certcollect.store.contract.Samples.BOTH;
import static org.certcollect.store.contract.Samples.HASH;
import static org.certcollect.store.contract.Samples.chain;
import static org.certcollect.store.contract.Samples.order;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.AbstractList;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.certcollect.store.Store;
import org.certcollect.store.domain.OrderState;
import org.certcollect.store.domain.Product;
import org.certcollect.store.domain.StoreException;
import org.certcollect.store.domain.StoreUnavailableException;
import org.certcollect.store.jdbc.Database;
import org.certcollect.store.testing.FaultProxy;
import org.certcollect.store.testing.Postgres;
import org.certcollect.store.transfer.CaRecord;
import org.certcollect.store.transfer.CertificateRecord;
import org.certcollect.store.transfer.OrderRecord;
import org.certcollect.store.transfer.Outcome;
import org.certcollect.store.transfer.TransferRecord;
import org.certcollect.store.x509.Certificate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests of which failed changes are repeated, and which must not be. */
@Tag("drill")
class PostgresRepeatTest {
  private final FaultProxy proxy = new FaultProxy(Postgres.server().port());
  private final PostgresConfig config = Postgres.empty(proxy.host());
  private Store store;
  private long number;

  @BeforeEach
  void openStore() {
    store = PostgresStore.open(config, Clock.systemUTC());
    store.accounts().add("demo", HASH, BOTH, ALICE);
    number = store.orders().add(order("demo", Product.SSL), ALICE).number();
  }

  @AfterEach
  void closeAll() {
    store.close();
    proxy.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"40001", "40P01", "08006", "53300", "57P01", "57P02", "57P03", "25006"})
  void aChangeThatFailsForACauseThatPassesIsMadeAgain(String state) throws SQLException {
    failTheFirst(3, state);

    assertThat(store.orders().pay(number, ALICE).state()).isEqualTo(OrderState.PROCESSING);

    assertThat(tries()).isEqualTo(4);
    assertThat(store.events().ofOrder(number)).hasSize(2);
  }

  @Test
  void aChangeThatFailsForEverIsGivenUp() throws SQLException {
    failTheFirst(1_000_000, "40001");

    assertThatThrownBy(() -> store.orders().pay(number, ALICE))
        .isInstanceOf(StoreUnavailableException.class)
        .hasMessageContaining("try again");

    assertThat(tries()).isEqualTo(20);
    assertThat(store.orders().find(number).orElseThrow().state())
        .isEqualTo(OrderState.AWAITING_PAYMENT);
  }

  @ParameterizedTest
  @ValueSource(strings = {"P0001", "23505", "57014"})
  void aChangeThatFailsForAnotherCauseIsNotMadeAgain(String state) throws SQLException {
    failTheFirst(1, state);

    assertThatThrownBy(() -> store.orders().pay(number, ALICE)).isInstanceOf(StoreException.class);

    assertThat(tries()).isEqualTo(1);
    assertThat(store.events().ofOrder(number)).hasSize(1);
  }

  @Test
  void twoChangesThatBlockEachOtherAreBothMade() throws Exception {
    long second = store.orders().add(order("demo", Product.SSL), ALICE).number();
    // PostgreSQL looks for a deadlock after a second, and a busy machine later.
    PostgresConfig patient = config.with(2, Duration.ofSeconds(20));
    try (Database database = new PostgresEngine(patient).open()) {
      CyclicBarrier bothHoldOne = new CyclicBarrier(2);
      AtomicInteger attempts = new AtomicInteger();
      ExecutorService threads = Executors.newFixedThreadPool(2);
      try {
        List<Callable<Integer>> both =
            List.of(
                () -> touch(database, attempts, bothHoldOne, number, second),
                () -> touch(database, attempts, bothHoldOne, second, number));
        for (Future<Integer> made : threads.invokeAll(both)) {
          assertThat(made.get()).isEqualTo(2);
        }
      } finally {
        threads.shutdownNow();
      }
      assertThat(attempts).hasValue(3);
    }
  }

  @Test
  void twoLoadsThatBlockEachOtherByTheirCaCertificatesBothEndRight() throws Exception {
    PostgresConfig patient = config.with(2, Duration.ofSeconds(20));
    List<Certificate> cas = chain("chain-3").issuers();
    CyclicBarrier bothHoldOne = new CyclicBarrier(2);
    AtomicInteger attempts = new AtomicInteger();
    ExecutorService threads = Executors.newFixedThreadPool(2);
    try (Store other = PostgresStore.open(patient, Clock.systemUTC());
        Store another = PostgresStore.open(patient, Clock.systemUTC())) {
      List<Callable<List<Outcome>>> both =
          List.of(
              () -> load(other, meeting(attempts, bothHoldOne, cas.get(0), cas.get(1))),
              () -> load(another, meeting(attempts, bothHoldOne, cas.get(1), cas.get(0))));
      List<List<Outcome>> outcomes = new ArrayList<>();
      for (Future<List<Outcome>> ended : threads.invokeAll(both)) {
        outcomes.add(ended.get());
      }
      assertThat(outcomes)
          .containsExactlyInAnyOrder(
              List.of(Outcome.ADDED, Outcome.ADDED), List.of(Outcome.KNOWN, Outcome.KNOWN));
    } finally {
      threads.shutdownNow();
    }
    assertThat(attempts).as("one was a victim").hasValue(3);
    assertThat(store.caCertificates().list()).containsExactlyInAnyOrderElementsOf(cas);
    assertThat(numberOfRows("event WHERE action = 'ca.import'")).isEqualTo(2);
  }

  private static List<Outcome> load(Store node, List<TransferRecord> records) {
    return node.transfers().loader(ALICE).load(records);
  }

  /** Two records, of which the second is first read only when both loads hold their first one. */
  private static List<TransferRecord> meeting(
      AtomicInteger attempts, CyclicBarrier bothHoldOne, Certificate... cas) {
    return new AbstractList<>() {
      @Override
      public TransferRecord get(int index) {
        if (index == 1 && attempts.incrementAndGet() <= 2) {
          await(bothHoldOne);
        }
        return new CaRecord(cas[index], Optional.empty());
      }

      @Override
      public int size() {
        return cas.length;
      }
    };
  }

  /** Regression test: the cache kept a chain that had been rolled back. */
  @Test
  void anOrderThatAnotherNodeWasFirstWithIsLoadedAgainWithItsChain() throws SQLException {
    failTheFirst(1, "23505");
    Instant then = Instant.parse("2026-05-13T10:15:00Z");
    OrderRecord issued =
        new OrderRecord(
            5,
            "demo",
            Product.SSL,
            OrderState.ISSUED,
            Optional.empty(),
            then,
            then,
            List.of(new CertificateRecord(then, chain("chain-3"))),
            Optional.empty(),
            Optional.empty(),
            Optional.empty());

    assertThat(store.transfers().loader(ALICE).load(List.of(issued)))
        .containsExactly(Outcome.ADDED);

    assertThat(tries()).isEqualTo(2);
    assertThat(store.caCertificates().list()).isEqualTo(chain("chain-3").issuers());
  }

  /** A change that was committed must neither be made twice nor be refused as made already. */
  @Test
  void aChangeWhoseCommitIsNotAnsweredIsLeftInDoubt() throws Exception {
    execute("CREATE TABLE gate (id INT)");
    trigger(
        "LOCK TABLE gate IN SHARE MODE; RETURN NULL",
        "CREATE CONSTRAINT TRIGGER wait AFTER INSERT ON event DEFERRABLE INITIALLY DEFERRED");
    ExecutorService thread = Executors.newSingleThreadExecutor();
    try (Connection gatekeeper = connect();
        Statement gate = gatekeeper.createStatement()) {
      gatekeeper.setAutoCommit(false);
      gate.execute("LOCK TABLE gate IN EXCLUSIVE MODE");
      Future<?> change = thread.submit(() -> store.orders().pay(number, ALICE));
      awaitWaiting();
      proxy.loseAnswers();
      gatekeeper.commit();

      assertThatThrownBy(change::get)
          .hasCauseInstanceOf(StoreUnavailableException.class)
          .hasMessageContaining("may or may not have been made");
    } finally {
      thread.shutdownNow();
    }
    proxy.pass();
    assertThat(store.orders().find(number).orElseThrow().state()).isEqualTo(OrderState.PROCESSING);
    assertThat(store.events().ofOrder(number)).hasSize(2);
  }

  private static int touch(
      Database database, AtomicInteger attempts, CyclicBarrier bothHoldOne, long one, long other) {
    return database.change(
        session -> {
          boolean first = attempts.incrementAndGet() <= 2;
          String sql = "UPDATE orders SET reason = 'touched' WHERE number = ?";
          int touched = session.update(sql, one);
          if (first) {
            await(bothHoldOne);
          }
          return touched + session.update(sql, other);
        });
  }

  private static void await(CyclicBarrier barrier) {
    Callable<Integer> wait = () -> barrier.await(10, TimeUnit.SECONDS);
    try {
      wait.call();
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  /** Fails the first changes; a sequence counts on, whatever is rolled back. */
  private void failTheFirst(int times, String state) throws SQLException {
    execute("CREATE SEQUENCE tries");
    trigger(
        String.format(
            Locale.ROOT,
            "IF nextval('tries') <= %d THEN RAISE EXCEPTION 'injected' USING ERRCODE = '%s'; END"
                + " IF; RETURN NEW",
            times,
            state),
        "CREATE TRIGGER fail BEFORE INSERT ON event");
  }

  private void trigger(String body, String when) throws SQLException {
    execute(
        "CREATE FUNCTION fault() RETURNS TRIGGER LANGUAGE plpgsql AS 'BEGIN "
            + body.replace("'", "''")
            + "; END'");
    execute(when + " FOR EACH ROW EXECUTE FUNCTION fault()");
  }

  private int tries() throws SQLException {
    return number("SELECT last_value FROM tries");
  }

  private int numberOfRows(String from) throws SQLException {
    return number("SELECT COUNT(*) FROM " + from);
  }

  private int number(String sql) throws SQLException {
    try (Connection connection = connect();
        Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery(sql)) {
      result.next();
      return result.getInt(1);
    }
  }

  private void execute(String sql) throws SQLException {
    try (Connection connection = connect();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  /** A connection beside the store's, to its tables. */
  private Connection connect() throws SQLException {
    Connection connection = Postgres.server().connect();
    connection.setSchema(config.url().replaceFirst(".*currentSchema=", ""));
    return connection;
  }

  private static void awaitWaiting() throws SQLException {
    String waiting = "SELECT 1 FROM pg_locks WHERE NOT granted AND mode = 'ShareLock'";
    try (Connection connection = Postgres.server().connect();
        Statement statement = connection.createStatement()) {
      while (true) {
        try (ResultSet result = statement.executeQuery(waiting)) {
          if (result.next()) {
            return;
          }
        }
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5));
      }
    }
  }
}
