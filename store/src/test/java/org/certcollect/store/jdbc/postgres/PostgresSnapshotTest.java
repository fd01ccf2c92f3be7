package org.certcollect.store.jdbc.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.certcollect.store.contract.Samples.ALICE;
import static org.certcollect.store.contract.Samples.BOTH;
import static org.certcollect.store.contract.Samples.HASH;
import static org.certcollect.store.contract.Samples.order;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.certcollect.store.Collects.AccountAndOrder;
import org.certcollect.store.Collects.OrderClaim;
import org.certcollect.store.Store;
import org.certcollect.store.domain.OrderState;
import org.certcollect.store.domain.Product;
import org.certcollect.store.testing.PostgresServer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests of the rows that a store caches, on a server where nobody else commits. */
@Tag("drill")
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class PostgresSnapshotTest {
  private static final String IDENTITY = "SELECT " + SnapshotCollects.IDENTITY;
  private static final String SNAPSHOT = "SELECT pg_current_snapshot()";
  private static final int COMMITS = 2_000;
  private static final int READERS = 3;

  private static PostgresServer server;
  private static Store store;
  private static int logins;

  private String login;
  private long number;

  @BeforeAll
  static void open() {
    server = PostgresServer.start();
    store = PostgresStore.open(config(server), Clock.systemUTC());
  }

  /** A busy machine may be slow. */
  private static PostgresConfig config(PostgresServer of) {
    return of.config().with(READERS + 1, Duration.ofSeconds(30));
  }

  @AfterAll
  static void close() {
    store.close();
    server.close();
  }

  @BeforeEach
  void addOrder() {
    logins++;
    login = "demo" + logins;
    store.accounts().add(login, HASH, BOTH, ALICE);
    number = store.orders().add(order(login, Product.SSL), ALICE).number();
  }

  private AccountAndOrder find() {
    return store.collects().byLogin(login, number).orElseThrow();
  }

  private OrderState state() {
    return state(store);
  }

  private OrderState state(Store in) {
    return in.collects()
        .byLogin(login, number)
        .flatMap(AccountAndOrder::order)
        .orElseThrow()
        .state();
  }

  private String rejection() {
    return "UPDATE orders SET state = 'REJECTED' WHERE number = " + number;
  }

  @Test
  void rowsAreCachedUntilAnyCommit() {
    AccountAndOrder first = find();

    assertThat(find()).isSameAs(first);
    server.execute("CREATE TABLE other" + logins + " ()");
    assertThat(find()).isEqualTo(first).isNotSameAs(first);
    store.orders().reject(number, Optional.empty(), ALICE);
    assertThat(state()).isEqualTo(OrderState.REJECTED);
    store.accounts().setEnabled(login, false, ALICE);
    assertThat(find().account().enabled()).isFalse();
  }

  @Test
  void aClaimThatWasNotFoundBeforeIsReadWithTheOthers() {
    AccountAndOrder first = find();
    OrderClaim known = new OrderClaim(login, number);
    OrderClaim unknown = new OrderClaim("nobody", number);
    OrderClaim noOrder = new OrderClaim(login, 404);

    assertThat(store.collects().byLogins(List.of(unknown, known, noOrder)))
        .containsExactly(
            Optional.empty(),
            Optional.of(first),
            Optional.of(new AccountAndOrder(first.account(), Optional.empty(), false)));
    assertThat(store.collects().byLogins(List.of(unknown))).containsExactly(Optional.empty());
  }

  @Test
  void nothingIsCachedOfATableThatIsNotOneOfPostgresItself() {
    server.execute("CREATE SCHEMA viewed");
    PostgresConfig viewed =
        PostgresServer.config(server.host(), "?currentSchema=viewed")
            .with(2, Duration.ofSeconds(30));
    try (Store other = PostgresStore.open(viewed, Clock.systemUTC())) {
      other.accounts().add(login, HASH, BOTH, ALICE);
      number = other.orders().add(order(login, Product.SSL), ALICE).number();
    }
    server.execute(
        "ALTER TABLE viewed.account RENAME TO elsewhere",
        "CREATE VIEW viewed.account AS SELECT * FROM viewed.elsewhere");
    try (Store other = PostgresStore.open(viewed, Clock.systemUTC())) {
      AccountAndOrder first = other.collects().byLogin(login, number).orElseThrow();

      assertThat(other.collects().byLogin(login, number).orElseThrow())
          .isEqualTo(first)
          .isNotSameAs(first);
    }
  }

  @Test
  void nothingIsCachedForAUserWhoMayNotAskForTheSnapshot() {
    server.execute(
        "REVOKE EXECUTE ON FUNCTION pg_stat_get_bgwriter_stat_reset_time() FROM PUBLIC",
        "CREATE ROLE plain LOGIN PASSWORD 'plain'",
        "CREATE SCHEMA plain AUTHORIZATION plain");
    String url = PostgresServer.config(server.host(), "?currentSchema=plain").url();
    PostgresConfig plain =
        new PostgresConfig(url, "plain", Optional.of("plain"), 2, Duration.ofSeconds(30));
    try (Store other = PostgresStore.open(plain, Clock.systemUTC())) {
      other.accounts().add(login, HASH, BOTH, ALICE);
      number = other.orders().add(order(login, Product.SSL), ALICE).number();
      AccountAndOrder first = other.collects().byLogin(login, number).orElseThrow();

      assertThat(other.collects().byLogin(login, number).orElseThrow())
          .isEqualTo(first)
          .isNotSameAs(first);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "PostgreSQL 15.14 (Debian 15.14-0+deb12u1) on x86_64-pc-linux-gnu, compiled by gcc",
        "PostgreSQL 16.4 on aarch64-unknown-linux-gnu, compiled by aarch64-gcc",
        "PostgreSQL 16.4 (Homebrew) on aarch64-apple-darwin23.4.0, compiled by Apple clang",
        "PostgreSQL 16.1, compiled by Visual C++ build 1937, 64-bit"
      })
  void versionsOfPostgresItself(String version) {
    assertThat(version).matches(SnapshotCollects.VERSION);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "PostgreSQL 15.2-YB-2.25.0.0-b0 on x86_64-pc-linux-gnu, compiled by clang",
        "PostgreSQL 18beta1 on x86_64-pc-linux-gnu, compiled by gcc",
        "PostgreSQL 16.9 (Apache Cloudberry 3.0.0 build 1) on x86_64-pc-linux-gnu",
        "PostgreSQL 15.1 (Greenplum Database 8.0.0 build 1) on x86_64-pc-linux-gnu",
        "PostgreSQL 15.19 (PolarDB 15.19.5.0 build unknown) on x86_64-linux-gnu",
        "CockroachDB CCL v24.1.0 (x86_64-pc-linux-gnu)"
      })
  void versionsOfOthers(String version) {
    assertThat(version).doesNotMatch(SnapshotCollects.VERSION);
  }

  @Test
  void aTransactionUnderWayIsSeenFromItsCommitOn() throws SQLException {
    try (Connection connection = server.connect();
        Statement statement = connection.createStatement()) {
      connection.setAutoCommit(false);
      statement.execute(rejection());

      AccountAndOrder first = find();
      assertThat(find()).isSameAs(first);
      server.execute("CREATE TABLE other" + logins + " ()");
      assertThat(state()).isEqualTo(OrderState.AWAITING_PAYMENT);
      assertThat(state()).isEqualTo(OrderState.AWAITING_PAYMENT);
      connection.commit();

      assertThat(state()).isEqualTo(OrderState.REJECTED);
    }
  }

  @Test
  void aChangeAfterASavepointIsSeenFromTheCommitOn() throws SQLException {
    try (Connection connection = server.connect();
        Statement statement = connection.createStatement()) {
      statement.execute("BEGIN");
      statement.execute("SAVEPOINT before");
      statement.execute(rejection());
      statement.execute("RELEASE before");

      assertThat(state()).isEqualTo(OrderState.AWAITING_PAYMENT);
      assertThat(state()).isEqualTo(OrderState.AWAITING_PAYMENT);
      statement.execute("COMMIT");

      assertThat(state()).isEqualTo(OrderState.REJECTED);
    }
  }

  @Test
  void aTransactionSeesItsOwnChanges() {
    OrderState seen =
        store.atomically(
            joined -> {
              assertThat(state(joined)).isEqualTo(OrderState.AWAITING_PAYMENT);
              joined.orders().reject(number, Optional.empty(), ALICE);
              return state(joined);
            });

    assertThat(seen).isEqualTo(OrderState.REJECTED);
    assertThat(state()).isEqualTo(OrderState.REJECTED);
  }

  @Test
  void everyReadSeesEveryCommitBeforeIt() throws Exception {
    AtomicLong acknowledged = new AtomicLong();
    AtomicBoolean done = new AtomicBoolean();
    AtomicLong kept = new AtomicLong();
    ExecutorService threads = Executors.newFixedThreadPool(READERS);
    try (Connection connection = server.connect();
        Statement statement = connection.createStatement()) {
      List<Future<Long>> readers = new ArrayList<>();
      for (int i = 0; i < READERS; i++) {
        readers.add(threads.submit(() -> readUntil(done, acknowledged, kept)));
      }
      for (int i = 1; i <= COMMITS; i++) {
        statement.execute(
            "UPDATE account SET created_at = " + i + " WHERE login = '" + login + "'");
        acknowledged.set(i);
        if (i % 100 == 0) {
          // Only with pauses between commits does a reader find that nothing has changed.
          long before = kept.get();
          while (kept.get() == before && readers.stream().noneMatch(Future::isDone)) {
            Thread.onSpinWait();
          }
        }
      }
      done.set(true);
      for (Future<Long> reader : readers) {
        assertThat(reader.get()).isPositive();
      }
    } finally {
      done.set(true);
      threads.shutdownNow();
    }
  }

  /** Reads the account, whose time of creation is the number of commits. */
  @SuppressWarnings(
      "ReferenceEquality") // The same object was kept, an equal one may have been read.
  private long readUntil(AtomicBoolean done, AtomicLong acknowledged, AtomicLong kept) {
    Optional<AccountAndOrder> last = Optional.empty();
    long reads = 0;
    while (!done.get()) {
      long least = acknowledged.get();
      AccountAndOrder found = find();
      if (least > 0) {
        assertThat(found.account().created().toEpochMilli()).isGreaterThanOrEqualTo(least);
        reads++;
      }
      if (last.isPresent() && last.get() == found) {
        kept.incrementAndGet();
      }
      last = Optional.of(found);
    }
    return reads;
  }

  @Test
  void aStandbyHasNoIdentityAndLaterAnotherOne() throws SQLException {
    try (PostgresServer standby = server.standby()) {
      assertThat(identity(standby)).isEmpty();
      standby.promote();
      while (identity(standby).isEmpty()) {
        Thread.onSpinWait();
      }
      // Only the times of the start and of the reset tell the two apart until one of them writes.
      String[] later = identity(standby).orElseThrow().split(" ", -1);
      String[] primary = identity(server).orElseThrow().split(" ", -1);
      assertThat(later[0]).isNotEqualTo(primary[0]);
      assertThat(later[2]).isEqualTo(primary[2]);
    }
  }

  /**
   * A transaction that was rolled back is in no log yet, so its number is given again. The writer
   * of the log may come in between, though rarely.
   */
  @Test
  void aChangeAfterACrashIsSeenThoughItsNumberCameBefore() throws SQLException {
    try (PostgresServer crashing = PostgresServer.start("wal_writer_delay=10s");
        Store own = PostgresStore.open(config(crashing), Clock.systemUTC())) {
      own.accounts().add(login, HASH, BOTH, ALICE);
      // A change would not be repeated if the crash has broken its connection.
      Queue<Long> numbers = new ArrayDeque<>();
      for (int i = 0; i < 5; i++) {
        numbers.add(own.orders().add(order(login, Product.SSL), ALICE).number());
      }
      boolean cameAgain = false;
      while (!cameAgain && !numbers.isEmpty()) {
        number = numbers.remove();
        try (Connection connection = crashing.connect();
            Statement statement = connection.createStatement()) {
          connection.setAutoCommit(false);
          statement.execute(rejection());
          connection.rollback();
          assertThat(state(own)).isEqualTo(OrderState.AWAITING_PAYMENT);
          Optional<String> before = text(crashing, SNAPSHOT);

          killBackend(crashing);
          awaitAnswer(crashing);
          crashing.execute(rejection());

          cameAgain = text(crashing, SNAPSHOT).equals(before);
          assertThat(state(own)).isEqualTo(OrderState.REJECTED);
        }
      }
      assertThat(cameAgain).as("the number came again").isTrue();
    }
  }

  private static void killBackend(PostgresServer of) throws SQLException {
    try (Connection connection = of.connect();
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("SELECT pg_backend_pid()")) {
      row.next();
      ProcessHandle backend = ProcessHandle.of(row.getLong(1)).orElseThrow();
      backend.destroyForcibly();
      backend.onExit().join();
    }
  }

  private static void awaitAnswer(PostgresServer of) {
    while (true) {
      try {
        text(of, SNAPSHOT);
        return;
      } catch (SQLException e) {
        Thread.onSpinWait();
      }
    }
  }

  private static Optional<String> identity(PostgresServer of) throws SQLException {
    return text(of, IDENTITY);
  }

  private static Optional<String> text(PostgresServer of, String sql) throws SQLException {
    try (Connection connection = of.connect();
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      row.next();
      return Optional.ofNullable(row.getString(1));
    }
  }
}
