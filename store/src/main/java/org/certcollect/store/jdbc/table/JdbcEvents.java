package org.certcollect.store.jdbc.table;

import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
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
  private static final String TIME = "SELECT at FROM event WHERE id = ?";
  private static final Instant EVER = Instant.ofEpochMilli(Long.MIN_VALUE);
  public static final String OF_ORDER = SELECT + "WHERE e.order_number = ? ORDER BY e.id";
  private static final String OF_ACCOUNT =
      SELECT
          + """
          WHERE e.order_number IS NULL AND e.account_id = (SELECT id FROM account WHERE login = ?)
          ORDER BY e.id
          """;

  /** The statement of a page, whose arguments {@link #arguments} gives. */
  public static String page(EventFilter filter) {
    if (filter.order().isPresent()) {
      return SELECT
          + """
          WHERE e.order_number = ? AND e.id > ? AND (e.at >= ?) IS TRUE
            AND (e.actor = COALESCE(?, e.actor)) IS TRUE
          ORDER BY e.id LIMIT ?
          """;
    }
    return SELECT
        + "WHERE (e.at, e.id) > (?, ?)"
        + (filter.actor().isPresent() ? " AND e.actor = ?" : "")
        + " ORDER BY e.at, e.id LIMIT ?";
  }

  /**
   * The arguments of a page.
   *
   * @param from the time of the last event of the page before, otherwise the earliest
   */
  public static Object[] arguments(EventFilter filter, Instant from) {
    if (filter.order().isPresent()) {
      Instant since = filter.since().orElse(EVER);
      return new Object[] {filter.order(), filter.after(), since, filter.actor(), filter.limit()};
    }
    List<Object> arguments = new ArrayList<>(List.of(from, filter.after()));
    filter.actor().ifPresent(arguments::add);
    arguments.add(filter.limit());
    return arguments.toArray();
  }

  @Override
  public List<Event> list(EventFilter filter) {
    return database.read(
        session -> {
          Instant from =
              session
                  .first(TIME, Row::number, filter.after())
                  .map(Instant::ofEpochMilli)
                  .orElse(filter.since().orElse(EVER));
          return session.list(page(filter), JdbcEvents::event, arguments(filter, from));
        });
  }

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
