package org.certcollect.store.jdbc.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Stream;
import org.certcollect.store.Events.EventFilter;
import org.certcollect.store.OrderFilter;
import org.certcollect.store.OrderTime;
import org.certcollect.store.OrderTime.Period;
import org.certcollect.store.domain.OrderState;
import org.certcollect.store.domain.Product;
import org.certcollect.store.jdbc.Database;
import org.certcollect.store.jdbc.Row;
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
import org.certcollect.store.testing.Postgres;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Tests that PostgreSQL reads by index, however many orders there are. */
class PostgresQueryPlanTest {
  private static final Optional<String> ACCOUNT = Optional.of("demo7");
  private static final Optional<OrderState> STATE = Optional.of(OrderState.ISSUED);
  private static final Optional<Product> PRODUCT = Optional.of(Product.SSL);
  private static final Period PERIOD = Period.before(Instant.ofEpochMilli(9000));
  private static final Optional<Instant> EXPIRY = Optional.of(Instant.ofEpochMilli(4000));

  private static Database database;

  @BeforeAll
  static void fill() {
    PostgresEngine engine = new PostgresEngine(Postgres.empty());
    database = engine.open();
    engine.migrator(database, Clock.systemUTC()).migrate();
    database
        .withPatience(Duration.ofMinutes(2))
        .change(
            session -> {
              session.update(
                  "INSERT INTO account (login, password_hash, ssl, ccc, enabled, version,"
                      + " created_at) SELECT 'demo' || i, '', 1, 1, 1, 1, 0 FROM generate_series(1,"
                      + " 3000) i");
              session.update(
                  "INSERT INTO orders (number, account_id, product, state, created_at, changed_at,"
                      + " not_before, not_after, code_hash) SELECT i,"
                      + " CASE WHEN i % 11 = 0 THEN 7 ELSE 1 + i % 3000 END,"
                      + " CASE WHEN i % 3 = 0 THEN 'CCC' ELSE 'SSL' END,"
                      + " CASE WHEN i % 5 = 0 THEN 'REVOKED' ELSE 'ISSUED' END, 0, 0, 0, i % 10000,"
                      + " sha256(i::text::bytea) FROM generate_series(1, 30000) i");
              session.update(
                  "UPDATE orders SET issued_at = number, created_at = number, changed_at = number,"
                      + " processing_since = CASE WHEN number % 100 = 0 THEN number END");
              session.update(
                  "INSERT INTO search_term SELECT 'ncom.example.*', number FROM orders"
                      + " UNION ALL SELECT 'w' || number % 50, number FROM orders"
                      + " UNION ALL SELECT 'ncom.example.www' || number, number FROM orders");
              session.update("INSERT INTO chain (digest) VALUES ('x')");
              session.update(
                  "INSERT INTO certificate (order_number, chain_id, issued_at, sha256, subject,"
                      + " not_before, not_after, der) SELECT number, 1, 0, '', '', 0, 0, '' FROM"
                      + " orders WHERE number % 5 = 0");
              for (String table : List.of("signing_request", "reissue_request")) {
                session.update(
                    "INSERT INTO "
                        + table
                        + " SELECT number, 'x', 'x', 'x' FROM orders WHERE number % 10 = 0");
              }
              session.update(
                  "INSERT INTO validation SELECT number, NULL, '', '' FROM orders WHERE number % 10"
                      + " = 0");
              session.update(
                  "INSERT INTO outbox (channel, kind, created_at, order_number, account_id,"
                      + " recipient, due_at, next_at) SELECT 'MAIL', 'ISSUED', number, number,"
                      + " account_id, 'r' || number % 100, number, number FROM orders");
              session.update(
                  "INSERT INTO outbox (channel, kind, created_at, order_number, account_id,"
                      + " recipient, due_at, next_at) SELECT 'PUSH', 'ISSUED', number, number,"
                      + " account_id, '', number, number FROM orders");
              session.update(
                  "INSERT INTO push (account_id, url, with_certificate, free_at)"
                      + " SELECT id, 'https://push.example.com', 0, id FROM account");
              return session.update(
                  "INSERT INTO event (at, actor, account_id, order_number, action)"
                      + " SELECT 0, 'x', account_id, number, 'x' FROM orders");
            });
    database.withPatience(Duration.ofMinutes(2)).changeAtOnce(session -> session.update("ANALYZE"));
  }

