package org.certcollect.store.jdbc.push;

import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;
import org.certcollect.store.domain.PushSettings;
import org.certcollect.store.domain.PushUrl;
import org.certcollect.store.jdbc.Row;
import org.certcollect.store.jdbc.Session;

/** The mapping of the receivers of push notifications to their table. */
public final class PushRow {
  static final String COLUMNS = "url, user_name, sealed_password, with_certificate";

  private static final String FIND = "SELECT " + COLUMNS + " FROM push WHERE account_id = ?";

  // While one is claimed, its lease stays: what is being sent is not overtaken.
  private static final String PUT =
      Session.insert("push", "account_id, " + COLUMNS + ", free_at, version, claims")
          + """
           ON CONFLICT (account_id) DO UPDATE SET url = excluded.url, user_name = excluded.user_name,
            sealed_password = excluded.sealed_password,
            with_certificate = excluded.with_certificate, failures = 0, version = push.version + 1,
            free_at = CASE WHEN push.claimed_by IS NULL THEN excluded.free_at ELSE push.free_at END
          """;
  private static final String DELETE = "DELETE FROM push WHERE account_id = ?";
  private static final String DELETE_WAITING =
      "DELETE FROM outbox WHERE account_id = ? AND channel = 'PUSH'";

  private PushRow() {}

  public static Optional<PushSettings> find(Session session, long account) throws SQLException {
    return session.first(FIND, PushRow::read, account);
  }

  public static void put(Session session, long account, PushSettings settings, Instant now)
      throws SQLException {
    session.update(
        PUT,
        account,
        settings.url().value(),
        settings.user(),
        settings.sealedPassword(),
        settings.withCertificate(),
        now,
        // Beginning with a time, they fit no claim on a row that was removed.
        now,
        now);
  }

  /** Deletes the settings of an account with what waits for it. Returns how much that is. */
  public static int delete(Session session, long account) throws SQLException {
    session.update(DELETE, account);
    return session.update(DELETE_WAITING, account);
  }

  static PushSettings read(Row row) throws SQLException {
    return new PushSettings(
        new PushUrl(row.text("url")),
        row.optionalText("user_name"),
        Optional.ofNullable(row.bytes("sealed_password")),
        row.flag("with_certificate"));
  }
}
