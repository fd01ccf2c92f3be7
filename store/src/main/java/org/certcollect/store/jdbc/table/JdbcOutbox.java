package org.certcollect.store.jdbc.table;

import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import org.certcollect.store.IssuedReference;
import org.certcollect.store.Outbox;
import org.certcollect.store.domain.Actor;
import org.certcollect.store.domain.MailKind;
import org.certcollect.store.jdbc.CausedMails;
import org.certcollect.store.jdbc.Database;
import org.certcollect.store.jdbc.MessageTable;
import org.certcollect.store.jdbc.Row;
import org.certcollect.store.jdbc.Session;
import org.certcollect.store.x509.VerifiedChain;

/** The outbox in its table. Safe for use by many threads. */
public record JdbcOutbox(Database database, Clock clock) implements Outbox {
  private static final Duration DAY = Duration.ofDays(1);
  private static final int CANDIDATES = 8;
  private static final String START = "0123456789abcdefghijklmnopqrstuvwxyz";
  private static final int EXPIRING_AT_ONCE = 500;

  private static final String SELECT =
      """
      SELECT b.id, b.kind, b.created_at, b.order_number, b.certificate_id, b.recipient, b.language,
        b.detail, b.sealed_code, b.due_at, b.next_at, b.attempts, b.failed_at, b.last_error,
        c.not_before, c.not_after
      FROM outbox b LEFT JOIN certificate c ON c.id = b.certificate_id
      """;
  private static final MessageTable.Queries<Message> QUERIES =
      new MessageTable.Queries<>(MessageTable.Channel.MAIL, SELECT, JdbcOutbox::message);

  /**
   * The first message of each recipient, if it is due: no later one is sent before it. The time of
   * NOT EXISTS grows with the square of the messages for one recipient if PostgreSQL makes a join
   * of it. The subquery has it go along the index of times, until enough are found. It ends after
   * some rows, as all may be for a few recipients whose first message is not due.
   */
  public static final String DUE =
      """
      SELECT b.id FROM (
        SELECT id, recipient FROM outbox WHERE channel = 'MAIL' AND next_at <= ?
        ORDER BY next_at, id LIMIT 1000) b
      WHERE b.id = (
        SELECT p.id FROM outbox p
        WHERE p.channel = 'MAIL' AND p.recipient = b.recipient AND p.next_at IS NOT NULL
        ORDER BY p.id LIMIT 1)
      LIMIT ?
      """;

  /** Whether more are due than {@link #DUE} looks at. */
  public static final String MANY_DUE =
      "SELECT id FROM outbox WHERE channel = 'MAIL' AND next_at <= ? ORDER BY next_at, id"
          + " LIMIT 1 OFFSET 1000";

  /** The rows of {@link #DUE}, along the recipients after one, at most some thousands of them. */
  public static final String DUE_BY_RECIPIENT =
      """
      WITH RECURSIVE walk (recipient, step) AS (
        SELECT CAST(? AS TEXT), 0
        UNION ALL
        SELECT (
          SELECT o.recipient FROM outbox o
          WHERE o.channel = 'MAIL' AND o.next_at IS NOT NULL AND o.recipient > walk.recipient
          ORDER BY o.recipient LIMIT 1), step + 1
        FROM walk WHERE walk.recipient IS NOT NULL AND step < 5000)
      SELECT b.id FROM walk JOIN outbox b ON b.id = (
        SELECT p.id FROM outbox p
        WHERE p.channel = 'MAIL' AND p.recipient = walk.recipient AND p.next_at IS NOT NULL
        ORDER BY p.id LIMIT 1)
      WHERE b.next_at <= ? LIMIT ?
      """;

  public static final String FIRST =
      """
      SELECT p.id FROM outbox p
      WHERE p.channel = 'MAIL' AND p.recipient = ? AND p.next_at IS NOT NULL ORDER BY p.id LIMIT 1
      """;

  // Of two that claim the same row, the later one waits for the earlier, and finds another time.
  private static final String CLAIM =
      """
      UPDATE outbox SET next_at = ?, claimed_by = ?, attempts = attempts + 1
      WHERE id = ? AND next_at <= ?
      """;

