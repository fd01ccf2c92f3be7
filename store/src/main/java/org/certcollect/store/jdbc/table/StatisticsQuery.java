package org.certcollect.store.jdbc.table;

import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.certcollect.store.OrderStatistics;
import org.certcollect.store.domain.OrderState;
import org.certcollect.store.jdbc.Row;
import org.certcollect.store.jdbc.Session;

/** The statements that count orders. Each of them reads an index alone. */
public final class StatisticsQuery {
  /** Reads the whole index. */
  public static final String BY_STATE =
      "SELECT state, COUNT(*) AS value FROM orders GROUP BY state";

  public static final String OLDEST =
      """
      SELECT processing_since AS value FROM orders WHERE processing_since IS NOT NULL AND (state = 'PROCESSING') IS TRUE
      ORDER BY processing_since LIMIT 1
      """;

  public static final String EXPIRING =
      """
      SELECT COUNT(*) AS value FROM orders
      WHERE state = 'ISSUED' AND not_after >= ? AND not_after < ?
      """;

  private StatisticsQuery() {}

  static OrderStatistics read(Session session, Instant now, List<Duration> horizons)
      throws SQLException {
    Map<OrderState, Long> states = new EnumMap<>(OrderState.class);
    for (OrderState state : OrderState.values()) {
      states.put(state, 0L);
    }
    session
        .list(BY_STATE, row -> Map.entry(row.oneOf(OrderState.class, "state"), row.number("value")))
        .forEach(entry -> states.put(entry.getKey(), entry.getValue()));
    Optional<Instant> oldest = session.first(OLDEST, row -> row.instant("value"));
    Map<Duration, Long> expiring = new TreeMap<>();
    for (Duration horizon : horizons) {
      expiring.put(
          horizon, session.first(EXPIRING, Row::number, now, now.plus(horizon)).orElseThrow());
    }
    return new OrderStatistics(states, oldest, expiring);
  }
}
