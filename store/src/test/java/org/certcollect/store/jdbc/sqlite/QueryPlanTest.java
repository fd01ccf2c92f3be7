package org.certcollect.store.jdbc.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.certcollect.store.Events.EventFilter;
import org.certcollect.store.OrderFilter;
import org.certcollect.store.OrderTime;
import org.certcollect.store.OrderTime.Period;
import org.certcollect.store.domain.OrderState;
import org.certcollect.store.domain.Product;
import org.certcollect.store.jdbc.Database;
import org.certcollect.store.jdbc.push.JdbcPushes;
import org.certcollect.store.jdbc.table.JdbcAccounts;
import org.certcollect.store.jdbc.table.JdbcCollects;
import org.certcollect.store.jdbc.table.JdbcEvents;
import org.certcollect.store.jdbc.table.JdbcOrders;
import org.certcollect.store.jdbc.table.JdbcOutbox;
import org.certcollect.store.jdbc.table.JdbcRetention;
import org.certcollect.store.jdbc.table.OrderListQuery;
import org.certcollect.store.jdbc.table.RequestRow;
import org.certcollect.store.jdbc.table.StatisticsQuery;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests that SQLite reads lists by index, however many orders there are. */
class QueryPlanTest {
  private static final byte[] KEY = new byte[16];
  private static final Optional<String> ACCOUNT = Optional.of("demo");
  private static final Optional<OrderState> STATE = Optional.of(OrderState.ISSUED);
  private static final Optional<Product> PRODUCT = Optional.of(Product.SSL);
  private static final Period PERIOD = Period.before(Instant.ofEpochMilli(9000));
  private static final Optional<Instant> EXPIRY = Optional.of(Instant.ofEpochMilli(4000));

  @TempDir private Path folder;
  private Database database;

  @BeforeEach
  void open() {
    Path file = folder.resolve("store.sqlite");
    SqliteStore.prepare(file);
    SqliteEngine engine = new SqliteEngine(file);
    database = engine.open(1, 1);
    engine.migrator(database, Clock.systemUTC()).migrate();
    prepare(engine, database);
  }

  /** Does something else to the store before the queries are planned. */
  void prepare(SqliteEngine engine, Database database) {}

  @AfterEach
  void close() {
    database.close();
  }

  @Test
  void aCollectRequestReadsRowsByTheirKeys() {
    assertThat(plan(JdbcCollects.BY_LOGIN)).hasSize(2).allMatch(step -> step.startsWith("SEARCH"));
    assertThat(plan(JdbcCollects.BY_CERTIFICATE))
        .hasSize(3)
        .allMatch(step -> step.startsWith("SEARCH"));
    assertThat(plan(JdbcCollects.DETAILS)).hasSize(5).allMatch(step -> step.startsWith("SEARCH"));
  }

  @Test
  void ordersAreCountedInIndexesAlone() {
    assertThat(plan(StatisticsQuery.BY_STATE))
        .containsExactly("SCAN orders USING COVERING INDEX orders_by_state");
    assertThat(plan(StatisticsQuery.OLDEST))
        .singleElement()
        .asString()
        .startsWith("SEARCH orders USING INDEX orders_by_processing");
    assertThat(plan(StatisticsQuery.EXPIRING, 1L, 2L))
        .singleElement()
        .asString()
        .startsWith("SEARCH orders USING COVERING INDEX orders_by_expiry");
  }

  @Test
  void aListWithoutFilterPagesByNumber() {
    assertPages("INTEGER PRIMARY KEY (rowid>?)", none(), none(), none());
  }

  @Test
  void aListOfAnAccountPagesByItsIndexWhateverElseIsAsked() {
    String index = "orders_by_account (account_id=? AND rowid>?)";
    assertPages(index, ACCOUNT, none(), none());
    assertPages(index, ACCOUNT, STATE, none());
    assertPages(index, ACCOUNT, none(), PRODUCT);
    assertPages(index, ACCOUNT, STATE, PRODUCT);
  }

  @Test
  void aListOfAStatePagesByItsIndex() {
    String index = "orders_by_state (state=? AND rowid>?)";
    assertPages(index, none(), STATE, none());
    assertPages(index, none(), STATE, PRODUCT);
  }

