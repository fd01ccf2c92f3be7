package org.certcollect.store.jdbc.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.certcollect.store.contract.Samples.ALICE;
import static org.certcollect.store.contract.Samples.BOTH;
import static org.certcollect.store.contract.Samples.HASH;

import java.sql.SQLException;
import java.sql.SQLTimeoutException;
import java.sql.SQLTransientConnectionException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.certcollect.store.Store;
import org.certcollect.store.domain.StoreUnavailableException;
import org.certcollect.store.jdbc.BrokenHashes;
import org.certcollect.store.jdbc.Database;
import org.certcollect.store.jdbc.Deadline;
import org.certcollect.store.jdbc.Migration;
import org.certcollect.store.jdbc.Migrator;
import org.certcollect.store.jdbc.OlderOrders;
import org.certcollect.store.jdbc.Row;
import org.certcollect.store.testing.FaultProxy;
import org.certcollect.store.testing.Postgres;
import org.certcollect.store.testing.PostgresServer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Tag("drill")
class PostgresStoreTest {
  private static final Duration SHORT = Duration.ofSeconds(3);
  private static final String WAITING =
      "SELECT pid FROM pg_locks WHERE relation = CAST('orders' AS regclass) AND NOT granted";

  private final PostgresConfig config = Postgres.empty();

  @Test
  void storedDataIsThereAfterTheNextOpen() {
    try (Store store = open(config)) {
      store.accounts().add("demo", HASH, BOTH, ALICE);
    }
    try (Store store = open(config)) {
      assertThat(store.accounts().find("demo")).isPresent();
    }
  }