  @AfterAll
  static void close() {
    database.close();
  }

  @Test
  void oldestAndExpiringOrdersAreFoundInIndexesAlone() {
    assertThat(plan(StatisticsQuery.OLDEST)).contains("orders_by_processing");
    assertThat(plan(StatisticsQuery.EXPIRING, 1L, 2L)).contains("orders_by_expiry");
  }

  @Test
  void aCollectRequestReadsTwoRowsByTheirKeys() {
    assertThat(plan(JdbcCollects.BY_LOGIN, 17L, "demo18"))
        .contains("account_login_key", "orders_pkey")
        .doesNotContain("Seq Scan on orders");
    String both = "array['demo18', 'demo19'], array[17, 18]::bigint[]";
    String one = "array['demo18'], array[17]::bigint[]";
    for (String claims : List.of(one, both)) {
      assertThat(plan(SnapshotCollects.SELECT_CLAIMS.replace("?, ?", claims)))
          .contains("account_login_key", "orders_pkey")
          .doesNotContain("Seq Scan on orders");
    }
    assertThat(plan(JdbcCollects.BY_CERTIFICATE, 17L, "demo18"))
        .contains("account_login_key", "certificate_pkey", "orders_pkey")
        .doesNotContain("Seq Scan on orders", "Seq Scan on certificate");
    assertThat(plan(JdbcCollects.DETAILS, Optional.empty(), 17L))
        .contains("certificate_pkey", "orders_pkey", "validation_pkey", "signing_request_pkey")
        .doesNotContain("Seq Scan");
    assertThat(plan(JdbcCollects.BY_CODE, new byte[32]))
        .contains("orders_by_code")
        .doesNotContain("Seq Scan");
  }

  @Test
  void whetherThereIsACodeIsReadFromTheIndexOfCodes() {
    assertThat(plan(JdbcOrders.ANY_CODE)).contains("orders_by_code").doesNotContain("Seq Scan");
  }

  @Test
  void ordersThatWaitAreFoundByAnIndexOfTheirRequest() {
    byte[] key = new byte[16];
    assertThat(plan(RequestRow.WAITING_FOR_KEY, key, key, key, key))
        .contains("signing_request_by_key")
        .doesNotContain("Seq Scan on orders", "Seq Scan on signing_request");
    assertThat(plan(RequestRow.WAITING_FOR_DOMAIN, "a", "a"))
        .contains("signing_request_by_domain")
        .doesNotContain("Seq Scan on orders", "Seq Scan on signing_request");
  }

  @Test
  void aListWithoutFilterPagesByNumber() {
    assertPages("orders_pkey", none(), none(), none());
  }

  @Test
  void aListOfAnAccountPagesByItsIndexWhateverElseIsAsked() {
    assertPages("orders_by_account", ACCOUNT, none(), none());
    assertPages("orders_by_account", ACCOUNT, STATE, none());
    assertPages("orders_by_account", ACCOUNT, none(), PRODUCT);
    assertPages("orders_by_account", ACCOUNT, STATE, PRODUCT);
  }

  @Test
  void aListOfAStateOrAProductPagesByItsIndex() {
    assertPages("orders_by_state", none(), STATE, none());
    assertPages("orders_by_state", none(), STATE, PRODUCT);
    assertPages("orders_by_product", none(), none(), PRODUCT);
  }

  @Test
  void aListOfWhatExpiresPagesAlongTheExpiry() {
    for (Optional<Product> product : List.of(PRODUCT, PostgresQueryPlanTest.<Product>none())) {
      assertExpires("orders_by_expiry", none(), product);
      assertExpires("orders_by_account_and_expiry", ACCOUNT, product);
    }
  }

