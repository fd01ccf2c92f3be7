package org.certcollect.store.jdbc.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.certcollect.store.contract.Samples.ALICE;
import static org.certcollect.store.contract.Samples.BOTH;
import static org.certcollect.store.contract.Samples.HASH;
import static org.certcollect.store.contract.Samples.chain;
import static org.certcollect.store.contract.Samples.code;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.certcollect.store.Order;
import org.certcollect.store.OrderFilter;
import org.certcollect.store.Store;
import org.certcollect.store.domain.MailContact;
import org.certcollect.store.domain.OrderRemarks;
import org.certcollect.store.domain.OrderState;
import org.certcollect.store.domain.Product;
import org.certcollect.store.domain.StoreException;
import org.certcollect.store.jdbc.Database;
import org.certcollect.store.jdbc.Migration;
import org.certcollect.store.jdbc.Row;
import org.certcollect.store.transfer.BulkLoader;
import org.certcollect.store.transfer.CertificateRecord;
import org.certcollect.store.transfer.OrderRecord;
import org.certcollect.store.transfer.Outcome;
import org.certcollect.store.transfer.TransferRecord;
import org.certcollect.store.x509.SearchTerms;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests what a load of many orders leaves until its end, and who does it then. */
class PostponedIndexesTest {
  private static final int MANY = 1_000;

  private static final String SCHEMA = "SELECT sql FROM sqlite_schema ORDER BY name";
  private static final String TERMS =
      "SELECT term || ' ' || order_number FROM search_term ORDER BY term, order_number";
  private static final String MISSING = "SELECT COUNT(*) FROM postponed_index";
  private static final String WAITING = "SELECT COUNT(*) FROM postponed_term";

  @TempDir private Path folder;

  @BeforeEach
  void addAccount() {
    try (Store store = open()) {
      store.accounts().add("demo", HASH, BOTH, ALICE);
    }
  }

  @Test
  void theStoreIsInTheEndAsIfNothingHadBeenPostponed() {
    List<String> schema = texts(file(), SCHEMA);
    List<TransferRecord> orders = orders(1, 2 * MANY);
    Path other = folder.resolve("other.sqlite");
    try (Store store = SqliteStore.open(other, Clock.systemUTC())) {
      store.accounts().add("demo", HASH, BOTH, ALICE);
      assertThat(store.transfers().loader(ALICE).load(orders)).containsOnly(Outcome.ADDED);
    }
    assertThat(number(MISSING, other)).isZero();
    List<String> steps = new ArrayList<>();
    try (Store store = open()) {
      BulkLoader loader = store.transfers().bulkLoader(ALICE);
      assertThat(loader.load(orders.subList(0, MANY))).containsOnly(Outcome.ADDED);
      assertThat(number(MISSING, file())).isGreaterThan(15);
      assertThat(loader.load(orders.subList(MANY, 2 * MANY))).containsOnly(Outcome.ADDED);
      assertThat(number(WAITING, file())).isEqualTo(2 * MANY);
      loader.complete(() -> steps.add("step"));

      assertThat(found(store, "first")).containsExactly(1L, 2L, 3L);
    }

    assertIsComplete();
    assertThat(steps).hasSizeGreaterThan(15);
    assertThat(texts(file(), SCHEMA)).isEqualTo(schema);
    assertThat(texts(file(), TERMS)).isEqualTo(texts(other, TERMS));
  }

  @Test
  void theNextProcessThatOpensTheStoreCompletesIt() {
    List<String> schema = texts(file(), SCHEMA);
    try (Store store = open()) {
      store.transfers().bulkLoader(ALICE).load(orders(1, MANY));
    }
    assertThat(number(MISSING, file())).isPositive();
    assertThat(number(WAITING, file())).isEqualTo(MANY);

    try (Store store = open()) {
      assertThat(found(store, "first")).containsExactly(1L, 2L, 3L);
    }
    assertIsComplete();
    assertThat(texts(file(), SCHEMA)).isEqualTo(schema);
  }