  @Test
  void aListOfAProductPagesByItsIndex() {
    assertPages("orders_by_product (product=? AND rowid>?)", none(), none(), PRODUCT);
  }

  @Test
  void aListOfWhatExpiresPagesAlongTheExpiry() {
    for (Optional<Product> product : List.of(PRODUCT, QueryPlanTest.<Product>none())) {
      assertExpires("orders_by_expiry (state=? AND not_after", none(), product);
      assertExpires("orders_by_account_and_expiry (account_id=? AND not_after", ACCOUNT, product);
    }
  }

  private void assertExpires(String index, Optional<String> account, Optional<Product> product) {
    List<String> plan =
        plan(
            OrderFilter.first(10)
                .withAccount(account)
                .withProduct(product)
                .withPeriod(OrderTime.EXPIRY, PERIOD)
                .withAfter(7, EXPIRY));

    // One page of those that expire with the order before, one of the later ones.
    assertThat(plan).anyMatch(step -> step.endsWith(index + "=? AND rowid>?)"));
    assertThat(plan).anyMatch(step -> step.endsWith(index + ">? AND not_after<?)"));
    assertThat(plan).noneMatch(step -> step.startsWith("SCAN o"));
    // These two are sorted, and what is listed of them.
    assertThat(plan).filteredOn(step -> step.contains("TEMP B-TREE")).hasSize(2);
  }

  @Test
  void everySearchIsByIndexWhicheverConditionLeads() {
    for (Optional<OrderTime> time : times()) {
      OrderFilter filter =
          OrderFilter.first(10)
              .withAccount(ACCOUNT)
              .withState(STATE)
              .withTerms(List.of("ncom.example.*", "wgmbh"));
      if (time.isPresent()) {
        filter = filter.withPeriod(time.get(), PERIOD);
      }
      filter = filter.withAfter(7, time.isPresent() ? EXPIRY : none());
      for (OrderListQuery.Lead lead : OrderListQuery.leads(filter)) {
        List<String> plan = plan(filter, lead);
        assertThat(plan)
            .as("%s led by %s", filter, lead)
            .noneMatch(step -> step.matches("SCAN [otcra]( .*)?"))
            .filteredOn(step -> step.startsWith("SEARCH t "))
            .allMatch(step -> step.contains("(part=? AND term=?"));
      }
    }
  }

  @Test
  void aSearchPagesAlongTheTermByNumber() {
    OrderFilter filter =
        OrderFilter.first(10)
            .withTerms(List.of("ncom.example.*"))
            .withAccount(ACCOUNT)
            .withAfter(7, none());

    assertThat(plan(filter))
        .containsSubsequence(
            "SCAN p",
            "SEARCH t USING PRIMARY KEY"
                + " (part=? AND term=? AND order_number>? AND order_number<?)")
        .noneMatch(step -> step.contains("orders_by_account"))
        .noneMatch(step -> step.contains("TEMP B-TREE"));
  }

  @Test
  void listsAlongATimePageAlongItsIndex() {
    for (OrderTime time : OrderTime.values()) {
      if (time != OrderTime.EXPIRY) {
        List<String> plan =
            plan(OrderFilter.first(10).withPeriod(time, PERIOD).withAfter(7, EXPIRY));
        String index = "INDEX orders_by_" + time.name().toLowerCase(Locale.ROOT);
        assertThat(plan).anyMatch(step -> step.contains(index) && step.endsWith("=? AND rowid>?)"));
        assertThat(plan).anyMatch(step -> step.contains(index) && step.contains(">? AND "));
      }
    }
  }

  @Test
  void eventsPageAlongTheirIndexes() {
    for (Optional<String> actor : List.of(Optional.of("cli:alice"), QueryPlanTest.<String>none())) {
      EventFilter filter = new EventFilter(none(), actor, OptionalLong.empty(), 7, 10);
      assertThat(plan(JdbcEvents.page(filter), JdbcEvents.arguments(filter, Instant.EPOCH)))
          .first()
          .asString()
          .contains(
              actor.isPresent() ? "event_by_actor (actor=? AND at>?)" : "event_by_time (at>?)");
    }
  }