  private static final String RENEW =
      "UPDATE outbox SET next_at = ? WHERE id = ? AND attempts = ? AND next_at > ?";
  private static final String FORGET =
      """
      DELETE FROM outbox WHERE id IN (
        SELECT id FROM outbox WHERE channel = 'MAIL' AND failed_at < ? ORDER BY failed_at LIMIT 500)
      """;
  private static final String PUT_BACK =
      """
      UPDATE outbox SET next_at = ?, claimed_by = NULL, last_error = ?
      WHERE id = ? AND attempts = ? AND next_at IS NOT NULL
      """;
  private static final String GIVE_UP =
      """
      UPDATE outbox SET next_at = NULL, claimed_by = NULL, last_error = ?, failed_at = ?
      WHERE id = ? AND attempts = ?
      """;
  private static final String HELD =
      """
      UPDATE outbox SET due_at = NULL, next_at = NULL, claimed_by = NULL
      WHERE id = ? AND attempts = ? AND next_at IS NOT NULL
      """;
  // The attempts of one whose sender was killed, or halted, tell its claim from the next.
  private static final String RETRY =
      """
      UPDATE outbox SET due_at = ?, next_at = ?, failed_at = NULL,
        attempts = CASE WHEN claimed_by IS NULL THEN 0 ELSE attempts END
      WHERE channel = 'MAIL' AND (claimed_by IS NULL OR next_at <= ?)
        AND NOT (kind IN ('ISSUED', 'READY') AND EXISTS (
          SELECT 1 FROM orders o WHERE o.number = order_number AND o.held_since IS NOT NULL))
      """;
  private static final String RETRY_ONE =
      RETRY + " AND id = ? AND (next_at IS NOT NULL OR failed_at IS NOT NULL)";
  private static final String RETRY_ALL = RETRY + " AND failed_at IS NOT NULL";

  private static final String TOLD =
      "SELECT not_after, order_number FROM expiry_notice WHERE days = ?";
  private static final String FIRST_TOLD =
      Session.insert("expiry_notice", "days, not_after, order_number") + " ON CONFLICT DO NOTHING";
  private static final String TELL =
      """
      UPDATE expiry_notice SET not_after = ?, order_number = ?
      WHERE days = ? AND not_after = ? AND order_number = ?
      """;
  public static final String EXPIRING =
      """
      SELECT o.not_after, o.number AS order_number FROM orders o
      WHERE o.state = 'ISSUED' AND (o.not_after, o.number) > (?, ?) AND o.not_after <= ?
      ORDER BY o.not_after, o.number LIMIT ?
      """;

  @Override
  public Optional<Message> claim(String by, Duration lease, Optional<String> recipient) {
    if (recipient.isPresent()) {
      return claim(by, lease, find(FIRST, recipient.get()));
    }
    Instant now = clock.instant();
    List<Long> due = find(DUE, now, 1);
    Optional<Message> claimed = claim(by, lease, due);
    if (!due.isEmpty()) {
      // If another sender was quicker with the first, there may be others.
      return claimed.or(() -> claim(by, lease, find(DUE, now, CANDIDATES)));
    }
    if (!find(MANY_DUE, now).isEmpty()) {
      // Each look begins elsewhere, as there may be more recipients than one look goes through.
      int start = ThreadLocalRandom.current().nextInt(START.length());
      for (String after : new String[] {START.substring(start, start + 1), ""}) {
        claimed =
            claimed.or(() -> claim(by, lease, find(DUE_BY_RECIPIENT, after, now, CANDIDATES)));
      }
    }
    return claimed;
  }

  private List<Long> find(String query, Object... arguments) {
    return database.read(session -> session.list(query, Row::number, arguments));
  }

  /** Claims the first of some messages that no other sender claims before. */
  private Optional<Message> claim(String by, Duration lease, List<Long> due) {
    Instant now = clock.instant();
    for (long id : due) {
      Optional<Message> claimed =
          database.change(
              session ->
                  session.update(CLAIM, now.plus(lease), by, id, now) == 1
                      ? table().find(session, id)
                      : Optional.empty());
      if (claimed.isPresent()) {
        return claimed;
      }
    }
    return Optional.empty();
  }

  @Override
  public void renew(Message message, Duration lease) {
    Instant now = clock.instant();
    database.change(
        session -> session.update(RENEW, now.plus(lease), message.id(), message.attempts(), now));
  }

  @Override
  public void sent(Message message, Actor by) {
    table().sent(message, by);
  }

