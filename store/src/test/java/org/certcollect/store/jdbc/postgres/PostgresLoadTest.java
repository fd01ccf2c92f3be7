package org.certcollect.store.jdbc.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.certcollect.store.contract.Samples.ALICE;

import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import java.util.stream.LongStream;
import org.certcollect.store.Order;
import org.certcollect.store.OrderFilter;
import org.certcollect.store.Store;
import org.certcollect.store.contract.Samples;
import org.certcollect.store.domain.CodeHash;
import org.certcollect.store.domain.OrderState;
import org.certcollect.store.domain.Product;
import org.certcollect.store.domain.StoreUnavailableException;
import org.certcollect.store.jdbc.Database;
import org.certcollect.store.jdbc.Row;
import org.certcollect.store.jdbc.Session;
import org.certcollect.store.jdbc.load.BulkInsert;
import org.certcollect.store.jdbc.load.KnownIds;
import org.certcollect.store.jdbc.load.StoredOrders;
import org.certcollect.store.testing.FaultProxy;
import org.certcollect.store.testing.Postgres;
import org.certcollect.store.transfer.AccountRecord;
import org.certcollect.store.transfer.CertificateRecord;
import org.certcollect.store.transfer.OrderRecord;
import org.certcollect.store.transfer.Outcome;
import org.certcollect.store.transfer.Selection;
import org.certcollect.store.transfer.TransferRecord;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Tests of loads into PostgreSQL that run beside other changes. */
@Tag("drill")
class PostgresLoadTest {
  private static final Instant THEN = Instant.parse("2026-05-13T10:15:00Z");
  private static final int ORDERS = 400;
  private static final String WAITING =
      "SELECT pid FROM pg_locks WHERE locktype = 'advisory' AND NOT granted";

  private static final String WAITING_FOR_ANOTHER =
      "SELECT pid FROM pg_stat_activity WHERE pg_backend_pid() = ANY (pg_blocking_pids(pid))";

  private final PostgresConfig database = Postgres.empty();

  @Test
  void twoNodesThatLoadTheSameOrdersAtOnceAddEachOfThemOnce() {
    try (Store one = PostgresStore.open(database, Clock.systemUTC());
        Store other = PostgresStore.open(database, Clock.systemUTC())) {
      addAccounts(one);
      for (int round = 0; round < 5; round++) {
        List<TransferRecord> orders = orders(1 + round * ORDERS);
        CompletableFuture<List<Outcome>> beside =
            CompletableFuture.supplyAsync(() -> other.transfers().loader(ALICE).load(orders));

        List<Outcome> outcomes = new ArrayList<>(one.transfers().loader(ALICE).load(orders));
        outcomes.addAll(beside.join());

        assertThat(outcomes).filteredOn(Outcome.ADDED::equals).hasSize(ORDERS);
        assertThat(outcomes).filteredOn(Outcome.KNOWN::equals).hasSize(ORDERS);
      }
      assertThat(one.orders().list(OrderFilter.first(10 * ORDERS))).hasSize(5 * ORDERS);
    }
  }

  @Test
  void outcomesAreInTheOrderOfTheRecords() {
    try (Store store = PostgresStore.open(database, Clock.systemUTC())) {
      addAccounts(store);
      List<TransferRecord> orders = orders(1);
      List<TransferRecord> some = orders.stream().filter(o -> number(o) % 3 == 0).toList();
      store.transfers().loader(ALICE).load(some);

      List<Outcome> outcomes = store.transfers().loader(ALICE).load(orders);

      for (int i = 0; i < ORDERS; i++) {
        boolean known = number(orders.get(i)) % 3 == 0;
        assertThat(outcomes.get(i)).isEqualTo(known ? Outcome.KNOWN : Outcome.ADDED);
      }
    }
  }

  @Test
  void theFirstOfTwoOrdersWithTheSameCodeIsTaken() {
    try (Store store = PostgresStore.open(database, Clock.systemUTC())) {
      addAccounts(store);
      Optional<CodeHash> code = Optional.of(new CodeHash(new byte[32]));

      List<Outcome> outcomes =
          store.transfers().loader(ALICE).load(List.of(order(7, 0, code), order(8, 1, code)));

      assertThat(outcomes.get(0)).isEqualTo(Outcome.ADDED);
      assertThat(outcomes.get(1)).isInstanceOf(Outcome.Refused.class);
    }
  }

