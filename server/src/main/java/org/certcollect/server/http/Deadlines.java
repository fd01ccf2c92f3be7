package org.certcollect.server.http;

import io.netty.channel.Channel;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.net.impl.VertxConnection;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.certcollect.server.config.LimitsConfig;

/**
 * Closes connections whose clients take too long. One periodic look at all connections costs less
 * than a timer for each step of each request. Confined to one event loop.
 */
final class Deadlines {
  private static final Duration LONGEST_PERIOD = Duration.ofSeconds(1);

  /** How long a connection may take to close in good order. */
  private static final Duration GRACE = Duration.ofSeconds(1);

  private static final long NEVER = Long.MAX_VALUE;

  private final LimitsConfig limits;
  private final Map<HttpConnection, Long> deadlines = new HashMap<>();

  /** Deadlines are met to a quarter of the shortest, or to a second. */
  Deadlines(Vertx vertx, LimitsConfig limits) {
    this.limits = limits;
    long period =
        Stream.of(limits.headerDeadline(), limits.bodyDeadline(), limits.idleTimeout())
            .map(deadline -> deadline.dividedBy(4))
            .reduce(LONGEST_PERIOD, (a, b) -> a.compareTo(b) < 0 ? a : b)
            .toMillis();
    vertx.setPeriodic(Math.max(1, period), timer -> closeOverdue());
  }

  /** A new connection: its first header is awaited. */
  void opened(HttpConnection connection) {
    deadlines.put(connection, at(limits.headerDeadline()));
  }

  void closed(HttpConnection connection) {
    deadlines.remove(connection);
  }

  /** A header came; its body is awaited. */
  void bodyExpected(HttpConnection connection) {
    deadlines.replace(connection, at(limits.bodyDeadline()));
  }

  /** The client has done its part. */
  void suspend(HttpConnection connection) {
    deadlines.replace(connection, NEVER);
  }

  /** The answer is on its way; it is to be taken, and the next header is awaited. */
  void requestExpected(HttpConnection connection) {
    deadlines.replace(connection, at(limits.idleTimeout()));
  }

  private static long at(Duration fromNow) {
    return System.nanoTime() + fromNow.toNanos();
  }

  private void closeOverdue() {
    long now = System.nanoTime();
    Map<HttpConnection, Long> overdue = new HashMap<>();
    deadlines.forEach(
        (connection, deadline) -> {
          if (deadline != NEVER && deadline - now < 0) {
            overdue.put(connection, now - deadline);
          }
        });
    overdue.forEach(
        (connection, late) -> {
          if (late < GRACE.toNanos()) {
            connection.close();
          } else {
            cut(connection);
          }
        });
  }

  /**
   * Ends a connection at once, from any thread. Vert.x would first wait until the client takes what
   * was written.
   */
  static void cut(HttpConnection connection) {
    Channel channel = ((VertxConnection) connection).channel();
    Channel.Unsafe unsafe = channel.unsafe();
    if (channel.eventLoop().inEventLoop()) {
      unsafe.close(unsafe.voidPromise());
    } else {
      channel.eventLoop().execute(() -> unsafe.close(unsafe.voidPromise()));
    }
  }
}
