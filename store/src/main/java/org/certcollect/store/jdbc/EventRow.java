package org.certcollect.store.jdbc;

import java.sql.SQLException;
import java.util.Optional;
import java.util.OptionalLong;
import org.certcollect.store.ChangeRecord;
import org.certcollect.store.domain.Actor;
import org.certcollect.store.transfer.EventRecord;

/** The mapping of events that move between stores to their table, {@code event e}. */
public final class EventRow {
  public static final String COLUMNS =
      "e.at, e.actor, e.action, e.from_state, e.to_state, e.detail";

  public static final String INSERTED =
      "account_id, order_number, at, actor, action, from_state, to_state, detail";
  public static final String INSERT = Session.insert("event", INSERTED);

  private static final String LOGIN = "SELECT login FROM account WHERE id = ?";

  private static final String ACCOUNT = "SELECT account_id FROM orders WHERE number = ?";

  private EventRow() {}

  public static EventRecord read(Row row) throws SQLException {
    return new EventRecord(
        row.instant("at"),
        new Actor(row.text("actor")),
        row.text("action"),
        row.optionalText("from_state"),
        row.optionalText("to_state"),
        row.optionalText("detail"));
  }

  /** Writes an event about an order and its account; none if the order is gone. */
  public static void insert(Session session, long order, EventRecord event) throws SQLException {
    Optional<Long> account = session.first(ACCOUNT, Row::number, order);
    if (account.isPresent()) {
      insert(session, OptionalLong.of(account.get()), OptionalLong.of(order), event);
    }
  }

  /** Writes an event about an order, an account, or neither. */
  public static void insert(
      Session session, OptionalLong account, OptionalLong order, EventRecord event)
      throws SQLException {
    session.update(INSERT, values(account, order, event));
    session.mails().ifPresent(mails -> mails.add(account, order, event));
    if (!session.isAnnouncing()) {
      return;
    }
    // Nothing can be removed from an audit log: the account's id is enough to make it anonymous.
    Optional<String> login =
        account.isPresent() && !event.action().equals("account.anonymise")
            ? session.first(LOGIN, Row::text, account)
            : Optional.empty();
    session.announce(
        new ChangeRecord(
            event.actor(),
            account,
            login,
            order,
            event.action(),
            event.from(),
            event.to(),
            event.detail()));
  }

  public static Object[] values(OptionalLong account, OptionalLong order, EventRecord event) {
    return new Object[] {
      account,
      order,
      event.at(),
      event.actor().name(),
      event.action(),
      event.from(),
      event.to(),
      event.detail()
    };
  }
}