  @Test
  void manyMayOpenAnEmptyDatabaseAtOnce() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(8);
    try {
      List<Callable<Store>> openers = new ArrayList<>();
      for (int i = 0; i < 8; i++) {
        openers.add(() -> open(config.with(1, Duration.ofSeconds(10))));
      }
      for (Future<Store> opened : threads.invokeAll(openers)) {
        try (Store store = opened.get()) {
          assertThat(store.check().ok()).isTrue();
        }
      }
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  @Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
  void anotherPasswordIsTriedAndThenUsedForNewConnections() {
    PostgresConfig wrong =
        new PostgresConfig(
            config.url(), config.user(), Optional.of("old"), 2, Duration.ofSeconds(1));
    try (AwaitedPostgresStore awaited = new AwaitedPostgresStore(wrong, Clock.systemUTC())) {
      assertThatThrownBy(() -> awaited.open(true, () -> {}, unused -> {}))
          .hasMessageContaining("refuses this user");
      assertThatThrownBy(() -> awaited.requireAccepted(Optional.of("s3cret")))
          .isInstanceOf(StoreUnavailableException.class)
          .hasMessageContaining("refuses this user")
          .hasMessageNotContaining("s3cret");
      // Broke once: it was tried, and a renewed TLS certificate was not taken because of it.
      awaited.requireAccepted(wrong.password());
      awaited.requireAccepted(config.password());
      assertThatThrownBy(() -> awaited.open(true, () -> {}, unused -> {}))
          .as("it was only tried")
          .hasMessageContaining("refuses this user");
      awaited.usePassword(config.password());
      // The pool may pause after its last refusal for longer than a call waits.
      while (!isReached(awaited)) {
        assertThat(Thread.currentThread().isInterrupted()).as("by the time-out").isFalse();
        Thread.onSpinWait();
      }
      assertThat(awaited.store().check().ok()).isTrue();
    }
  }

  private static boolean isReached(AwaitedPostgresStore awaited) {
    try {
      return awaited.open(true, () -> {}, unused -> {}).isEmpty();
    } catch (StoreUnavailableException e) {
      return false;
    }
  }

  /** Broke once: the server answered -14 for ever. */
  @Test
  void aRefusalAfterTheDatabaseWasReachedEndsTheWait() {
    PostgresConfig wrong =
        new PostgresConfig(
            config.url(), config.user(), Optional.of("old"), 2, Duration.ofSeconds(1));
    try (AwaitedPostgresStore awaited = new AwaitedPostgresStore(config, Clock.systemUTC())) {
      assertThatThrownBy(
              () ->
                  awaited.open(
                      true,
                      () -> {},
                      reached ->
                          assertThat(PostgresStore.exists(wrong, Clock.systemUTC())).isTrue()))
          .isInstanceOf(StoreUnavailableException.class)
          .hasMessageContaining("refuses this user");
      assertThat(awaited.problem()).isPresent();
    }
  }

  @Test
  void anOlderStoreKeepsItsCertificatesAndGivesThemIds() {
    List<Migration> all = new PostgresEngine(config).migrations();
    PostgresEngine older = new PostgresEngine(config, all.subList(0, 2));
    try (Database database = older.open()) {
      older.migrator(database, Clock.systemUTC()).migrate();
      OlderOrders.add(database);
    }
    try (Store store = open(config)) {
      OlderOrders.assertServed(store);
    }
  }

  /** Regression test: all reads waited behind a migration that waited for pg_dump's lock. */
  @Test
  @Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
  void readsGoOnWhileAMigrationWaitsForALock() throws SQLException {
    List<Migration> all = new PostgresEngine(config).migrations();
    PostgresEngine older = new PostgresEngine(config.with(2, SHORT), all.subList(0, 2));
    try (Database database = older.open();
        Database holder = older.open()) {
      older.migrator(database, Clock.systemUTC()).migrate();
      OlderOrders.add(database);
      CompletableFuture<Store> opened =
          holder.readSnapshot(
              session -> {
                session.execute("LOCK TABLE orders IN ACCESS SHARE MODE");
                CompletableFuture<Store> opening =
                    CompletableFuture.supplyAsync(() -> open(config));
                while (database.read(s -> s.list(WAITING, Row::number)).isEmpty()) {
                  Thread.onSpinWait();
                }
                List<Long> numbers =
                    database.read(s -> s.list("SELECT number FROM orders", Row::number));
                assertThat(numbers).containsExactly(5L);
                assertThat(opening).isNotDone();
                return opening;
              });
      try (Store store = opened.join()) {
        OlderOrders.assertServed(store);
      }
    }
  }

  @Test
  void aMigrationThatGetsNoLockSaysWhatToDo() {
    PostgresEngine engine = new PostgresEngine(config);
    PostgresEngine older = new PostgresEngine(config, engine.migrations().subList(0, 2));
    try (Database database = engine.open();
        Database holder = engine.open()) {
      older.migrator(database, Clock.systemUTC()).migrate();
      Migrator migrator = engine.migrator(database, Clock.systemUTC());
      boolean locked =
          holder.readSnapshot(
              session -> {
                session.execute("LOCK TABLE orders IN ACCESS SHARE MODE");
                assertThatThrownBy(() -> PostgresStore.migrate(migrator, 1))
                    .isInstanceOf(StoreUnavailableException.class)
                    .hasMessageContaining("pg_dump")
                    .hasMessageContaining("try again");
                return true;
              });

      assertThat(locked).isTrue();
      PostgresStore.migrate(migrator, 1);
      assertThat(migrator.isComplete()).isTrue();
    }
  }

  /** Broke once: indexes of millions of orders were made, thrown away, and made again. */
  @Test
  void aMigrationThatGetsNoLockKeepsTheStepsBefore() {
    PostgresEngine engine = new PostgresEngine(config);
    PostgresEngine older = new PostgresEngine(config, engine.migrations().subList(0, 10));
    try (Database database = engine.open();
        Database holder = engine.open().withPatience(Duration.ofSeconds(30))) {
      older.migrator(database, Clock.systemUTC()).migrate();
      Migrator migrator = engine.migrator(database, Clock.systemUTC());
      CompletableFuture<Void> repeated =
          holder.change(
              session -> {
                session.execute("LOCK TABLE orders IN ROW EXCLUSIVE MODE");
                assertThatThrownBy(() -> PostgresStore.migrate(migrator, 1))
                    .isInstanceOf(StoreUnavailableException.class);
                assertThat(migrator.countApplied()).isEqualTo(11);
                CompletableFuture<Void> repeating =
                    CompletableFuture.runAsync(() -> PostgresStore.migrate(migrator, 20));
                for (boolean waits : new boolean[] {true, false}) {
                  while (session.list(WAITING, Row::number).isEmpty() == waits) {
                    Thread.onSpinWait();
                  }
                }
                return repeating;
              });

      repeated.join();
      assertThat(migrator.isComplete()).isTrue();
    }
  }

  @Test
  void passwordHashesWithTheDigitsOfALocaleAreRepaired() {
    List<Migration> all = new PostgresEngine(config).migrations();
    PostgresEngine first = new PostgresEngine(config, all.subList(0, 1));
    try (Database database = first.open()) {
      first.migrator(database, Clock.systemUTC()).migrate();
      BrokenHashes.add(database);
    }
    try (Store store = open(config)) {
      BrokenHashes.assertRepaired(store);
    }
  }

  /** Regression test: the driver tells the whole statement, and "Call getNextException". */
  @Test
  void failureOfQueuedChangesTellsItsCause() throws SQLException {
    PostgresPool pool = new PostgresPool(config);
    String insert = "INSERT INTO once VALUES (CAST(? AS integer))";
    try {
      assertThatThrownBy(
              () ->
                  pool.lend(
                      Deadline.in(config.deadline()),
                      session -> {
                        session.execute("CREATE TEMPORARY TABLE once (number integer UNIQUE)");
                        session.queue(insert, 1);
                        session.queue(insert, 1);
                        return session.updateQueued(insert);
                      }))
          .isInstanceOf(SQLException.class)
          .hasMessageContaining("duplicate key value violates")
          .hasMessageNotContainingAny("getNextException", "INSERT INTO");
    } finally {
      pool.close();
    }
  }

  /** Regression test: every call read the columns of its statements anew. */
  @Test
  void theColumnsOfAStatementAreKnownToLaterCalls() throws SQLException {
    PostgresPool pool = new PostgresPool(config);
    Deadline deadline = Deadline.in(config.deadline());
    try {
      for (int call = 0; call < 2; call++) {
        Optional<Long> read =
            pool.lend(deadline, s -> s.first("SELECT 5 AS one", row -> row.number("one")));
        assertThat(read).contains(5L);
        assertThat(pool.knownStatements()).isEqualTo(1);
      }
    } finally {
      pool.close();
    }
  }

  @Test
  void aDatabaseOfANewerProgramIsRefused() {
    open(config).close();
    try (Database database = new PostgresEngine(config).open()) {
      database.change(
          s -> s.update("INSERT INTO schema_migration VALUES (9999, '9999-newer.sql', '', 0)"));
    }

    assertThatThrownBy(() -> open(config))
        .isInstanceOf(StoreUnavailableException.class)
        .hasMessageContaining("was written by a newer certcollect");
  }

  @Test
  void theTablesOfAnOlderProgramStayUntilTheyAreToBeBroughtUpToDate() {
    open(config).close();
    List<Migration> more = new ArrayList<>(new PostgresEngine(config).migrations());
    more.add(new Migration("9999-newer.sql", "CREATE TABLE second (a INTEGER);\n"));

    assertThatThrownBy(
            () -> PostgresStore.openExisting(new PostgresEngine(config, more), Clock.systemUTC()))
        .isInstanceOf(StoreUnavailableException.class)
        .hasMessageEndingWith("has the tables of an older certcollect")
        .extracting(e -> ((StoreUnavailableException) e).reason())
        .isEqualTo(StoreUnavailableException.Reason.OLDER_TABLES);

    assertThat(PostgresStore.exists(config, Clock.systemUTC())).isTrue();
    open(config).close();
  }

  @Test
  void aDatabaseThatCannotHoldEveryTextIsRefused() {
    Postgres.server()
        .execute(
            "CREATE DATABASE latin ENCODING 'LATIN1' LOCALE_PROVIDER libc LOCALE 'C' TEMPLATE"
                + " template0");
    PostgresConfig latin = at("latin", config.password());

    assertThatThrownBy(() -> open(latin))
        .isInstanceOf(StoreUnavailableException.class)
        .hasMessageContaining("has the encoding LATIN1");
  }

  @Test
  void aWrongPasswordIsToldAtOnceAndNotShown() {
    PostgresConfig wrong = at("postgres", Optional.of("s3cret"));

    assertThatThrownBy(() -> open(wrong))
        .isInstanceOf(StoreUnavailableException.class)
        .hasMessageContaining("it refuses this user")
        .hasMessageNotContaining("s3cret");
  }

  @Test
  void aDatabaseThatIsMissingIsNamed() {
    PostgresConfig other = at("nowhere", config.password());

    assertThatThrownBy(() -> open(other))
        .isInstanceOf(StoreUnavailableException.class)
        .hasMessageContaining("/nowhere: it does not exist");
  }

  @Test
  void aServerThatIsAwayIsToldWithinTheDeadline() {
    FaultProxy proxy = new FaultProxy(Postgres.server().port());
    PostgresConfig away = PostgresServer.config(proxy.host(), "");
    proxy.refuse();

    long start = System.nanoTime();
    assertThatThrownBy(() -> open(away))
        .isInstanceOf(StoreUnavailableException.class)
        .hasMessageContaining("postgresql://" + proxy.host() + "/postgres: it cannot be reached");
    assertThat(System.nanoTime() - start).isLessThan(away.deadline().toNanos());
    proxy.close();
  }

  @ParameterizedTest
  @CsvSource({
    "08006, cannot be reached",
    "25006, standby",
    "28P01, refuses this user",
    "3D000, not exist",
    "40001, try again",
    "26000, prepareThreshold",
    "42501, privileges",
    "42P05, prepareThreshold",
    "53300, run out",
    "57014, in time",
    "57P03, starting",
    "55P03, lock",
    "XX001, see its log"
  })
  void anErrorOfTheDatabaseIsSaidInTheOperatorsWords(String state, String words) {
    assertThat(new PostgresFailures().explain("database", new SQLException("original", state)))
        .isInstanceOf(StoreUnavailableException.class)
        .hasMessageStartingWith("database: ")
        .hasMessageContaining(words)
        .hasMessageContaining("original");
  }

  /** Broke once: a server that waited for its database ended, as that was slow at its start. */
  @Test
  void onlyAnErrorThatWaitingSolvesIsAnAbsence() {
    assertThat(PostgresFailures.isAbsence(new SQLTimeoutException("not done in time"))).isTrue();
    assertThat(PostgresFailures.isAbsence(new SQLException("canceled", "57014"))).isTrue();
    assertThat(PostgresFailures.isAbsence(new SQLException("pool is closed"))).isFalse();
    assertThat(PostgresFailures.isAbsence(new SQLException("password", "28P01"))).isFalse();
    assertThat(PostgresFailures.isAbsence(new SQLException("locked", "55P03"))).isFalse();
  }

  @Test
  void theServersErrorIsToldWhereThePoolTellsOfATimeout() {
    SQLException server = new SQLException("prepared statement \"S_1\" already exists", "42P05");
    SQLException pool =
        new SQLTransientConnectionException("timed out", null, new IllegalStateException(server));

    assertThat(PostgresPool.firstOfServer(pool).getSQLState()).isEqualTo("42P05");
    assertThat(PostgresPool.firstOfServer(new SQLException("timed out")).getMessage())
        .isEqualTo("timed out");
  }

  @Test
  void anErrorOfOurOwnIsNoneOfTheOperators() {
    assertThat(new PostgresFailures().explain("database", new SQLException("syntax", "42601")))
        .isNotInstanceOf(StoreUnavailableException.class);
  }

  private static Store open(PostgresConfig config) {
    return PostgresStore.open(config, Clock.systemUTC());
  }

  private PostgresConfig at(String database, Optional<String> password) {
    String url = config.url().replaceFirst("/postgres.*", "/" + database);
    return new PostgresConfig(url, config.user(), password, 1, config.deadline());
  }
}