  @Override
  public void failed(Message message, Optional<Instant> next, String error, Actor by) {
    database.change(
        session -> {
          if (next.isPresent()) {
            session.update(PUT_BACK, next.get(), error, message.id(), message.attempts());
          } else if (session.update(
                  GIVE_UP, error, clock.instant(), message.id(), message.attempts())
              == 1) {
            table().log(session, message, "-failed", ": " + error, by);
          }
          return true;
        });
  }

  @Override
  public void held(Message message) {
    database.change(session -> session.update(HELD, message.id(), message.attempts()));
  }

  @Override
  public int wake() {
    List<Long> orders = find(OutboxWriter.RELEASED);
    if (orders.isEmpty()) {
      return 0;
    }
    return database.change(
        session -> {
          Instant now = clock.instant();
          int count = 0;
          for (long order : orders) {
            count += session.update(OutboxWriter.WAKE, now, now, order);
          }
          return count;
        });
  }

  @Override
  public void drop(long id, Optional<String> reason, Actor by) {
    table().drop(id, reason, by);
  }

  @Override
  public int forget(Instant before) {
    return database.change(session -> session.update(FORGET, before));
  }

  @Override
  public List<Message> list(boolean onlyFailed, long after, int limit) {
    return table().list(onlyFailed, after, limit);
  }

  @Override
  public int retry(OptionalLong id, Actor by) {
    return table()
        .retry(
            id,
            by,
            (session, now) ->
                id.isPresent()
                    ? session.update(RETRY_ONE, now, now, now, id)
                    : session.update(RETRY_ALL, now, now, now));
  }

  @Override
  public Counts counts() {
    return table().counts();
  }

  private MessageTable<Message> table() {
    return new MessageTable<>(database, clock, QUERIES);
  }

  /** The place of an order along its expiry. */
  private record Expiry(Instant at, long order) {
    static Expiry read(Row row) throws SQLException {
      return new Expiry(row.instant("not_after"), row.number("order_number"));
    }
  }

  @Override
  public boolean tellExpiring(int days, int below, Set<MailKind> kinds) {
    Instant now = clock.instant();
    Expiry end = new Expiry(now.plus(Duration.ofDays(days)), Long.MAX_VALUE);
    return database.change(
        session -> {
          Optional<Expiry> told = session.first(TOLD, Expiry::read, days);
          if (told.isEmpty()) {
            session.update(FIRST_TOLD, days, end.at, end.order);
            return false;
          }
          Duration behind = Duration.between(end.at, told.get().at);
          if (!behind.isNegative() && behind.compareTo(DAY) < 0) {
            // This clock is behind that of another node, which has told them. More than a day is
            // the trace of a clock that was wrong.
            return false;
          }
          Instant least = now.plus(Duration.ofDays(below));
          Expiry from = told.get().at.isBefore(least) ? new Expiry(least, 0) : told.get();
          List<Expiry> page =
              session.list(EXPIRING, Expiry::read, from.at, from.order, end.at, EXPIRING_AT_ONCE);
          boolean more = page.size() == EXPIRING_AT_ONCE;
          Expiry last = more ? page.get(page.size() - 1) : end;
          if (session.update(TELL, last.at, last.order, days, told.get().at, told.get().order)
              == 0) {
            // Another node tells them.
            return false;
          }
          OutboxWriter writer = new OutboxWriter(session, kinds, new CausedMails());
          for (Expiry expiry : page) {
            // The day that has begun counts.
            long left = Duration.between(now, expiry.at).plus(DAY).minusNanos(1).toDays();
            var unused =
                writer.insert(
                    MailKind.EXPIRING, expiry.order, now, Optional.of(Long.toString(left)), true);
          }
          return more;
        });
  }

  @Override
  public VerifiedChain chain(IssuedReference certificate) {
    return new JdbcCollects(database).chain(certificate);
  }

  private static Message message(Row row) throws SQLException {
    return new Message(
        row.number("id"),
        row.oneOf(MailKind.class, "kind"),
        row.instant("created_at"),
        row.number("order_number"),
        MessageTable.certificate(row),
        row.text("recipient"),
        row.optionalText("language"),
        row.optionalText("detail"),
        Optional.ofNullable(row.bytes("sealed_code")),
        row.optionalInstant("due_at"),
        row.optionalInstant("next_at"),
        (int) row.number("attempts"),
        row.optionalInstant("failed_at"),
        row.optionalText("last_error"));
  }
}