  @Test
  void aCompletionThatIsInterruptedGoesOnWhereItEnded() {
    List<String> schema = texts(file(), SCHEMA);
    int interruptions = 0;
    try (Store store = open()) {
      BulkLoader loader = store.transfers().bulkLoader(ALICE);
      loader.load(orders(1, MANY));
      for (; number(MISSING, file()) + number(WAITING, file()) > 0; interruptions++) {
        assertThat(interruptions).isLessThan(30);
        assertThatThrownBy(
                () ->
                    loader.complete(
                        () -> {
                          throw new CancellationException();
                        }))
            .isInstanceOf(CancellationException.class);
      }
    }
    assertThat(interruptions).isGreaterThan(15);
    assertThat(texts(file(), SCHEMA)).isEqualTo(schema);
    try (Store store = open()) {
      assertThat(found(store, "first")).containsExactly(1L, 2L, 3L);
    }
  }

  @Test
  void anotherProcessMayCompleteTheStoreWhileTheLoadGoesOn() {
    try (Store store = open()) {
      BulkLoader loader = store.transfers().bulkLoader(ALICE);
      loader.load(orders(1, MANY));
      try (Store other = open()) {
        assertIsComplete();
        assertThat(other.orders().find(MANY)).isPresent();
        assertThat(loader.load(orders(MANY + 1, MANY))).containsOnly(Outcome.ADDED);
        assertIsComplete();
        assertThat(found(other, "first")).containsExactly(1L, 2L, 3L);
        other.orders().setRemarks(5, none -> remark("\"new\""), ALICE);
      }
      loader.complete(() -> {});
    }
    assertIsComplete();
    assertThat(texts(file(), "SELECT term FROM search_term WHERE term LIKE 'r%new%'"))
        .containsExactly("r\"new\"");
    assertThat(number("SELECT COUNT(DISTINCT order_number) FROM search_term", file()))
        .isEqualTo(2 * MANY);
  }

  @Test
  void manyProcessesMayCompleteTheStoreAtOnce() {
    try (Store store = open()) {
      store.transfers().bulkLoader(ALICE).load(orders(1, MANY));
    }
    List<CompletableFuture<Store>> stores =
        IntStream.range(0, 4).mapToObj(i -> CompletableFuture.supplyAsync(this::open)).toList();
    for (CompletableFuture<Store> store : stores) {
      store.join().close();
    }
    assertIsComplete();
    assertThat(number("SELECT COUNT(DISTINCT order_number) FROM search_term", file()))
        .isEqualTo(MANY);
  }

  /** A process that had the store open before may change orders whose terms wait. */
  @Test
  void changesOfOrdersWhoseTermsWaitStay() {
    try (Store store = open();
        Store other = open()) {
      BulkLoader loader = store.transfers().bulkLoader(ALICE);
      loader.load(orders(1, MANY));
      other.orders().setRemarks(5, none -> remark("new"), ALICE);
      assertThat(texts(file(), termsOf(5))).contains("rnew").doesNotContain("r\"5\\\u0007\n'");
      assertThat(number(WAITING, file())).isEqualTo(MANY - 1);
      loader.complete(() -> {});

      assertThat(found(store, "new")).containsExactly(5L);
      assertThat(found(store, "\"5\\\u0007\n'")).isEmpty();
      assertThat(texts(file(), termsOf(5))).hasSameSizeAs(texts(file(), termsOf(6)));
    }
    assertIsComplete();
  }

