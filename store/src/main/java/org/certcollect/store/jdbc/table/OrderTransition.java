package org.certcollect.store.jdbc.table;

import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;
import org.certcollect.store.Order;
import org.certcollect.store.domain.Actor;
import org.certcollect.store.domain.OrderState;
import org.certcollect.store.jdbc.Row;
import org.certcollect.store.jdbc.Session;
import org.certcollect.store.jdbc.table.EventLog.Entry;

/**
 * The transition of one order to another state within a transaction, or the begin or the end of its
 * reissue. Correct without any lock but the row's: the update holds only for the state that was
 * read.
 *
 * @param at the time that the order and its event carry
 */
record OrderTransition(Session session, long number, Actor by, Instant at) {
  private static final String UPDATE =
      """
      UPDATE orders SET state = ?, reason = ?, reissue_since = ?, changed_at = ?
      WHERE number = ? AND state = ? AND reissue_since IS NOT DISTINCT FROM ?
      """;
  private static final String ACCOUNT = "SELECT account_id FROM orders WHERE number = ?";

  /**
   * Makes the change, which ends any reissue, and writes its event.
   *
   * @return the order as it was before
   */
  Order to(OrderState wanted, String action, Optional<String> reason, Optional<String> detail)
      throws SQLException {
    while (true) {
      Order order = OrderRow.require(session, number);
      if (!order.state().next().contains(wanted)) {
        throw Refusals.forbidden(order, wanted);
      }
      if (update(order, wanted, reason, Optional.empty())) {
        log(Entry.of(action).from(order.state().name()).to(wanted.name()).detail(detail));
        return order;
      }
    }
  }

  /** Begins or gives up a reissue and writes the event. */
  void reissue(boolean begin, Entry event) throws SQLException {
    while (true) {
      Order order = OrderRow.require(session, number);
      if (order.state() != OrderState.ISSUED || order.reissueSince().isPresent() == begin) {
        throw Refusals.reissue(order);
      }
      Optional<Instant> since = begin ? Optional.of(at) : Optional.empty();
      if (update(order, order.state(), order.reason(), since)) {
        log(event);
        return;
      }
    }
  }

  private boolean update(
      Order order, OrderState state, Optional<String> reason, Optional<Instant> reissueSince)
      throws SQLException {
    return session.update(
            UPDATE, state, reason, reissueSince, at, number, order.state(), order.reissueSince())
        == 1;
  }

  void log(Entry entry) throws SQLException {
    long account = session.first(ACCOUNT, Row::number, number).orElseThrow();
    new EventLog(session, by, at).ofOrder(account, number, entry);
  }
}
