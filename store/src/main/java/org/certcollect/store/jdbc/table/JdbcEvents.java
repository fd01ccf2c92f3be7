package org.certcollect.store.jdbc.table;

import java.sql.SQLException;
import java.util.List;
import org.certcollect.store.Event;
import org.certcollect.store.Events;
import org.certcollect.store.jdbc.Database;
import org.certcollect.store.jdbc.Row;
import org.certcollect.store.jdbc.Text;

/** The events of a store. Safe for use by many threads. */
public record JdbcEvents(Database database) implements Events {
  private static final String SELECT =
      """
      SELECT e.id, e.at, e.actor, a.login, e.order_number, e.action, e.from_state, e.to_state, e.detail
      FROM event e LEFT JOIN account a ON a.id = e.account_id
      """;
  public static final String OF_ORDER = SELECT + "WHERE e.order_number = ? ORDER BY e.id";
  private static final String OF_ACCOUNT =
      SELECT
          + """
          WHERE e.order_number IS NULL AND e.account_id = (SELECT id FROM account WHERE login = ?)
          ORDER BY e.id
          """;

  @Override
  public List<Event> ofOrder(long number) {
    return database.read(session -> session.list(OF_ORDER, JdbcEvents::event, number));
  }

  @Override
  public List<Event> ofAccount(String login) {
    return Text.isStorable(login)
        ? database.read(session -> session.list(OF_ACCOUNT, JdbcEvents::event, login))
        : List.of();
  }

  private static Event event(Row row) throws SQLException {
    return new Event(
        row.number("id"),
        row.instant("at"),
        row.text("actor"),
        row.optionalText("login"),
        row.optionalNumber("order_number"),
        row.text("action"),
        row.optionalText("from_state"),
        row.optionalText("to_state"),
        row.optionalText("detail"));
  }
}
