package org.certcollect.store.jdbc.table;

import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.certcollect.store.Account;
import org.certcollect.store.Retention;
import org.certcollect.store.domain.Actor;
import org.certcollect.store.domain.PasswordHash;
import org.certcollect.store.jdbc.Database;
import org.certcollect.store.jdbc.EventRow;
import org.certcollect.store.jdbc.Row;
import org.certcollect.store.jdbc.Session;
import org.certcollect.store.jdbc.SqlDialect;
import org.certcollect.store.jdbc.Work;
import org.certcollect.store.jdbc.push.PushRow;
import org.certcollect.store.transfer.EventRecord;

/** The deletion of old data of a store. Safe for use by many threads. */
public record JdbcRetention(Database database, SqlDialect dialect, Clock clock)
    implements Retention {
  private static final Duration SEARCH_PATIENCE = Duration.ofMinutes(1);
  private static final int EVENTS_AT_ONCE = 500;
  private static final int ORDERS_AT_ONCE = 50;
  private static final String NEUTRAL_LOGIN = "anonymous-";

  /** Rows that a rule deletes, along the index of the time that they are old by. */
  public enum Old {
    EVENTS("event o", "o.at", "o.id", " AND o.action <> 'account.rehash'"),
    EXPIRED(
        "o.not_after", "o.state = 'ISSUED' AND o.reissue_since IS NULL AND o.held_since IS NULL"),
    REJECTED("o.changed_at", "o.state = 'REJECTED'"),
    REVOKED("o.changed_at", "o.state = 'REVOKED'");

    private static final List<Old> ORDERS = List.of(EXPIRED, REJECTED, REVOKED);

    private final String from;
    private final String condition;
    private final String select;
    private final String order;

    /** Orders, without that of the newest certificate. */
    Old(String time, String state) {
      this(
          "orders o",
          time,
          "o.number",
          " AND "
              + state
              + " AND o.number <>"
              + " COALESCE((SELECT order_number FROM certificate ORDER BY id DESC LIMIT 1), 0)");
    }

    Old(String table, String time, String key, String more) {
      condition = time + " < ?" + more;
      from = " FROM " + table + " WHERE ";
      select = "SELECT " + time + " AS at, " + key + " AS id" + from + condition;
      order = " AND (%1$s, %2$s) > (?, ?) ORDER BY %1$s, %2$s LIMIT ?".formatted(time, key);
    }

    /** The statement of a page, whose arguments are: before, account, after (time, key), limit. */
    public String page(boolean ofAccount) {
      return select + ofAccount(ofAccount) + order;
    }

    public String count(boolean ofAccount) {
      return "SELECT COUNT(*)" + from + condition + ofAccount(ofAccount);
    }

    private static String ofAccount(boolean ofAccount) {
      return ofAccount ? " AND o.account_id = ?" : "";
    }

    /** Locks an order that is still old and still the account's. */
    private String lock(boolean ofAccount) {
      return "UPDATE orders AS o SET state = state WHERE o.number = ? AND "
          + condition
          + ofAccount(ofAccount);
    }
  }

  private static final String DELETE_EVENT = "DELETE FROM event WHERE id = ?";

  /** The events of an account itself, and those of its orders. */
  private static final String COUNT_EVENTS_OF_ACCOUNT =
      """
      SELECT (SELECT COUNT(*) FROM event WHERE account_id = ? AND order_number IS NULL
          AND at < ? AND action <> 'account.rehash')
        + (SELECT COUNT(*) FROM orders o JOIN event e ON e.order_number = o.number
          WHERE o.account_id = ? AND e.at < ?)
      """;

  public static final String DELETE_EVENTS_OF_ACCOUNT =
      """
      DELETE FROM event WHERE account_id = ? AND order_number IS NULL
        AND at < ? AND action <> 'account.rehash'
      """;
  public static final String DELETE_EVENTS_OF_ORDER =
      "DELETE FROM event WHERE order_number = ? AND at < ?";

  private static final List<String> DELETE_DETAILS =
      Stream.of("reissue_request", "signing_request", "validation", "outbox")
          .map(JdbcRetention::rows)
          .toList();

  /** The last collect goes last: one that was just put may have locked the order until now. */
  private static final List<String> DELETE_ORDER =
      List.of(
          rows("certificate"),
          rows("event"),
          "DELETE FROM orders WHERE number = ?",
          rows("last_collect"));

  private static final String LOCK_ORDER =
      "SELECT number FROM orders WHERE number = ? AND account_id = ? ";
  private static final String COUNT_ORDERS = "SELECT COUNT(*) FROM orders WHERE account_id = ?";
  private static final String CLEAR_ORDER =
      """
      UPDATE orders SET reference = NULL, note = NULL, reason = NULL, email = NULL, language = NULL
      WHERE number = ?
      """;
  private static final String CLEAR_EVENTS_OF_ORDER =
      """
      UPDATE event SET detail = NULL
      WHERE order_number = ? AND detail IS NOT NULL AND action <> 'order.issue'
      """;
  private static final String LOCK_OUT =
      """
      UPDATE account SET password_hash = ?, old_password_hash = NULL, old_password_until = NULL,
        email = NULL, language = NULL, version = version + 1
      WHERE id = ? AND enabled = 0
      """;

  /** Locks the account, so that nobody enables it before the transaction ends. */
  private static final String LOCK_DISABLED =
      "UPDATE account SET version = version WHERE id = ? AND enabled = 0 RETURNING login";

  private static final String CLEAR_EVENTS_OF_ACCOUNT =
      "UPDATE event SET detail = NULL WHERE account_id = ? AND order_number IS NULL";

  /** The place of a row along a time. */
  private record Place(long at, long id) {
    private static final Place FIRST = new Place(Long.MIN_VALUE, Long.MIN_VALUE);

    static Place read(Row row) throws SQLException {
      return new Place(row.number("at"), row.number("id"));
    }
  }

  @Override
  public Counts count(Rule rule) {
    OptionalLong account = account(rule);
    return new Counts(
        account.isPresent()
            ? rule.events().map(time -> countEvents(account.getAsLong(), time)).orElse(0L)
            : count(Old.EVENTS, rule.events(), account),
        Old.ORDERS.stream().mapToLong(old -> count(old, rule.orders(), account)).sum());
  }

  private long count(Old old, Optional<Instant> before, OptionalLong account) {
    return before
        .map(time -> search(old.count(account.isPresent()), Row::number, arguments(time, account)))
        .map(found -> found.get(0))
        .orElse(0L);
  }

  private long countEvents(long account, Instant before) {
    return search(COUNT_EVENTS_OF_ACCOUNT, Row::number, account, before, account, before).get(0);
  }

  @Override
  public Counts prune(Rule rule, Actor by, Consumer<Counts> progress) {
    OptionalLong account = account(rule);
    String what =
        Stream.of(
                rule.events().map(time -> "events before " + time),
                rule.orders().map(time -> "orders that ended before " + time))
            .flatMap(Optional::stream)
            .collect(Collectors.joining(", "));
    log(account, by, "store.prune", "to be deleted: " + what);
    long events = 0;
    if (rule.events().isPresent()) {
      Instant before = rule.events().get();
      LongConsumer told = count -> progress.accept(new Counts(count, 0));
      events =
          account.isPresent()
              ? pruneEvents(account.getAsLong(), before, told)
              : prune(
                  Old.EVENTS, before, account, JdbcRetention::deleteEvents, EVENTS_AT_ONCE, told);
    }
    long orders = 0;
    for (Old old : rule.orders().isPresent() ? Old.ORDERS : List.<Old>of()) {
      Instant before = rule.orders().get();
      Counts done = new Counts(events, orders);
      orders +=
          prune(
              old,
              before,
              account,
              (session, numbers) -> deleteOrders(session, old, before, account, numbers),
              ORDERS_AT_ONCE,
              count -> progress.accept(new Counts(done.events(), done.orders() + count)));
    }
    String done = String.format(Locale.ROOT, "deleted: %d events, %d orders", events, orders);
    log(account, by, "store.prune", done);
    return new Counts(events, orders);
  }

  @FunctionalInterface
  private interface Deletion {
    long of(Session session, List<Long> keys) throws SQLException;
  }

  private long prune(
      Old old,
      Instant before,
      OptionalLong account,
      Deletion deletion,
      int limit,
      LongConsumer progress) {
    long deleted = 0;
    Place last = Place.FIRST;
    while (true) {
      List<Object> arguments = new ArrayList<>(Arrays.asList(arguments(before, account)));
      Collections.addAll(arguments, last.at, last.id, limit);
      List<Place> page = search(old.page(account.isPresent()), Place::read, arguments.toArray());
      if (page.isEmpty()) {
        return deleted;
      }
      last = page.get(page.size() - 1);
      List<Long> keys = page.stream().map(Place::id).sorted().toList();
      deleted += changeAndPause(session -> deletion.of(session, keys));
      progress.accept(deleted);
    }
  }

  private long pruneEvents(long account, Instant before, LongConsumer progress) {
    long own =
        changeAndPause(session -> (long) session.update(DELETE_EVENTS_OF_ACCOUNT, account, before));
    return ofOrders(
        account,
        own,
        progress,
        (session, numbers) -> {
          for (long number : lockOrders(session, account, numbers)) {
            session.queue(DELETE_EVENTS_OF_ORDER, number, before);
          }
          return Arrays.stream(session.updateQueued(DELETE_EVENTS_OF_ORDER)).sum();
        });
  }

  /** Changes the orders of an account, and adds up what each change returns. */
  private long ofOrders(long account, long start, LongConsumer progress, Deletion change) {
    String orders = ordersOfAccount(dialect);
    long done = start;
    List<Long> page = search(orders, Row::number, account, 0, account, ORDERS_AT_ONCE);
    while (!page.isEmpty()) {
      List<Long> numbers = page;
      done += changeAndPause(session -> change.of(session, numbers));
      progress.accept(done);
      long last = numbers.get(numbers.size() - 1);
      page = search(orders, Row::number, account, last, account, ORDERS_AT_ONCE);
    }
    return done;
  }

  /** The statement of a page, whose arguments are: account, after number, account, limit. */
  public static String ordersOfAccount(SqlDialect dialect) {
    return "SELECT o.number FROM orders o WHERE "
        + dialect.pageAlong("o.account_id", "?")
        + " AND o.account_id <= ? ORDER BY o.account_id, o.number LIMIT ?";
  }

  private static String rows(String table) {
    return "DELETE FROM " + table + " WHERE order_number = ?";
  }

  private static long deleteEvents(Session session, List<Long> ids) throws SQLException {
    for (long id : ids) {
      session.queue(DELETE_EVENT, id);
    }
    return Arrays.stream(session.updateQueued(DELETE_EVENT)).sum();
  }

  private long deleteOrders(
      Session session, Old old, Instant before, OptionalLong account, List<Long> numbers)
      throws SQLException {
    String lock = old.lock(account.isPresent());
    long deleted = 0;
    for (long number : numbers) {
      List<Object> arguments = new ArrayList<>(List.of(number));
      Collections.addAll(arguments, arguments(before, account));
      if (session.update(lock, arguments.toArray()) == 1) {
        SearchRow.delete(session, dialect.searchTable(), number, SearchRow.stored(session, number));
        deleteDetails(session, number);
        for (String rows : DELETE_ORDER) {
          session.update(rows, number);
        }
        deleted++;
      }
    }
    return deleted;
  }

  private static void deleteDetails(Session session, long number) throws SQLException {
    for (String rows : DELETE_DETAILS) {
      session.update(rows, number);
    }
  }

  @Override
  public long countOrders(String login) {
    Account account = find(login);
    if (account.enabled()) {
      throw Refusals.accountEnabled(login);
    }
    return search(COUNT_ORDERS, Row::number, account.id()).get(0);
  }

  @Override
  public Account anonymise(String login, PasswordHash unknown, Actor by, LongConsumer progress) {
    long id = database.change(session -> lockOut(session, login, unknown, by));
    long unused =
        ofOrders(id, 0, progress, (session, numbers) -> clearOrders(session, id, login, numbers));
    return database.change(session -> neutral(session, id, login));
  }

  private long lockOut(Session session, String login, PasswordHash unknown, Actor by)
      throws SQLException {
    Account account =
        AccountRow.find(session, login).orElseThrow(() -> Refusals.unknownAccount(login));
    if (session.update(LOCK_OUT, unknown.phc(), account.id()) == 0) {
      throw Refusals.accountEnabled(login);
    }
    int unused = PushRow.delete(session, account.id());
    EventRecord event = EventRecord.of(clock.instant(), by, "account.anonymise");
    EventRow.insert(session, OptionalLong.of(account.id()), OptionalLong.empty(), event);
    return account.id();
  }

  /** The login that the account has now. It is refused if someone has enabled it meanwhile. */
  private static String lockDisabled(Session session, long id, String given) throws SQLException {
    return session
        .first(LOCK_DISABLED, Row::text, id)
        .orElseThrow(() -> Refusals.accountEnabled(given));
  }

  private long clearOrders(Session session, long id, String given, List<Long> numbers)
      throws SQLException {
    String unused = lockDisabled(session, id, given);
    List<Long> locked = lockOrders(session, id, numbers);
    for (long number : locked) {
      List<String> before = SearchRow.stored(session, number);
      session.update(CLEAR_ORDER, number);
      deleteDetails(session, number);
      session.update(rows("last_collect"), number);
      SearchRow.replace(session, dialect.searchTable(), number, before);
      session.update(CLEAR_EVENTS_OF_ORDER, number);
    }
    return locked.size();
  }

  /** Locks the orders that are still the account's: some may have been moved away meanwhile. */
  private List<Long> lockOrders(Session session, long account, List<Long> numbers)
      throws SQLException {
    String lock = LOCK_ORDER + dialect.locks("FOR NO KEY UPDATE");
    List<Long> locked = new ArrayList<>();
    for (long number : numbers) {
      session.first(lock, Row::number, number, account).ifPresent(locked::add);
    }
    return locked;
  }

  private static Account neutral(Session session, long id, String given) throws SQLException {
    String login = lockDisabled(session, id, given);
    session.update(CLEAR_EVENTS_OF_ACCOUNT, id);
    String neutral = NEUTRAL_LOGIN + id;
    String free = login.matches(neutral + "(-[0-9]+)?") ? login : neutral;
    for (int i = 2; !free.equals(login) && !JdbcAccounts.rename(session, id, login, free); i++) {
      free = neutral + "-" + i;
    }
    return AccountRow.find(session, free).orElseThrow();
  }

  private <T> List<T> search(String sql, Row.Reader<T> reader, Object... arguments) {
    return database
        .withPatience(SEARCH_PATIENCE)
        .read(session -> session.list(sql, reader, arguments));
  }

  /** Makes a change, and leaves the store to others for as long as it took. */
  private long changeAndPause(Work<Long> work) {
    long start = System.nanoTime();
    long result = database.change(work);
    LockSupport.parkNanos(System.nanoTime() - start);
    return result;
  }

  private OptionalLong account(Rule rule) {
    return rule.account()
        .map(login -> OptionalLong.of(find(login).id()))
        .orElse(OptionalLong.empty());
  }

  private Account find(String login) {
    return database
        .read(session -> AccountRow.find(session, login))
        .orElseThrow(() -> Refusals.unknownAccount(login));
  }

  private static Object[] arguments(Instant before, OptionalLong account) {
    return account.isPresent() ? new Object[] {before, account.getAsLong()} : new Object[] {before};
  }

  private void log(OptionalLong account, Actor by, String action, String detail) {
    database.change(
        session -> {
          EventRecord event =
              EventRecord.of(clock.instant(), by, action).detail(Optional.of(detail));
          EventRow.insert(session, account, OptionalLong.empty(), event);
          return true;
        });
  }
}
