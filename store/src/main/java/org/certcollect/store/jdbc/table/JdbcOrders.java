package org.certcollect.store.jdbc.table;

import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.certcollect.store.IssuedReference;
import org.certcollect.store.NewOrder;
import org.certcollect.store.Order;
import org.certcollect.store.OrderFilter;
import org.certcollect.store.OrderStatistics;
import org.certcollect.store.Orders;
import org.certcollect.store.domain.Actor;
import org.certcollect.store.domain.CodeHash;
import org.certcollect.store.domain.CodeSeal;
import org.certcollect.store.domain.MailAddress;
import org.certcollect.store.domain.MailContact;
import org.certcollect.store.domain.OrderRemarks;
import org.certcollect.store.domain.OrderState;
import org.certcollect.store.domain.OrderValidation;
import org.certcollect.store.domain.Product;
import org.certcollect.store.domain.SigningRequest;
import org.certcollect.store.jdbc.Database;
import org.certcollect.store.jdbc.Row;
import org.certcollect.store.jdbc.Session;
import org.certcollect.store.jdbc.SqlDialect;
import org.certcollect.store.jdbc.Text;
import org.certcollect.store.x509.VerifiedChain;

/** The orders of a store. Safe for use by many threads. */
public record JdbcOrders(Database database, SqlDialect dialect, Clock clock) implements Orders {
  private static final Duration COUNT_PATIENCE = Duration.ofMinutes(1);
  private static final String SET_CODE =
      "UPDATE orders SET code_hash = ?, changed_at = ? WHERE number = ?";
  private static final String SET_REMARKS =
      "UPDATE orders SET reference = ?, note = ?, changed_at = ? WHERE number = ?";
  private static final String SET_CONTACT =
      "UPDATE orders SET email = ?, language = ?, no_mail = ?, changed_at = ? WHERE number = ?";
  private static final String CERTIFICATES =
      """
      SELECT id AS certificate_id, not_before, not_after FROM certificate WHERE order_number = ?
      ORDER BY id DESC
      """;

  /** Ordered, so that the index of codes, which holds nothing else, is what is read. */
  public static final String ANY_CODE =
      "SELECT number FROM orders WHERE code_hash IS NOT NULL ORDER BY code_hash LIMIT 1";

  @Override
  public Order add(NewOrder order, Actor by) {
    OrderInsert.check(order);
    if (order.number().isPresent()) {
      long wanted = order.number().getAsLong();
      return insert(order, wanted, by).orElseThrow(() -> Refusals.orderExists(wanted));
    }
    return addWithNextNumber(order, by);
  }

  /**
   * Takes the number in a transaction of its own: in the order's, each node would wait for the
   * commits of all others. Numbers taken by hand may lie in long rows, as after an import: the step
   * over them doubles.
   */
  private Order addWithNextNumber(NewOrder order, Actor by) {
    long step = 1;
    while (true) {
      long width = step;
      long number =
          database.changeAtOnce(
              session ->
                  OrderInsert.of(session, dialect.searchTable(), order, clock.instant())
                      .nextNumber(width));
      Optional<Order> added = insert(order, number, by);
      if (added.isPresent()) {
        return added.get();
      }
      step *= 2;
    }
  }

  private Optional<Order> insert(NewOrder order, long number, Actor by) {
    return database.change(
        session ->
            OrderInsert.of(session, dialect.searchTable(), order, clock.instant())
                .insert(number, by));
  }

  @Override
  public Order pay(long number, Actor by) {
    return move(number, OrderState.PROCESSING, "order.pay", Optional.empty(), by);
  }

  @Override
  public Order reject(long number, Optional<String> reason, Actor by) {
    return move(number, OrderState.REJECTED, "order.reject", reason, by);
  }

  @Override
  public Order revoke(long number, Optional<String> reason, Actor by) {
    return change(
        number,
        by,
        transition -> {
          transition.to(OrderState.REVOKED, "order.revoke", reason, reason);
          transition.deletePending();
        });
  }

  @Override
  public Order issue(long number, VerifiedChain chain, Actor by) {
    return change(number, by, transition -> transition.issue(chain));
  }

  @Override
  public Order reissue(long number, Optional<SigningRequest> request, Actor by) {
    return change(
        number,
        by,
        transition -> {
          transition.reissue(
              true,
              transition.event("order.reissue").detail(request.map(r -> "new signing request")));
          if (request.isPresent()) {
            Session session = transition.session();
            SigningRequest next = request.get();
            transition.search(
                () -> session.update(RequestRow.INSERT_PENDING, RequestRow.values(number, next)));
          }
        });
  }

  @Override
  public Order setRequest(long number, SigningRequest request, Actor by) {
    return change(number, by, transition -> transition.request(request));
  }

  @Override
  public Optional<SigningRequest> request(long number) {
    return database.read(session -> RequestRow.find(session, number));
  }

  @Override
  public Order move(long number, String login, Actor by) {
    return change(number, by, transition -> transition.move(login));
  }

  @Override
  public Order cancelReissue(long number, Actor by) {
    return change(
        number,
        by,
        transition -> {
          transition.reissue(false, transition.event("order.cancel-reissue"));
          transition.deletePending();
        });
  }

