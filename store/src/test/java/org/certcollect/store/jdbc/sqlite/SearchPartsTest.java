package org.certcollect.store.jdbc.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.certcollect.store.contract.Samples.ALICE;
import static org.certcollect.store.contract.Samples.BOTH;
import static org.certcollect.store.contract.Samples.HASH;
import static org.certcollect.store.contract.Samples.chain;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;
import org.certcollect.store.Order;
import org.certcollect.store.OrderFilter;
import org.certcollect.store.Store;
import org.certcollect.store.contract.HoldContract;
import org.certcollect.store.contract.LoadContract;
import org.certcollect.store.contract.ReissueContract;
import org.certcollect.store.contract.RetentionContract;
import org.certcollect.store.contract.SearchContract;
import org.certcollect.store.domain.OrderRemarks;
import org.certcollect.store.domain.OrderState;
import org.certcollect.store.domain.Product;
import org.certcollect.store.jdbc.Database;
import org.certcollect.store.jdbc.Row;
import org.certcollect.store.transfer.CertificateRecord;
import org.certcollect.store.transfer.OrderRecord;
import org.certcollect.store.transfer.Outcome;
import org.certcollect.store.transfer.TransferRecord;
import org.certcollect.store.x509.SearchTerms;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The parts of the search terms: what begins one, and the contract of a store that has many. */
class SearchPartsTest {
  /** The number of orders that fill a part, see docs/performance.md. */
  private static final int FULL = 65_536;

  private static final String ROWS =
      "SELECT term || ' ' || order_number FROM search_term ORDER BY term, order_number";

  @TempDir private Path folder;

  @BeforeEach
  void addAccount() {
    try (Store store = open()) {
      store.accounts().add("demo", HASH, BOTH, ALICE);
    }
  }

  @Test
  void anImportBeginsAPartWhenTheLastOneIsFull() {
    fill(1, FULL - 1);
    load(70_000);
    assertThat(parts()).containsExactly(0L);

    load(70_001, 70_002);
    assertThat(parts()).containsExactly(0L, 70_001L);
    assertThat(numbers("SELECT part FROM search_term WHERE order_number >= 70001"))
        .containsOnly(70_001L);
    load(80_000, 70_003, 69_999);
    assertThat(parts()).containsExactly(0L, 70_001L);

    assertThat(found()).containsExactly(69_999L, 70_000L, 70_001L, 70_002L, 70_003L, 80_000L);
    OrderFilter second = search().withLimit(2).withAfter(70_000, Optional.empty());
    assertThat(found(second)).containsExactly(70_001L, 70_002L);
  }

  @Test
  void laterOrdersMoveToThePartThatBeginsBeforeThem() {
    load(1_000_001, Long.MAX_VALUE);
    fill(1, FULL);
    load(70_000);

    assertThat(parts()).containsExactly(0L, 70_000L);
    assertThat(numbers("SELECT part FROM search_term")).containsOnly(70_000L);
    assertThat(found()).containsExactly(70_000L, 1_000_001L, Long.MAX_VALUE);
    try (Store store = open()) {
      store.orders().setRemarks(1_000_001, none -> remark("new"), ALICE);
      store.orders().setRemarks(1_000_001, none -> remark("newer"), ALICE);
    }
    assertThat(texts("SELECT term FROM search_term WHERE term LIKE 'r%'"))
        .containsExactly("rnewer");
  }

  @Test
  void ofTwoAscendingSeriesTheGreaterBeginsParts() {
    fill(1, FULL);
    load(1_000_000, 500);
    fill(70_000, 70_600);
    load(70_601, 2_000_000, 70_602);

    assertThat(parts()).containsExactly(0L, 1_000_000L);
    fill(1_000_001, 1_000_000 + FULL);
    load(70_603, 2_000_001);
    assertThat(parts()).containsExactly(0L, 1_000_000L, 2_000_001L);
  }

  /** A page ended with such an order, and the next one began after it. */
  @Test
  void termLeftInAnEarlierPartIsNotFound() {
    fill(1, FULL);
    load(70_000, 70_001, 70_002);
    change(
        "INSERT INTO search_term (part, term, order_number)"
            + " SELECT 0, term, 70002 FROM search_term WHERE order_number = 70000");

    assertThat(parts()).containsExactly(0L, 70_000L);
    assertThat(found(search().withLimit(2))).containsExactly(70_000L, 70_001L);
  }

  @Test
  void noPartBeginsBeforeManyOrders() {
    fill(1, FULL);
    fill(100_000, 100_500);
    load(70_000);

    assertThat(parts()).containsExactly(0L);
    assertThat(found()).containsExactly(70_000L);
  }

