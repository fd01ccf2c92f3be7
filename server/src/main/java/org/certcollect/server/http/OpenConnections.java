package org.certcollect.server.http;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpConnection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.certcollect.server.config.LimitsConfig;
import org.jspecify.annotations.Nullable;

/**
 * The open connections of one listener. It closes those whose clients take too long: one periodic
 * look at all of them costs less than a timer for each step of each request. Confined to one event
 * loop.
 */
final class OpenConnections {
  private static final Duration MAX_PERIOD = Duration.ofSeconds(1);

  /** The time that a connection may take to close in good order. */
  private static final Duration GRACE = Duration.ofSeconds(1);

  private final Map<HttpConnection, OpenConnection> connections = new HashMap<>();

  /** Deadlines are met to a quarter of the shortest of these, or to a second. */
  OpenConnections(Vertx vertx, LimitsConfig limits) {
    long period =
        Stream.of(limits.headerDeadline(), limits.bodyDeadline(), limits.idleTimeout())
            .map(deadline -> deadline.dividedBy(4))
            .reduce(MAX_PERIOD, (a, b) -> a.compareTo(b) < 0 ? a : b)
            .toMillis();
    vertx.setPeriodic(Math.max(1, period), timer -> closeOverdue());
  }

  void add(OpenConnection open) {
    connections.put(open.connection(), open);
  }

  void remove(OpenConnection open) {
    connections.remove(open.connection());
  }

  /** Null if the connection is closed. */
  @Nullable OpenConnection get(HttpConnection connection) {
    return connections.get(connection);
  }

  private void closeOverdue() {
    long now = System.nanoTime();
    List<OpenConnection> overdue = new ArrayList<>();
    for (OpenConnection open : connections.values()) {
      if (open.late(now) > 0) {
        overdue.add(open);
      }
    }
    for (OpenConnection open : overdue) {
      if (open.late(now) < GRACE.toNanos()) {
        open.close();
      } else {
        open.cut();
      }
    }
  }
}