  @Test
  void aStoreThatCannotBeCompletedServesUnlessItNeedsAMigration() {
    try (Store store = open()) {
      store.transfers().bulkLoader(ALICE).load(orders(1, MANY));
    }
    change(
        "CREATE TRIGGER full BEFORE DELETE ON postponed_index"
            + " BEGIN SELECT RAISE(ABORT, 'no room'); END");
    List<Migration> migrations = new ArrayList<>(new SqliteEngine(file()).migrations());
    migrations.add(new Migration("9999-more.sql", "CREATE TABLE more (id INTEGER);\n"));

    try (Store store = open()) {
      assertThat(store.orders().find(7)).isPresent();
    }
    assertThat(number(MISSING, file())).isPositive();
    SqliteEngine newer = new SqliteEngine(file(), migrations);
    assertThatThrownBy(() -> SqliteStore.open(newer, Clock.systemUTC(), 1))
        .isInstanceOf(StoreException.class)
        .hasStackTraceContaining("no room");
    change("DROP TRIGGER full");
    SqliteStore.open(newer, Clock.systemUTC(), 1).close();
    assertIsComplete();
  }

  @Test
  void aStepMovesTheTermsOfAsManyOrdersAsAPartHas() {
    change(
        "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 65537)"
            + " INSERT INTO postponed_term (order_number, terms) SELECT i, '[\"n\"]' FROM n");
    List<Long> left = new ArrayList<>();
    new PostponedIndexes(new SqliteEngine(file()))
        .complete(() -> left.add(number(WAITING, file())));
    assertThat(left).containsExactly(1L, 0L);
  }

  @Test
  void aNewerMigrationMeetsACompleteStore() {
    try (Store store = open()) {
      store.transfers().bulkLoader(ALICE).load(orders(1, MANY));
    }
    List<Migration> migrations = new ArrayList<>(new SqliteEngine(file()).migrations());
    migrations.add(new Migration("9999-less.sql", "DROP INDEX orders_by_state;\n"));
    SqliteEngine newer = new SqliteEngine(file(), migrations);

    try (Store store = SqliteStore.open(newer, Clock.systemUTC(), 1)) {
      assertThat(found(store, "first")).containsExactly(1L, 2L, 3L);
    }
    assertIsComplete();
    assertThat(number("SELECT COUNT(*) FROM sqlite_schema WHERE name = 'orders_by_state'", file()))
        .isZero();
  }

  @Test
  void aCompleteStoreHasPartsForItsNeighbours() {
    try (Store store = open()) {
      BulkLoader loader = store.transfers().bulkLoader(ALICE);
      loader.load(orders(1, MANY));
      loader.load(orders(1_000_001, 10));
      // Orders without certificates, so that the parts are full.
      change(
          "WITH RECURSIVE n (i) AS (SELECT 1001 UNION ALL SELECT i + 1 FROM n WHERE i < 131080)"
              + " INSERT INTO orders (number, account_id, product, state, created_at, changed_at)"
              + " SELECT i, (SELECT id FROM account), 'SSL', 'AWAITING_PAYMENT', 0, 0 FROM n");
      loader.complete(() -> {});
    }
    assertThat(texts(file(), "SELECT CAST(first_number AS TEXT) FROM search_part"))
        .containsExactly("0", "65537", "131073");
    assertThat(number("SELECT COUNT(DISTINCT part) FROM search_term", file())).isEqualTo(2);
    try (Store store = open()) {
      assertThat(found(store, "first")).containsExactly(1L, 2L, 3L);
      assertThat(found(store, "\"7\\\u0007\n'")).containsExactly(7L);
    }
  }

  @Test
  void nothingIsPostponedInAStoreWithOrdersOrAServerOrForAFewRecords() {
    try (Store store = open()) {
      store.transfers().bulkLoader(ALICE).load(orders(1, MANY - 1));
      assertThat(number(MISSING, file())).isZero();
      store.transfers().bulkLoader(ALICE).load(orders(MANY, MANY));
      assertThat(number(MISSING, file())).isZero();
    }
    change("DELETE FROM search_term");
    change("DELETE FROM certificate");
    change("DELETE FROM event");
    change("DELETE FROM orders");
    change(
        "INSERT INTO node (id, name, version, started_at, seen_at) VALUES ('n', 'n', '1', 0, 0)");
    try (Store store = open()) {
      store.transfers().bulkLoader(ALICE).load(orders(1, MANY));
      assertThat(number(MISSING, file())).isZero();
      assertThat(found(store, "first")).containsExactly(1L, 2L, 3L);
    }
  }