  @Test
  void anImportThatIsRepeatedBeginsNoOtherPart() {
    fill(1, FULL);
    assertThat(load(70_000)).containsExactly(Outcome.ADDED);
    List<String> before = texts(ROWS);
    assertThat(load(70_000)).containsExactly(Outcome.KNOWN);

    assertThat(parts()).containsExactly(0L, 70_000L);
    assertThat(texts(ROWS)).isEqualTo(before);
  }

  @Test
  void anOrderThatIsThereBeginsNoPart() {
    fill(1, FULL + 5);
    assertThat(load(FULL + 3)).allMatch(Outcome.Refused.class::isInstance);

    assertThat(parts()).containsExactly(0L);
  }

  @Test
  void thePartsHaveTheSameTermsAsOnePartWouldHave() {
    long[] orders = LongStream.rangeClosed(70_000, 70_300).toArray();
    load(orders);
    List<String> whole = texts(ROWS);
    assertThat(parts()).containsExactly(0L);
    change("DELETE FROM search_term");
    change("DELETE FROM certificate");
    change("DELETE FROM event");
    change("DELETE FROM orders");
    fill(1, FULL);
    for (long order : orders) {
      load(order);
    }

    assertThat(parts()).containsExactly(0L, 70_000L);
    assertThat(texts(ROWS)).isEqualTo(whole);
  }

  private static OrderRemarks remark(String reference) {
    return new OrderRemarks(Optional.of(reference), Optional.empty());
  }

  /** Adds orders without certificates. */
  private void fill(long from, long to) {
    change(
        "WITH RECURSIVE n (i) AS (SELECT "
            + from
            + " UNION ALL SELECT i + 1 FROM n WHERE i < "
            + to
            + ") INSERT INTO orders (number, account_id, product, state, created_at, changed_at)"
            + " SELECT i, (SELECT id FROM account), 'SSL', 'AWAITING_PAYMENT', 0, 0 FROM n");
  }

  private List<Outcome> load(long... numbers) {
    try (Store store = open()) {
      return store
          .transfers()
          .loader(ALICE)
          .load(LongStream.of(numbers).mapToObj(SearchPartsTest::order).toList());
    }
  }

  private static TransferRecord order(long number) {
    return new OrderRecord(
        number,
        "demo",
        Product.SSL,
        OrderState.ISSUED,
        Optional.empty(),
        Instant.EPOCH,
        Instant.EPOCH,
        List.of(new CertificateRecord(Instant.EPOCH, chain("chain-3"))),
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  private static OrderFilter search() {
    return OrderFilter.first(9).withTerms(SearchTerms.domain("www.example.com").stream().toList());
  }

  private List<Long> found() {
    return found(search());
  }

  private List<Long> found(OrderFilter filter) {
    try (Store store = open()) {
      return store.orders().list(filter).stream().map(Order::number).toList();
    }
  }

  private List<Long> parts() {
    return numbers("SELECT first_number FROM search_part ORDER BY first_number");
  }

  private List<Long> numbers(String sql) {
    try (Database database = database()) {
      return database.read(session -> session.list(sql, Row::number));
    }
  }

  private List<String> texts(String sql) {
    try (Database database = database()) {
      return database.read(session -> session.list(sql, Row::text));
    }
  }

  private void change(String sql) {
    try (Database database = database()) {
      int unused = database.change(session -> session.update(sql));
    }
  }

  private Database database() {
    return new SqliteEngine(file()).open(1, 1);
  }

  private Store open() {
    return SqliteStore.open(file(), Clock.systemUTC());
  }

  private Path file() {
    return folder.resolve("store.sqlite");
  }

  /** Opens a store in which each part has three numbers. */
  private Store openInParts(Clock clock) {
    Path file = folder.resolve("parts.sqlite");
    Store store = SqliteStore.open(file, clock);
    try (Database database = new SqliteEngine(file).open(1, 1)) {
      int unused =
          database.change(
              session ->
                  session.update(
                      """
                      WITH RECURSIVE n (i) AS (SELECT 3 UNION ALL SELECT i + 3 FROM n WHERE i < 1500)
                      INSERT OR IGNORE INTO search_part (first_number)
                      SELECT i FROM n UNION ALL SELECT 999999 + i FROM n
                      """));
    }
    return store;
  }

  @Nested
  class Search extends SearchContract {
    @Override
    protected Store openStore(Clock clock) {
      return openInParts(clock);
    }
  }

  @Nested
  class Retention extends RetentionContract {
    @Override
    protected Store openStore(Clock clock) {
      return openInParts(clock);
    }
  }

  @Nested
  class Holds extends HoldContract {
    @Override
    protected Store openStore(Clock clock) {
      return openInParts(clock);
    }
  }

  @Nested
  class Reissues extends ReissueContract {
    @Override
    protected Store openStore(Clock clock) {
      return openInParts(clock);
    }
  }

  @Nested
  class Load extends LoadContract {
    @Override
    protected Store openStore(Clock clock) {
      return openInParts(clock);
    }
  }
}
