package org.certcollect.store.jdbc;

import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;
import org.certcollect.store.Account;
import org.certcollect.store.Actor;
import org.certcollect.store.CodeHash;
import org.certcollect.store.NewOrder;
import org.certcollect.store.Order;
import org.certcollect.store.OrderState;
import org.certcollect.store.Product;
import org.certcollect.store.SigningRequest;
import org.certcollect.store.jdbc.EventLog.Entry;

/**
 * Adds one order within a transaction. Its number comes from a counter in the database, which
 * processes and nodes share.
 */
final class OrderInsert {
  private static final String NEXT_NUMBER =
      "UPDATE counter SET value = value + ? WHERE name = 'order_number' RETURNING value";
  private static final String INSERT =
      """
      INSERT INTO orders (number, account_id, product, state, created_at, changed_at, code_hash)
      VALUES (?, ?, ?, ?, ?, ?, ?)
      ON CONFLICT (number) DO NOTHING
      """;
  private static final String INSERT_REQUEST =
      "INSERT INTO signing_request (order_number, public_key, der) VALUES (?, ?, ?)";

  private final Session session;
  private final NewOrder order;
  private final Account account;
  private final Instant now;

  OrderInsert(Session session, NewOrder order, Instant now) throws SQLException {
    this.session = session;
    this.order = order;
    this.now = now;
    this.account =
        AccountRow.find(session, order.account())
            .orElseThrow(() -> Refusals.unknownAccount(order.account()));
  }

  static void check(NewOrder order) {
    if (order.number().isPresent() && order.number().getAsLong() < 1) {
      throw Refusals.badOrderNumber(order.number().getAsLong());
    }
    if (order.code().isPresent() && order.product() != Product.CCC) {
      throw Refusals.codeOnServerOrder();
    }
  }

  Order insert(Actor by) throws SQLException {
    long number = order.number().isPresent() ? insertWanted() : insertNext();
    if (order.signingRequest().isPresent()) {
      SigningRequest request = order.signingRequest().get();
      session.update(INSERT_REQUEST, number, request.publicKey(), request.der());
    }
    new EventLog(session, by, now)
        .ofOrder(account.id(), number, Entry.of("order.add").to(state().name()));
    return new Order(
        number,
        account.login(),
        order.product(),
        state(),
        Optional.empty(),
        now,
        now,
        Optional.empty());
  }

  private OrderState state() {
    return order.paid() ? OrderState.PROCESSING : OrderState.AWAITING_PAYMENT;
  }

  private long insertWanted() throws SQLException {
    long number = order.number().orElseThrow();
    if (!insert(number)) {
      throw Refusals.orderExists(number);
    }
    return number;
  }

  /** Numbers taken by hand may lie in long rows, as after an import: the step over them doubles. */
  private long insertNext() throws SQLException {
    for (long step = 1; ; step *= 2) {
      long number = session.first(NEXT_NUMBER, Row::number, step).orElseThrow();
      if (insert(number)) {
        return number;
      }
    }
  }

  private boolean insert(long number) throws SQLException {
    return session.update(
            INSERT,
            number,
            account.id(),
            order.product(),
            state(),
            now,
            now,
            order.code().map(CodeHash::bytes))
        == 1;
  }
}