  @Test
  void ordersAreComparedWhileIndexesAreMissing() {
    try (Store store = open()) {
      BulkLoader loader = store.transfers().bulkLoader(ALICE);
      loader.load(orders(1, MANY));
      List<TransferRecord> again = new ArrayList<>(orders(10, 2));
      again.add(order(5_000, "chain-3", 8));
      again.add(order(11, "chain-2", 11));
      assertThat(number(MISSING, file())).isPositive();

      List<Outcome> outcomes = loader.load(again);
      assertThat(outcomes.subList(0, 2)).containsOnly(Outcome.KNOWN);
      assertThat(outcomes.subList(2, 4)).allMatch(Outcome.Refused.class::isInstance);
      loader.complete(() -> {});
    }
    assertThat(number("SELECT COUNT(*) FROM orders", file())).isEqualTo(MANY);
  }

  /** The plans of queries are those of a store that was never incomplete. */
  @Nested
  class Plans extends QueryPlanTest {
    @Override
    void prepare(SqliteEngine engine, Database database) {
      PostponedIndexes postponed = new PostponedIndexes(engine);
      boolean unused =
          database.change(
              session -> {
                postponed.begin(session);
                return true;
              });
      assertThat(database.read(PostponedIndexes::isUnderWay)).isTrue();
      postponed.complete(() -> {});
      // To explain a plan does not look whether another connection has changed the tables.
      assertThat(database.read(PostponedIndexes::isUnderWay)).isFalse();
    }
  }

  private static String termsOf(long order) {
    return "SELECT term FROM search_term WHERE order_number = " + order;
  }

  private void assertIsComplete() {
    assertThat(number(MISSING, file())).isZero();
    assertThat(number(WAITING, file())).isZero();
  }

  private static List<TransferRecord> orders(long first, int count) {
    return LongStream.range(first, first + count)
        .mapToObj(number -> order(number, "chain-3", number))
        .toList();
  }

  private static TransferRecord order(long number, String chain, long code) {
    return new OrderRecord(
        number,
        "demo",
        Product.CCC,
        OrderState.ISSUED,
        Optional.empty(),
        Instant.EPOCH,
        Instant.EPOCH,
        List.of(new CertificateRecord(Instant.EPOCH, chain(chain))),
        Optional.empty(),
        Optional.of(code("code" + code)),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        remark(number <= 3 ? "first" : "\"" + number + "\\\u0007\n'"),
        MailContact.NONE,
        Optional.empty());
  }

  private static OrderRemarks remark(String reference) {
    return new OrderRemarks(Optional.of(reference), Optional.empty());
  }

  private static List<Long> found(Store store, String reference) {
    OrderFilter filter = OrderFilter.first(9).withTerms(List.of(SearchTerms.reference(reference)));
    return store.orders().list(filter).stream().map(Order::number).toList();
  }

  private static List<String> texts(Path file, String sql) {
    try (Database database = new SqliteEngine(file).open(1, 1)) {
      return database.read(session -> session.list(sql, row -> String.valueOf(row.text())));
    }
  }

  private static long number(String sql, Path file) {
    try (Database database = new SqliteEngine(file).open(1, 1)) {
      return database.read(session -> session.first(sql, Row::number)).orElseThrow();
    }
  }

  private void change(String sql) {
    try (Database database = new SqliteEngine(file()).open(1, 1)) {
      int unused = database.change(session -> session.update(sql));
    }
  }

  private Store open() {
    return SqliteStore.open(file(), Clock.systemUTC());
  }

  private Path file() {
    return folder.resolve("store.sqlite");
  }
}