  @Test
  void everySearchIsByIndexAndTheSameWhicheverConditionLeads() {
    for (Optional<OrderTime> time : times()) {
      OrderFilter filter =
          OrderFilter.first(10)
              .withAccount(ACCOUNT)
              .withState(STATE)
              // Only a term of few orders leads a list along a time.
              .withTerms(time.isPresent() ? List.of("w10") : List.of("ncom.example.*", "w10"));
      if (time.isPresent()) {
        filter = filter.withPeriod(time.get(), Period.before(Instant.ofEpochMilli(25_000)));
      }
      filter = filter.withAfter(700, time.map(unused -> Instant.ofEpochMilli(700)));
      Set<List<Long>> results = new HashSet<>();
      for (OrderListQuery.Lead lead : OrderListQuery.leads(filter)) {
        // Any other lead of a list along a time has few of many orders, unlike in this small table.
        if (time.isEmpty() || lead instanceof OrderListQuery.Along) {
          assertThat(plan(filter, lead))
              .as("%s led by %s", filter, lead)
              .doesNotContain("Seq Scan on orders", "Seq Scan on search_term");
        }
        OrderListQuery list = new OrderListQuery(PostgresEngine.DIALECT, filter, lead);
        results.add(
            database.read(
                session ->
                    session.list(list.sql(), row -> row.number("number"), list.arguments())));
      }
      assertThat(results).as("%s", filter).hasSize(1);
    }
  }

  @Test
  void aSearchPagesAlongTheTermByNumber() {
    OrderFilter filter =
        OrderFilter.first(10).withTerms(List.of("ncom.example.*")).withAfter(20_000, none());

    assertThat(plan(filter))
        .containsPattern("search_term_pkey(?s:.*)Index Cond: .*term = .*order_number > ")
        .doesNotContain("Seq Scan");
  }

  private static List<Optional<OrderTime>> times() {
    return Stream.concat(
            Stream.of(PostgresQueryPlanTest.<OrderTime>none()),
            Stream.of(OrderTime.values()).map(Optional::of))
        .toList();
  }

  @Test
  void eventsAreFoundByTheirOrderTimeAndActor() {
    assertThat(plan(JdbcEvents.OF_ORDER, 17L)).contains("event_by_order");
    for (Optional<String> actor : List.of(Optional.of("x"), PostgresQueryPlanTest.<String>none())) {
      EventFilter filter = new EventFilter(none(), actor, OptionalLong.empty(), 7, 10);
      assertThat(plan(JdbcEvents.page(filter), JdbcEvents.arguments(filter, Instant.EPOCH)))
          .contains("event_by_")
          .doesNotContain("Seq Scan on event");
    }
  }

  @Test
  void oldOrdersAndEventsAreFoundAlongTheirTimes() {
    assertThat(plan(JdbcRetention.Old.EVENTS.page(false), 1L, 0L, 7L, 10L))
        .contains("event_by_time")
        .doesNotContain("Join", "Sort");
    assertThat(plan(JdbcRetention.Old.EXPIRED.page(false), 5_000L, 0L, 7L, 10L))
        .contains("orders_by_expiry")
        .doesNotContain("Seq Scan");
    assertThat(plan(JdbcRetention.Old.EXPIRED.page(true), 5_000L, 5L, 0L, 7L, 10L))
        .contains("orders_by_account_and_expiry")
        .doesNotContain("Seq Scan");
    assertThat(plan(JdbcRetention.Old.REVOKED.page(false), 5_000L, 0L, 7L, 10L))
        .contains("orders_by_revocation")
        .doesNotContain("Seq Scan");
    assertThat(plan(JdbcAccounts.RENAME_IN_MOVES, "from new", "from demo"))
        .contains("event_by_move");
  }

  @Test
  void oldDataOfOneAccountIsFoundByThatAccount() {
    assertThat(plan(JdbcRetention.ordersOfAccount(PostgresEngine.DIALECT), 5L, 0L, 5L, 10L))
        .contains("orders_by_account")
        .doesNotContain("Sort");
    assertThat(plan(JdbcRetention.DELETE_EVENTS_OF_ORDER, 17L, 9L)).contains("event_by_order");
    assertThat(plan(JdbcRetention.Old.REVOKED.page(true), 5_000L, 5L, 0L, 7L, 10L))
        .contains("orders_by_account_and_revocation")
        .doesNotContain("Sort");
  }

