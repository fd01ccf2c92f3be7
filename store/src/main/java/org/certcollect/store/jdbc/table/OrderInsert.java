package org.certcollect.store.jdbc.table;

import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import org.certcollect.store.Account;
import org.certcollect.store.NewOrder;
import org.certcollect.store.Order;
import org.certcollect.store.domain.Actor;
import org.certcollect.store.domain.CodeHash;
import org.certcollect.store.domain.MailAddress;
import org.certcollect.store.domain.OrderState;
import org.certcollect.store.domain.Product;
import org.certcollect.store.jdbc.EventRow;
import org.certcollect.store.jdbc.Row;
import org.certcollect.store.jdbc.SearchTable;
import org.certcollect.store.jdbc.Session;
import org.certcollect.store.transfer.EventRecord;
import org.certcollect.store.x509.SearchTerms;

/**
 * The insertion of one order within a transaction.
 *
 * @param now the time that the order and its event carry
 */
record OrderInsert(
    Session session, SearchTable searches, NewOrder order, Account account, Instant now) {
  private static final String NEXT_NUMBER =
      "UPDATE counter SET value = value + ? WHERE name = 'order_number' RETURNING value";
  private static final String INSERT =
      """
      INSERT INTO orders (number, account_id, product, state, created_at, changed_at, code_hash,
        processing_since, email, language, no_mail)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
      ON CONFLICT DO NOTHING
      """;
  private static final String OTHER_WITH_CODE =
      "SELECT number FROM orders WHERE code_hash = ? AND number <> ?";

  static OrderInsert of(Session session, SearchTable searches, NewOrder order, Instant now)
      throws SQLException {
    Account account =
        AccountRow.find(session, order.account())
            .orElseThrow(() -> Refusals.unknownAccount(order.account()));
    return new OrderInsert(session, searches, order, account, now);
  }

  static void check(NewOrder order) {
    if (order.number().isPresent() && order.number().getAsLong() < 1) {
      throw Refusals.badOrderNumber(order.number().getAsLong());
    }
    if (order.code().isPresent() && order.product() != Product.CCC) {
      throw Refusals.codeOnServerOrder();
    }
  }

  /**
   * Refuses a code that another order has, with a clear message. The unique index is what keeps two
   * simultaneous changes apart.
   */
  static void requireFree(Session session, CodeHash code, long number) throws SQLException {
    if (session.first(OTHER_WITH_CODE, Row::number, code.bytes(), number).isPresent()) {
      throw Refusals.codeTaken();
    }
  }

  /**
   * Takes a number from the counter in the database, which processes and nodes share.
   *
   * @param step how far from the last one
   */
  long nextNumber(long step) throws SQLException {
    return session.first(NEXT_NUMBER, Row::number, step).orElseThrow();
  }

  /** The order as it was added; empty when the number is taken. */
  Optional<Order> insert(long number, Actor by) throws SQLException {
    if (!insertRow(number)) {
      if (order.code().isPresent()) {
        requireFree(session, order.code().get(), number);
      }
      return Optional.empty();
    }
    if (order.signingRequest().isPresent()) {
      session.update(RequestRow.INSERT, RequestRow.values(number, order.signingRequest().get()));
      SearchRow.insert(session, searches, number, SearchTerms.of(order.signingRequest().get()));
    }
    session.mails().ifPresent(mails -> mails.seal(number, order.seal()));
    EventRow.insert(
        session,
        OptionalLong.of(account.id()),
        OptionalLong.of(number),
        EventRecord.of(now, by, "order.add").to(state().name()));
    return OrderRow.find(session, number);
  }

  private Optional<Instant> processingSince() {
    return order.paid() ? Optional.of(now) : Optional.empty();
  }

  private OrderState state() {
    return order.paid() ? OrderState.PROCESSING : OrderState.AWAITING_PAYMENT;
  }

  private boolean insertRow(long number) throws SQLException {
    return session.update(
            INSERT,
            number,
            account.id(),
            order.product(),
            state(),
            now,
            now,
            order.code().map(CodeHash::bytes),
            processingSince(),
            order.contact().email().map(MailAddress::value),
            order.contact().language(),
            order.contact().optedOut())
        == 1;
  }
}
