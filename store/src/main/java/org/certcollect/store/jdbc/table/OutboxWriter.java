package org.certcollect.store.jdbc.table;

import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import org.certcollect.store.domain.CodeSeal;
import org.certcollect.store.domain.MailKind;
import org.certcollect.store.jdbc.CausedMails;
import org.certcollect.store.jdbc.Row;
import org.certcollect.store.jdbc.Session;

/**
 * The rows of the outbox that the changes of a transaction cause. They are written at its end, when
 * the orders have their certificates.
 */
record OutboxWriter(Session session, Set<MailKind> kinds, CausedMails mails) {
  private static final String CONTACT =
      """
       FROM orders o JOIN account a ON a.id = o.account_id
      WHERE o.number = %s AND COALESCE(o.email, a.email) IS NOT NULL
        AND COALESCE(o.no_mail, 0) = 0 AND COALESCE(a.no_mail, 0) = 0
      """;
  private static final String OF_ORDER = CONTACT.formatted("?");
  private static final String OF_MESSAGE = CONTACT.formatted("outbox.order_number");

  /** Whether a certificate may be handed out now. */
  private static final String AVAILABLE = "(o.state = 'ISSUED' AND o.held_since IS NULL)";

  private static final String INSERT =
      """
      INSERT INTO outbox (channel, kind, created_at, order_number, account_id, certificate_id,
        recipient, language, detail, due_at, next_at)
      SELECT 'MAIL', CAST(? AS TEXT), CAST(? AS BIGINT), o.number, o.account_id, o.certificate_id,
        COALESCE(o.email, a.email), COALESCE(o.language, a.language), CAST(? AS TEXT),
        CASE WHEN %1$s OR CAST(? AS BIGINT) = 1 THEN CAST(? AS BIGINT) END,
        CASE WHEN %1$s OR CAST(? AS BIGINT) = 1 THEN CAST(? AS BIGINT) END
      """
              .formatted(AVAILABLE)
          + OF_ORDER
          + "RETURNING id";
  private static final String IS_FINAL =
      "SELECT 1 FROM orders WHERE number = ? AND state IN ('REVOKED', 'REJECTED')";
  private static final String SEAL = "UPDATE outbox SET sealed_code = ? WHERE id = ?";

  private static final String HAS_CODE =
      "SELECT 1 FROM outbox WHERE order_number = ? AND kind = 'READY' AND failed_at IS NULL";
  // One that was claimed before its order was held may be being sent still.
  static final String WAKE =
      """
      UPDATE outbox SET due_at = ?,
        next_at = CAST(? AS BIGINT) + CASE WHEN claimed_by IS NULL THEN 0 ELSE 300000 END,
        certificate_id = COALESCE(certificate_id,
          (SELECT o.certificate_id FROM orders o WHERE o.number = order_number))
      WHERE channel = 'MAIL' AND order_number = ? AND next_at IS NULL AND failed_at IS NULL
        AND EXISTS (SELECT 1 FROM orders o WHERE o.number = order_number AND %s)
      """
          .formatted(AVAILABLE);

  /** The orders with messages that wait though a certificate may be handed out. */
  static final String RELEASED =
      """
      SELECT DISTINCT b.order_number FROM outbox b JOIN orders o ON o.number = b.order_number
      WHERE b.channel = 'MAIL' AND b.next_at IS NULL AND b.failed_at IS NULL AND %s LIMIT 500
      """
          .formatted(AVAILABLE);

  private static final String PAUSE =
      """
      UPDATE outbox SET due_at = NULL, next_at = NULL
      WHERE channel = 'MAIL' AND order_number = ? AND kind IN ('ISSUED', 'READY')
        AND failed_at IS NULL
      """;
  private static final String DROP_CODE =
      "DELETE FROM outbox WHERE order_number = ? AND kind = 'READY'";
  private static final String DROP =
      """
      DELETE FROM outbox
      WHERE channel = 'MAIL' AND order_number = ? AND kind IN ('ISSUED', 'READY', 'EXPIRING')
      """;

  private static final String DROP_EXPIRING =
      "DELETE FROM outbox WHERE order_number = ? AND kind = 'EXPIRING'";

  private static final String DROP_UNWANTED =
      "DELETE FROM outbox WHERE channel = 'MAIL' AND %s = ? AND NOT EXISTS (SELECT 1"
          + OF_MESSAGE
          + ")";
  private static final String READDRESS =
      "UPDATE outbox SET (account_id, recipient, language) ="
          + " (SELECT a.id, COALESCE(o.email, a.email), COALESCE(o.language, a.language)"
          + OF_MESSAGE
          + ") WHERE channel = 'MAIL' AND %s = ?";

  /** Writes the rows of all changes. Returns whether a message may be due now. */
  boolean write() throws SQLException {
    boolean due = false;
    for (CausedMails.Cause cause : mails.causes()) {
      due |= write(cause);
    }
    return due;
  }

  private boolean write(CausedMails.Cause cause) throws SQLException {
    Instant now = cause.event().at();
    if (cause.order().isEmpty()) {
      if (cause.event().action().equals("account.contact")) {
        readdress("account_id", cause.account().orElseThrow());
      }
      return false;
    }
    long order = cause.order().getAsLong();
    switch (cause.event().action()) {
      case "order.add" -> {
        insert(MailKind.PLACED, order, now, Optional.empty(), true);
        code(order, now);
      }
      case "order.code" -> {
        session.update(DROP_CODE, order);
        code(order, now);
      }
      case "order.issue" -> {
        session.update(DROP_EXPIRING, order);
        if (session.first(HAS_CODE, Row::number, order).isEmpty()) {
          insert(MailKind.ISSUED, order, now, Optional.empty(), false);
        }
        session.update(WAKE, now, now, order);
      }
      case "order.hold" -> session.update(PAUSE, order);
      case "order.release" -> session.update(WAKE, now, now, order);
      case "order.reject" -> session.update(DROP_CODE, order);
      case "order.revoke" -> {
        session.update(DROP, order);
        insert(MailKind.REVOKED, order, now, cause.event().detail(), true);
      }
      case "order.contact", "order.move" -> readdress("order_number", order);
      default -> {
        return false;
      }
    }
    return true;
  }

  /**
   * Inserts a message, unless its kind or its recipient is not wanted.
   *
   * @param always whether it is due even if no certificate may be handed out
   */
  Optional<Long> insert(
      MailKind kind, long order, Instant now, Optional<String> detail, boolean always)
      throws SQLException {
    return kinds.contains(kind)
        ? session.first(INSERT, Row::number, kind, now, detail, always, now, always, now, order)
        : Optional.empty();
  }

  private void code(long order, Instant now) throws SQLException {
    Optional<CodeSeal> seal = mails.seal(order);
    if (seal.isPresent() && session.first(IS_FINAL, Row::number, order).isEmpty()) {
      Optional<Long> id = insert(MailKind.READY, order, now, Optional.empty(), false);
      if (id.isPresent()) {
        session.update(SEAL, seal.get().seal(id.get()), id.get());
      }
    }
  }

  private void readdress(String column, long key) throws SQLException {
    session.update(DROP_UNWANTED.formatted(column), key);
    session.update(READDRESS.formatted(column), key);
  }
}
