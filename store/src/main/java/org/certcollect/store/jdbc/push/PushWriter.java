package org.certcollect.store.jdbc.push;

import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;
import org.certcollect.store.domain.OrderState;
import org.certcollect.store.domain.PushStatus;
import org.certcollect.store.jdbc.CausedMails;
import org.certcollect.store.jdbc.Session;

/**
 * The push notifications that the changes of a transaction cause, for accounts that want some. They
 * are written at its end, when the orders have their certificates. Those about a certificate wait
 * while its order is held.
 */
public record PushWriter(Session session, CausedMails changes) {
  private static final String INSERT =
      """
      INSERT INTO outbox (channel, kind, created_at, order_number, account_id, certificate_id,
        recipient, detail, due_at, next_at)
      SELECT 'PUSH', CAST(? AS TEXT), CAST(? AS BIGINT), o.number, o.account_id, %s,
        CAST(o.account_id AS TEXT), CAST(? AS TEXT),
        CASE WHEN o.held_since IS NULL THEN CAST(? AS BIGINT) END,
        CASE WHEN o.held_since IS NULL THEN CAST(? AS BIGINT) END
      FROM orders o JOIN push r ON r.account_id = o.account_id
      WHERE o.number = ?
      """;
  private static final String INSERT_PRESENT = INSERT.formatted("o.certificate_id");
  private static final String INSERT_FORMER =
      INSERT.formatted(
          "(SELECT MAX(c.id) FROM certificate c"
              + " WHERE c.order_number = o.number AND c.id < o.certificate_id)");
  private static final String PAUSE =
      """
      UPDATE outbox SET due_at = NULL, next_at = NULL
      WHERE channel = 'PUSH' AND order_number = ? AND failed_at IS NULL
      """;
  private static final String WAKE =
      """
      UPDATE outbox SET due_at = ?, next_at = ?
      WHERE channel = 'PUSH' AND order_number = ? AND next_at IS NULL AND failed_at IS NULL
      """;
  private static final String READDRESS =
      """
      UPDATE outbox SET (account_id, recipient) =
        (SELECT o.account_id, CAST(o.account_id AS TEXT) FROM orders o
          WHERE o.number = outbox.order_number)
      WHERE channel = 'PUSH' AND order_number = ?
      """;
  private static final String DROP_UNWANTED =
      """
      DELETE FROM outbox WHERE channel = 'PUSH' AND order_number = ?
        AND NOT EXISTS (SELECT 1 FROM push r WHERE r.account_id = outbox.account_id)
      """;

  /** Writes the rows of all changes. Returns whether a notification may be due now. */
  public boolean write() throws SQLException {
    boolean due = false;
    for (CausedMails.Cause cause : changes.causes()) {
      due |= cause.order().isPresent() && write(cause, cause.order().getAsLong());
    }
    return due;
  }

  private boolean write(CausedMails.Cause cause, long order) throws SQLException {
    Instant now = cause.event().at();
    Optional<String> reason = cause.event().detail();
    switch (cause.event().action()) {
      case "order.issue" -> {
        if (cause.event().from().filter(OrderState.ISSUED.name()::equals).isPresent()) {
          insert(INSERT_FORMER, PushStatus.REPLACED, order, now, Optional.empty());
        }
        insert(INSERT_PRESENT, PushStatus.ISSUED, order, now, Optional.empty());
      }
      case "order.reject" -> insert(INSERT_PRESENT, PushStatus.REJECTED, order, now, reason);
      case "order.revoke" -> {
        // This ends a hold.
        session.update(WAKE, now, now, order);
        insert(INSERT_PRESENT, PushStatus.REVOKED, order, now, reason);
      }
      case "order.hold" -> session.update(PAUSE, order);
      case "order.release" -> session.update(WAKE, now, now, order);
      case "order.move" -> {
        session.update(READDRESS, order);
        session.update(DROP_UNWANTED, order);
      }
      default -> {
        return false;
      }
    }
    return true;
  }

  private void insert(
      String sql, PushStatus status, long order, Instant now, Optional<String> reason)
      throws SQLException {
    session.update(sql, status, now, reason, now, now, order);
  }
}