  /**
   * Regression test: two transactions that set the sequence of the ids at once could set it back,
   * and it would have given out ids that were taken.
   */
  @Test
  @Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
  void twoLoadsDoNotSetTheSequenceOfIdsAtOnce() {
    try (Store store = PostgresStore.open(database, Clock.systemUTC());
        Database one = new PostgresEngine(database).open()) {
      addAccounts(store);
      // Now the chain is stored, and no load waits for another one's.
      store.transfers().loader(ALICE).load(List.of(order(4, 0, Optional.empty())));
      List<CompletableFuture<List<Outcome>>> beside = new ArrayList<>();

      Set<Long> added =
          one.change(
              session -> {
                long account =
                    session.first("SELECT MIN(id) FROM account", Row::number).orElseThrow();
                BulkInsert first =
                    PostgresBulkInsert.LOADING.inserts().create(session, new KnownIds());
                first.add(new BulkInsert.Item(orderWithId(1, 10_005_000_000L), account, List.of()));
                Set<Long> numbers = first.finish();
                List<TransferRecord> second = List.of(orderWithId(2, 10_007_000_000L));
                CompletableFuture<List<Outcome>> load =
                    CompletableFuture.supplyAsync(
                        () -> store.transfers().loader(ALICE).load(second));
                beside.add(load);
                while (!load.isDone() && session.first(WAITING, Row::number).isEmpty()) {
                  Thread.onSpinWait();
                }
                assertThat(load).isNotDone();
                return numbers;
              });

      assertThat(added).containsExactly(1L);
      assertThat(beside.get(0).join()).containsExactly(Outcome.ADDED);
      store.transfers().loader(ALICE).load(List.of(order(3, 0, Optional.empty())));
      assertThat(store.orders().certificates(3).get(0).id()).isGreaterThan(10_007_000_000L);
    }
  }

  /** An issue takes its key just before an import of a certificate with that id begins. */
  @Test
  @Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
  void anImportedIdThatAnIssueTakesAtTheSameTimeIsRefused() {
    try (Store store = PostgresStore.open(database, Clock.systemUTC());
        Database one = new PostgresEngine(database).open()) {
      addAccounts(store);
      store.transfers().loader(ALICE).load(List.of(order(4, 0, Optional.empty())));

      CompletableFuture<List<Outcome>> load =
          one.change(
              session -> {
                long taken =
                    session
                        .first(
                            "INSERT INTO certificate (order_number, chain_id, issued_at, sha256,"
                                + " subject, not_before, not_after, der) SELECT order_number,"
                                + " chain_id, issued_at, sha256, subject, not_before, not_after,"
                                + " der FROM certificate RETURNING id",
                            Row::number)
                        .orElseThrow();
                long id = 10_000_000_000L + taken;
                return beside(
                    session,
                    () -> store.transfers().loader(ALICE).load(List.of(orderWithId(1, id))));
              });

      assertThat(load.join().get(0))
          .isInstanceOfSatisfying(
              Outcome.Refused.class,
              refused ->
                  assertThat(refused.reason())
                      .endsWith("belongs to a certificate of order 4: give it a new id"));
      assertThat(store.orders().find(1)).isEmpty();
    }
  }

  /** An issue takes its key just before an import advances the sequence, and uses it just after. */
  @Test
  @Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
  void anIssueWhoseIdAnImportTakesAtTheSameTimeGetsAnotherId() {
    try (Store store = PostgresStore.open(database, Clock.systemUTC());
        Database one = new PostgresEngine(database).open()) {
      addAccounts(store);
      store.transfers().loader(ALICE).load(List.of(order(4, 0, Optional.empty())));

      CompletableFuture<Order> issue =
          one.change(
              session -> {
                long account =
                    session.first("SELECT MIN(id) FROM account", Row::number).orElseThrow();
                BulkInsert load =
                    PostgresBulkInsert.LOADING.inserts().create(session, new KnownIds());
                load.add(new BulkInsert.Item(orderWithId(1, 10_000_000_041L), account, List.of()));
                assertThat(load.finish()).containsExactly(1L);
                assertThat(
                        session.first(
                            "SELECT setval(pg_get_serial_sequence('certificate', 'id'), 40)",
                            Row::number))
                    .contains(40L);
                return beside(
                    session, () -> store.orders().issue(4, Samples.chain("chain-4"), ALICE));
              });

      assertThat(issue.join().certificate().orElseThrow().id()).isEqualTo(10_000_000_042L);
      assertThat(store.orders().certificates(1).get(0).id()).isEqualTo(10_000_000_041L);
    }
  }

  /** Begins work beside a transaction, and returns as soon as it waits for that. */
  private static <T> CompletableFuture<T> beside(Session session, Supplier<T> work)
      throws SQLException {
    CompletableFuture<T> result = CompletableFuture.supplyAsync(work);
    while (!result.isDone() && session.first(WAITING_FOR_ANOTHER, Row::number).isEmpty()) {
      Thread.onSpinWait();
    }
    assertThat(result).isNotDone();
    return result;
  }