  @Test
  void theHighestBcryptCostIsReadFromAnIndexOfThoseHashesAlone() {
    assertThat(JdbcAccounts.BCRYPT_COSTS.stream().flatMap(sql -> plan(sql).stream()))
        .containsExactly(
            "SCAN account USING INDEX account_by_bcrypt",
            "SCAN account USING INDEX account_by_old_bcrypt");
  }

  @Test
  void oldOrdersAndEventsAreFoundAlongTheirTimes() {
    assertThat(plan(JdbcRetention.Old.EVENTS.page(false), 9L, 1L, 7L, 10L))
        .containsExactly("SEARCH o USING INDEX event_by_time (at>? AND at<?)");
    assertThat(plan(JdbcRetention.Old.EXPIRED.page(false), 9L, 1L, 7L, 10L))
        .contains("SEARCH o USING INDEX orders_by_expiry (state=? AND not_after>? AND not_after<?)")
        .noneMatch(step -> step.contains("TEMP B-TREE"));
    assertThat(plan(JdbcRetention.Old.EXPIRED.page(true), 9L, 5L, 1L, 7L, 10L))
        .first()
        .asString()
        .contains("orders_by_account_and_expiry (account_id=? AND not_after>");
    assertThat(plan(JdbcRetention.Old.REVOKED.page(false), 9L, 1L, 7L, 10L))
        .contains(
            "SEARCH o USING COVERING INDEX orders_by_revocation (state=? AND changed_at>? AND"
                + " changed_at<?)")
        .noneMatch(step -> step.contains("TEMP B-TREE"));
    assertThat(plan(JdbcAccounts.RENAME_IN_MOVES, "from new", "from demo"))
        .containsExactly("SEARCH event USING INDEX event_by_move (detail=?)");
  }

  /** Broke once: it scanned the events of all accounts. */
  @Test
  void oldDataOfOneAccountIsFoundByThatAccount() {
    assertThat(plan(JdbcRetention.ordersOfAccount(SqliteEngine.DIALECT), 5L, 0L, 5L, 10L))
        .containsExactly(
            "SEARCH o USING COVERING INDEX orders_by_account (account_id=? AND rowid>?)");
    assertThat(plan(JdbcRetention.DELETE_EVENTS_OF_ORDER, 17L, 9L))
        .containsExactly("SEARCH event USING INDEX event_by_order (order_number=?)");
    assertThat(plan(JdbcRetention.DELETE_EVENTS_OF_ACCOUNT, 5L, 9L))
        .containsExactly("SEARCH event USING INDEX event_by_account (account_id=?)");
    assertThat(plan(JdbcRetention.Old.REVOKED.page(true), 9L, 5L, 1L, 7L, 10L))
        .contains(
            "SEARCH o USING COVERING INDEX orders_by_account_and_revocation (account_id=? AND"
                + " changed_at>? AND changed_at<?)")
        .noneMatch(step -> step.contains("TEMP B-TREE"));
    assertThat(plan(JdbcRetention.Old.REJECTED.page(true), 9L, 5L, 1L, 7L, 10L))
        .first()
        .asString()
        .contains("orders_by_account_and_rejection");
  }

  private static List<Optional<OrderTime>> times() {
    return Stream.concat(
            Stream.of(QueryPlanTest.<OrderTime>none()),
            Stream.of(OrderTime.values()).map(Optional::of))
        .toList();
  }

  @Test
  void whetherThereIsACodeIsReadFromTheIndexOfCodesAlone() {
    assertThat(plan(JdbcOrders.ANY_CODE))
        .singleElement()
        .asString()
        .startsWith("SEARCH")
        .contains("COVERING INDEX orders_by_code");
  }

  @Test
  void ordersThatWaitAreFoundByAnIndexOfTheirRequest() {
    assertThat(plan(RequestRow.WAITING_FOR_KEY, KEY, KEY, KEY, KEY))
        .anyMatch(step -> step.contains("signing_request_by_key"))
        .noneMatch(step -> step.startsWith("SCAN"));
    assertThat(plan(RequestRow.WAITING_FOR_DOMAIN, "a", "a"))
        .anyMatch(step -> step.contains("signing_request_by_domain"))
        .noneMatch(step -> step.startsWith("SCAN"));
  }