  @Override
  public Order hold(long number, Optional<String> reason, Actor by) {
    return change(number, by, transition -> transition.hold(true, reason));
  }

  @Override
  public Order release(long number, Actor by) {
    return change(number, by, transition -> transition.hold(false, Optional.empty()));
  }

  @Override
  public Order setRemarks(long number, UnaryOperator<OrderRemarks> change, Actor by) {
    return change(
        number,
        by,
        transition -> {
          // First, for it locks the row: each change begins with the result of the one before.
          transition.touch();
          OrderRemarks before = OrderRow.require(transition.session(), number).remarks();
          OrderRemarks after = change.apply(before);
          Session session = transition.session();
          transition.search(
              () ->
                  session.update(
                      SET_REMARKS, after.reference(), after.note(), transition.at(), number));
          // Their texts may be personal, and nothing can be removed from an audit log.
          List<String> changed = new ArrayList<>();
          if (!after.reference().equals(before.reference())) {
            changed.add("reference");
          }
          if (!after.note().equals(before.note())) {
            changed.add("note");
          }
          transition.log(
              transition
                  .event("order.note")
                  .detail(Optional.of("changed: " + String.join(", ", changed))));
        });
  }

  @Override
  public Order setContact(long number, UnaryOperator<MailContact> change, Actor by) {
    return change(
        number,
        by,
        transition -> {
          // First, for it locks the row: each change begins with the result of the one before.
          transition.touch();
          Session session = transition.session();
          MailContact before = OrderRow.require(session, number).contact();
          MailContact after = change.apply(before);
          session.update(
              SET_CONTACT,
              after.email().map(MailAddress::value),
              after.language(),
              after.optedOut(),
              transition.at(),
              number);
          // Only the new one: an address that is taken back shall not stay.
          transition.log(transition.event("order.contact").detail(after.text()));
        });
  }

  @Override
  public Order setValidation(long number, UnaryOperator<OrderValidation> change, Actor by) {
    return change(
        number,
        by,
        transition -> {
          Session session = transition.session();
          // First, for it locks the row: each change begins with the result of the one before.
          transition.touch();
          OrderValidation before = ValidationRow.find(session, number).orElse(OrderValidation.NONE);
          OrderValidation changed = change.apply(before);
          ValidationRow.replace(session, number, changed);
          transition.log(
              transition.event("order.validation").detail(ValidationRow.change(before, changed)));
        });
  }

  @Override
  public Order setCode(long number, CodeHash code, Optional<CodeSeal> seal, Actor by) {
    return change(
        number,
        by,
        transition -> {
          Order order = OrderRow.require(transition.session(), number);
          if (order.product() != Product.CCC) {
            throw Refusals.codeOnServerOrder();
          }
          OrderInsert.requireFree(transition.session(), code, number);
          transition.session().update(SET_CODE, code.bytes(), transition.at(), number);
          transition.session().mails().ifPresent(mails -> mails.seal(number, seal));
          transition.log(transition.event("order.code"));
        });
  }

  @Override
  public Optional<Order> find(long number) {
    return database.read(session -> OrderRow.find(session, number));
  }

  @Override
  public Order require(long number) {
    return database.read(session -> OrderRow.require(session, number));
  }

  @Override
  public List<Order> waitingForKey(byte[] publicKey) {
    if (publicKey.length < RequestRow.PART_END) {
      return List.of();
    }
    byte[] part = Arrays.copyOfRange(publicKey, RequestRow.PART_BEGIN, RequestRow.PART_END);
    return waiting(RequestRow.WAITING_FOR_KEY, part, publicKey, part, publicKey);
  }

  @Override
  public List<Order> waitingForDomain(String domain) {
    return domain.isEmpty() || !Text.isStorable(domain)
        ? List.of()
        : waiting(RequestRow.WAITING_FOR_DOMAIN, lower(domain), lower(domain));
  }

  private static String lower(String domain) {
    return domain.toLowerCase(Locale.ROOT);
  }

  private List<Order> waiting(String sql, Object... arguments) {
    return database.read(session -> session.list(sql, OrderRow::read, arguments)).stream()
        .sorted(Comparator.comparingLong(Order::number))
        .toList();
  }

  @Override
  public OrderStatistics statistics(List<Duration> horizons) {
    Instant now = clock.instant();
    return database
        .withPatience(COUNT_PATIENCE)
        .read(session -> StatisticsQuery.read(session, now, horizons));
  }

  @Override
  public boolean anyCode() {
    return database.read(session -> session.first(ANY_CODE, Row::number)).isPresent();
  }

  @Override
  public List<Order> list(OrderFilter filter) {
    return database.read(session -> OrderListQuery.list(session, dialect, filter));
  }

  @Override
  public List<IssuedReference> certificates(long number) {
    return database.read(session -> session.list(CERTIFICATES, OrderRow::reference, number));
  }

  private Order move(long number, OrderState to, String action, Optional<String> reason, Actor by) {
    return change(number, by, transition -> transition.to(to, action, reason, reason));
  }

  private Order change(long number, Actor by, Change change) {
    return database.change(
        session -> {
          change.make(new OrderTransition(session, dialect, number, by, clock.instant()));
          return OrderRow.require(session, number);
        });
  }

  @FunctionalInterface
  private interface Change {
    void make(OrderTransition transition) throws SQLException;
  }
}