  private static OrderRecord orderWithId(long number, long id) {
    return Samples.withIds(order(number, 0, Optional.empty()), id);
  }

  /** One statement for each order would take this time four times. */
  @Test
  void aDryRunAsksForManyOrdersAtOnce() {
    try (FaultProxy proxy = new FaultProxy(Postgres.server().port());
        Store store = PostgresStore.open(Postgres.empty(proxy.host()), Clock.systemUTC())) {
      addAccounts(store);
      List<TransferRecord> orders = orders(1);
      store.transfers().loader(ALICE).load(orders.subList(0, 1));
      Duration answer = Duration.ofMillis(20);
      proxy.delay(answer);
      long start = System.nanoTime();

      List<Outcome> outcomes = store.transfers().rehearsal().load(orders);

      assertThat(Duration.ofNanos(System.nanoTime() - start))
          .isLessThan(answer.multipliedBy(ORDERS / 4));
      assertThat(outcomes).startsWith(Outcome.KNOWN);
      assertThat(outcomes).filteredOn(Outcome.ADDED::equals).hasSize(ORDERS - 1);
    }
  }

  /**
   * The tables have not been analyzed. Without a hint, a page of orders would read the whole table.
   */
  @Test
  void theDataOfOrdersIsReadByIndexJustAfterALoad() {
    try (Store store = PostgresStore.open(database, Clock.systemUTC());
        Database one = new PostgresEngine(database.with(1, database.deadline())).open()) {
      addAccounts(store);
      for (int round = 0; round < 5; round++) {
        store.transfers().loader(ALICE).load(orders(1 + round * ORDERS));
      }
      Object[] numbers = StoredOrders.padded(List.of(7L, 8L));
      Database patient = one.forManySteps(Duration.ofDays(1));

      assertThat(plan(patient, StoredOrders.CERTIFICATES, numbers))
          .contains("certificate_by_order")
          .doesNotContain("Seq Scan");
      assertThat(plan(patient, StoredOrders.EVENTS, numbers))
          .contains("event_by_order")
          .doesNotContain("Seq Scan");
      String afterwards =
          one.read(session -> session.list("SHOW enable_seqscan", Row::text)).get(0);
      assertThat(afterwards).isEqualTo("on");
    }
  }

  private static String plan(Database database, String sql, Object... arguments) {
    List<String> lines =
        database.read(session -> session.list("EXPLAIN " + sql, Row::text, arguments));
    return String.join("\n", lines);
  }

  /** Long work has a day in total, but a much shorter limit for each answer. */
  @Test
  @Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
  void aLoadAndAnExportEndWhenTheDatabaseDoesNotAnswer() {
    Duration deadline = Duration.ofSeconds(1);
    try (FaultProxy proxy = new FaultProxy(Postgres.server().port());
        Store store =
            PostgresStore.open(Postgres.empty(proxy.host()).with(2, deadline), Clock.systemUTC())) {
      addAccounts(store);
      proxy.stall();
      long start = System.nanoTime();

      assertThatThrownBy(() -> store.transfers().loader(ALICE).load(orders(1)))
          .isInstanceOf(StoreUnavailableException.class);
      Selection all =
          new Selection(Optional.empty(), Optional.empty(), Optional.empty(), 0, Long.MAX_VALUE);
      assertThatThrownBy(() -> store.transfers().export(all, record -> {}))
          .isInstanceOf(StoreUnavailableException.class);

      assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(deadline.multipliedBy(20));
    }
  }

  private static void addAccounts(Store store) {
    List<TransferRecord> accounts = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      accounts.add(
          new AccountRecord(
              "account-" + i, Samples.HASH, Set.of(Product.CCC), true, THEN, Optional.empty()));
    }
    assertThat(store.transfers().loader(ALICE).load(accounts)).containsOnly(Outcome.ADDED);
  }

  private static List<TransferRecord> orders(int first) {
    return LongStream.range(first, first + ORDERS)
        .mapToObj(number -> (TransferRecord) order(number, (int) (number % 10), Optional.empty()))
        .toList();
  }

  private static OrderRecord order(long number, int account, Optional<CodeHash> code) {
    return new OrderRecord(
        number,
        "account-" + account,
        Product.CCC,
        OrderState.ISSUED,
        Optional.empty(),
        THEN,
        THEN,
        List.of(new CertificateRecord(THEN, Samples.chain("chain-3"))),
        Optional.empty(),
        code,
        Optional.empty());
  }

  private static long number(TransferRecord order) {
    return ((OrderRecord) order).number();
  }
}