  @Test
  void mailsThatAreDueAndCertificatesThatExpireAreFoundAlongTheirTimes() {
    assertThat(plan(JdbcOutbox.DUE, 1L, 8))
        .anyMatch(step -> step.contains("USING INDEX outbox_by_time (channel=? AND next_at<?"))
        .anyMatch(step -> step.matches("SEARCH p USING .*outbox_by_recipient .*"))
        .noneMatch(step -> step.contains("SCAN outbox") || step.contains("TEMP B-TREE"));
    assertThat(plan(JdbcOutbox.MANY_DUE, 1L))
        .singleElement()
        .asString()
        .contains("outbox_by_time (channel=? AND next_at<?");
    assertThat(plan(JdbcOutbox.DUE_BY_RECIPIENT, "a", 1L, 8))
        .anyMatch(step -> step.matches("SEARCH o USING .*outbox_by_recipient .channel=. AND .*"))
        .anyMatch(step -> step.matches("SEARCH p USING .*outbox_by_recipient .*"))
        .noneMatch(step -> step.contains("SCAN outbox") || step.contains("TEMP B-TREE"));
    assertThat(plan(JdbcOutbox.FIRST, "a"))
        .singleElement()
        .asString()
        .matches("SEARCH p USING .*outbox_by_recipient .*");
    assertThat(plan(JdbcOutbox.EXPIRING, 1L, 1L, 2L, 9))
        .singleElement()
        .asString()
        .matches("SEARCH o USING .*orders_by_expiry .state=. AND .*");
    assertThat(plan("DELETE FROM outbox WHERE account_id = ?", 1L))
        .singleElement()
        .asString()
        .contains("outbox_by_account");
  }

  @Test
  void pushNotificationsThatAreDueAreFoundAlongTheirReceivers() {
    assertThat(plan(JdbcPushes.ANY_DUE, 1L))
        .singleElement()
        .asString()
        .contains("outbox_by_time (channel=? AND next_at<?");
    assertThat(plan(JdbcPushes.DUE, 1L, 0L, 1L, 8))
        .anyMatch(step -> step.contains("push_by_time (free_at<?"))
        .anyMatch(step -> step.contains("outbox_by_receiver (account_id=? AND next_at<?"))
        .noneMatch(step -> step.contains("SCAN") || step.contains("TEMP B-TREE"));
    assertThat(plan(JdbcPushes.NEXT, 1L, 1L, 1L, 1L))
        .anyMatch(step -> step.contains("outbox_by_receiver (account_id=? AND next_at<?"))
        .anyMatch(step -> step.matches("SEARCH p USING INDEX outbox_by_order .*"))
        .noneMatch(step -> step.startsWith("SCAN") || step.contains("ORDER BY"));
  }

  private void assertPages(
      String index,
      Optional<String> account,
      Optional<OrderState> state,
      Optional<Product> product) {
    List<String> plan =
        plan(
            OrderFilter.first(10)
                .withAccount(account)
                .withState(state)
                .withProduct(product)
                .withAfter(7, none()));

    assertThat(plan).anyMatch(step -> step.startsWith("SEARCH o ") && step.endsWith(index));
    assertThat(plan).noneMatch(step -> step.startsWith("SCAN") || step.contains("TEMP B-TREE"));
  }

  private List<String> plan(OrderFilter filter) {
    return plan(filter, OrderListQuery.leads(filter).get(0));
  }

  private List<String> plan(OrderFilter filter, OrderListQuery.Lead lead) {
    OrderListQuery list = new OrderListQuery(SqliteEngine.DIALECT, filter, lead);
    return plan(list.sql(), list.arguments());
  }

  private List<String> plan(String sql, Object... arguments) {
    return database.read(
        session -> session.list("EXPLAIN QUERY PLAN " + sql, row -> row.text("detail"), arguments));
  }

  private static <T> Optional<T> none() {
    return Optional.empty();
  }
}
