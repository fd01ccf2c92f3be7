package org.certcollect.store.jdbc.push;

import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.certcollect.store.Pushes;
import org.certcollect.store.domain.Actor;
import org.certcollect.store.domain.PushSettings;
import org.certcollect.store.domain.PushStatus;
import org.certcollect.store.jdbc.Database;
import org.certcollect.store.jdbc.EventRow;
import org.certcollect.store.jdbc.MessageTable;
import org.certcollect.store.jdbc.Row;
import org.certcollect.store.transfer.EventRecord;

/** The push notifications in the table of the outbox. Safe for use by many threads. */
public record JdbcPushes(Database database, Clock clock) implements Pushes {
  private static final int CANDIDATES = 8;

  public static final String ANY_DUE =
      "SELECT id FROM outbox WHERE channel = 'PUSH' AND next_at <= ? ORDER BY next_at, id LIMIT 1";

  /** The receivers that are free and for which something is due, and which failed not too often. */
  public static final String DUE =
      """
      SELECT r.account_id FROM push r
      WHERE r.free_at <= ? AND r.failures <= ? AND EXISTS (SELECT 1 FROM outbox b
        WHERE b.channel = 'PUSH' AND b.account_id = r.account_id AND b.next_at <= ?)
      ORDER BY r.free_at, r.account_id LIMIT ?
      """;

  // Of two that claim the same row, the later one waits for the earlier, and finds another time.
  private static final String CLAIM =
      """
      UPDATE push SET free_at = ?, claimed_by = ?, claims = claims + 1
      WHERE account_id = ? AND free_at <= ?
      RETURNING account_id, failures, claims, version,
      """
          + PushRow.COLUMNS;
  // New settings, and a wish to try again, count more than what the claim has found out.
  private static final String RELEASE =
      """
      UPDATE push SET claimed_by = NULL,
        free_at = CASE WHEN version = ? THEN CAST(? AS BIGINT) ELSE CAST(? AS BIGINT) END,
        failures = CASE WHEN version = ? THEN CAST(? AS BIGINT) ELSE failures END
      WHERE account_id = ? AND claims = ?
      """;

  private static final String SELECT =
      """
      SELECT b.id, b.kind, b.created_at, a.login, b.order_number, b.certificate_id, b.detail,
        b.due_at, b.next_at, b.attempts, b.failed_at, b.last_error, c.not_before, c.not_after
      FROM outbox b JOIN account a ON a.id = b.account_id
        LEFT JOIN certificate c ON c.id = b.certificate_id
      """;

  private static final MessageTable.Queries<Notification> QUERIES =
      new MessageTable.Queries<>(MessageTable.Channel.PUSH, SELECT, JdbcPushes::notification);

  /** The first notification of an order, if it is due: no later one is sent before it. */
  public static final String NEXT =
      SELECT
          + """
          WHERE b.channel = 'PUSH' AND b.account_id = ? AND b.next_at <= ?
            AND EXISTS (SELECT 1 FROM push r
              WHERE r.account_id = b.account_id AND r.claims = ? AND r.version = ?)
            AND b.id = (SELECT p.id FROM outbox p
              WHERE p.channel = 'PUSH' AND p.order_number = b.order_number
                AND p.next_at IS NOT NULL
              ORDER BY p.id LIMIT 1)
          ORDER BY b.next_at, b.id LIMIT 1
          """;

  private static final String LATER =
      """
      SELECT id FROM outbox
      WHERE channel = 'PUSH' AND order_number = ? AND id > ? AND next_at IS NOT NULL LIMIT 1
      """;
  private static final String PUT_BACK =
      """
      UPDATE outbox SET next_at = ?, last_error = ?, attempts = attempts + 1
      WHERE id = ? AND attempts = ? AND next_at IS NOT NULL
      """;
  private static final String GIVE_UP =
      """
      UPDATE outbox SET next_at = NULL, last_error = ?, attempts = attempts + 1, failed_at = ?
      WHERE id = ? AND attempts = ? AND failed_at IS NULL
      """;
  private static final String RETRY =
      """
      UPDATE outbox SET due_at = ?, next_at = ?, failed_at = NULL, attempts = 0
      WHERE channel = 'PUSH' AND NOT EXISTS (SELECT 1 FROM orders o
          WHERE o.number = outbox.order_number AND o.held_since IS NOT NULL)
        AND
      """;
  private static final String RETRY_ONE =
      RETRY + " id = ? AND (next_at IS NOT NULL OR failed_at IS NOT NULL)";
  private static final String RETRY_ALL = RETRY + " failed_at IS NOT NULL";
  private static final String WAKE =
      """
      UPDATE push SET failures = 0, version = version + 1,
        free_at = CASE WHEN claimed_by IS NULL THEN CAST(? AS BIGINT) ELSE free_at END
      WHERE account_id IN
        (SELECT account_id FROM outbox WHERE channel = 'PUSH' AND next_at = ?)
      """;