  @Test
  void mailsThatAreDueAndCertificatesThatExpireAreFoundAlongTheirTimes() {
    assertThat(plan(JdbcOutbox.DUE, 20_000L, 8L))
        .contains("outbox_by_time", "outbox_by_recipient", "SubPlan")
        .doesNotContain("Seq Scan", "Join", "Sort");
    assertThat(plan(JdbcOutbox.MANY_DUE, 20_000L))
        .contains("outbox_by_time")
        .doesNotContain("Seq Scan", "Sort");
    assertThat(plan(JdbcOutbox.DUE_BY_RECIPIENT, "r1", 20_000L, 8L))
        .contains("outbox_by_recipient", "outbox_pkey")
        .doesNotContain("Seq Scan", "Sort");
    assertThat(plan(JdbcOutbox.FIRST, "r7"))
        .contains("outbox_by_recipient")
        .doesNotContain("Seq Scan", "Sort");
    assertThat(plan(JdbcOutbox.EXPIRING, 5_000L, 7L, 9_000L, 9L))
        .contains("orders_by_expiry")
        .doesNotContain("Seq Scan", "Sort");
    assertThat(plan("DELETE FROM outbox WHERE account_id = ?", 17L)).contains("outbox_by_account");
  }

  @Test
  void pushNotificationsThatAreDueAreFoundAlongTheirReceivers() {
    assertThat(plan(JdbcPushes.ANY_DUE, 20_000L))
        .contains("outbox_by_time")
        .doesNotContain("Seq Scan", "Sort");
    assertThat(plan(JdbcPushes.DUE, 5_000L, 0L, 20_000L, 8L))
        .contains("push_by_time")
        .doesNotContain("Seq Scan", "Sort");
    assertThat(plan(JdbcPushes.NEXT, 17L, 20_000L, 1L, 1L))
        .contains("outbox_by_receiver", "outbox_by_order", "SubPlan")
        .doesNotContain("Seq Scan");
  }

  private static void assertPages(
      String index,
      Optional<String> account,
      Optional<OrderState> state,
      Optional<Product> product) {
    // The page is cut where the index ends it: nothing before is read, nothing is sorted.
    assertThat(
            plan(
                OrderFilter.first(10)
                    .withAccount(account)
                    .withState(state)
                    .withProduct(product)
                    .withAfter(20_000, none())))
        .contains(index)
        .containsPattern("Index Cond: .*number\\)? > ")
        .doesNotContain("Sort")
        .doesNotContain("Seq Scan on orders");
  }

  private static void assertExpires(
      String index, Optional<String> account, Optional<Product> product) {
    String plan =
        plan(
            OrderFilter.first(10)
                .withAccount(account)
                .withProduct(product)
                .withPeriod(OrderTime.EXPIRY, PERIOD)
                .withAfter(20_000, EXPIRY));

    // Only two pages are sorted: the orders that expire with the order before, and the later ones.
    assertThat(plan.substring(plan.indexOf("Subquery Scan on s")))
        .containsPattern(index + "(?s:.*)Index Cond: .*not_after = .*number > ")
        .containsPattern(index + "(?s:.*)Index Cond: .*not_after > ")
        .doesNotContain("Sort")
        .doesNotContain("Seq Scan on orders");
  }

  private static String plan(OrderFilter filter) {
    return plan(filter, OrderListQuery.leads(filter).get(0));
  }

  private static String plan(OrderFilter filter, OrderListQuery.Lead lead) {
    OrderListQuery list = new OrderListQuery(PostgresEngine.DIALECT, filter, lead);
    return plan(list.sql(), list.arguments());
  }

  private static String plan(String sql, Object... arguments) {
    List<String> lines =
        database.read(session -> session.list("EXPLAIN " + sql, Row::text, arguments));
    return String.join("\n", lines);
  }

  private static <T> Optional<T> none() {
    return Optional.empty();
  }
}