  @Override
  public Optional<PushSettings> find(long account) {
    return database.read(session -> PushRow.find(session, account));
  }

  @Override
  public void set(long account, Optional<PushSettings> settings, Actor by) {
    database.change(
        session -> {
          Instant now = clock.instant();
          EventRecord event;
          if (settings.isPresent()) {
            PushRow.put(session, account, settings.get(), now);
            event =
                EventRecord.of(now, by, "account.push").detail(settings.map(PushSettings::text));
          } else {
            int dropped = PushRow.delete(session, account);
            event =
                EventRecord.of(now, by, "account.no-push")
                    .detail(Optional.of("not sent: " + dropped));
          }
          EventRow.insert(session, OptionalLong.of(account), OptionalLong.empty(), event);
          return true;
        });
  }

  @Override
  public Optional<Receiver> claim(String by, Duration lease, boolean failedToo) {
    Instant now = clock.instant();
    Instant until = now.plus(lease);
    int failures = failedToo ? Integer.MAX_VALUE : 0;
    List<Long> due =
        database.read(
            session ->
                session.first(ANY_DUE, Row::number, now).isPresent()
                    ? session.list(DUE, Row::number, now, failures, now, CANDIDATES)
                    : List.of());
    for (long account : due) {
      Optional<Receiver> claimed =
          database.change(
              session ->
                  session.first(CLAIM, row -> receiver(row, until), until, by, account, now));
      if (claimed.isPresent()) {
        return claimed;
      }
    }
    return Optional.empty();
  }

  @Override
  public void release(Receiver receiver, Instant free, int failures) {
    database.change(
        session ->
            session.update(
                RELEASE,
                receiver.version(),
                free,
                clock.instant(),
                receiver.version(),
                failures,
                receiver.account(),
                receiver.claim()));
  }

  @Override
  public Optional<Notification> next(Receiver receiver) {
    return database.read(
        session ->
            session.first(
                NEXT,
                JdbcPushes::notification,
                receiver.account(),
                clock.instant(),
                receiver.claim(),
                receiver.version()));
  }

  @Override
  public boolean isFollowed(Notification notification) {
    return database
        .read(session -> session.first(LATER, Row::number, notification.order(), notification.id()))
        .isPresent();
  }

  @Override
  public void sent(Notification notification, Actor by) {
    table().sent(notification, by);
  }

  @Override
  public void failed(Notification notification, Optional<Instant> next, String error, Actor by) {
    database.change(
        session -> {
          long id = notification.id();
          int attempts = notification.attempts();
          if (next.isPresent()) {
            session.update(PUT_BACK, next.get(), error, id, attempts);
          } else if (session.update(GIVE_UP, error, clock.instant(), id, attempts) == 1) {
            table().log(session, notification, "-failed", ": " + error, by);
          }
          return true;
        });
  }

  @Override
  public List<Notification> list(boolean onlyFailed, long after, int limit) {
    return table().list(onlyFailed, after, limit);
  }

  @Override
  public int retry(OptionalLong id, Actor by) {
    return table()
        .retry(
            id,
            by,
            (session, now) -> {
              int count =
                  id.isPresent()
                      ? session.update(RETRY_ONE, now, now, id)
                      : session.update(RETRY_ALL, now, now);
              session.update(WAKE, now, now);
              return count;
            });
  }

  @Override
  public void drop(long id, Optional<String> reason, Actor by) {
    table().drop(id, reason, by);
  }

  @Override
  public Counts counts() {
    return table().counts();
  }

  private MessageTable<Notification> table() {
    return new MessageTable<>(database, clock, QUERIES);
  }

  private static Receiver receiver(Row row, Instant until) throws SQLException {
    return new Receiver(
        row.number("account_id"),
        PushRow.read(row),
        (int) row.number("failures"),
        row.number("claims"),
        row.number("version"),
        until);
  }

  private static Notification notification(Row row) throws SQLException {
    return new Notification(
        row.number("id"),
        row.oneOf(PushStatus.class, "kind"),
        row.instant("created_at"),
        row.text("login"),
        row.number("order_number"),
        MessageTable.certificate(row),
        row.optionalText("detail"),
        row.optionalInstant("due_at"),
        row.optionalInstant("next_at"),
        (int) row.number("attempts"),
        row.optionalInstant("failed_at"),
        row.optionalText("last_error"));
  }
}
