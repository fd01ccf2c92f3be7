package org.certcollect.server.http;

import io.netty.channel.Channel;
import io.vertx.core.http.Http1ServerConfig;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.net.impl.VertxConnection;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import org.certcollect.server.auth.RequestSource;

/**
 * What the server knows of one of its connections. Confined to its event loop, except for what
 * {@link Connections} asks.
 */
final class OpenConnection {
  private static final long NEVER = Long.MAX_VALUE;

  private final HttpConnection connection;
  private final RequestSource source;
  private final HeldBytes held;
  private final RequestDecoder decoder;
  private long deadline = NEVER;
  private boolean ending;
  private volatile boolean idle;
  private volatile long idleSince;
  private final AtomicBoolean hasPlace = new AtomicBoolean(true);

  OpenConnection(
      HttpConnection connection,
      RequestSource source,
      MemoryBudget budget,
      Http1ServerConfig config) {
    this.connection = connection;
    this.source = source;
    held = budget.opened(() -> cut(connection));
    decoder = new RequestDecoder(config, held);
    decoder.install(channel(connection));
  }

  HttpConnection connection() {
    return connection;
  }

  RequestSource source() {
    return source;
  }

  HeldBytes held() {
    return held;
  }

  /** The client has so long for its next step. */
  void awaitClient(Duration patience) {
    long now = System.nanoTime();
    deadline = now + patience.toNanos();
    idleSince = now;
    idle = true;
  }

  /** The client has done its part. */
  void awaitServer() {
    deadline = NEVER;
    idle = false;
  }

  /** Whether it waits for its client, and may be closed to make place for another. */
  boolean isIdle() {
    return idle && hasPlace.get();
  }

  /** Since when it waits for its client, as {@link System#nanoTime} has it. */
  long idleSince() {
    return idleSince;
  }

  /** Closes it, from any thread, unless it is busy by then. Returns false if it was told before. */
  boolean giveUpPlace() {
    if (!hasPlace.compareAndSet(true, false)) {
      return false;
    }
    channel(connection)
        .eventLoop()
        .execute(
            () -> {
              if (idle) {
                cut();
              }
            });
    return true;
  }

  /** How many nanoseconds ago the client should have done its step; negative while it has time. */
  long late(long now) {
    return deadline == NEVER ? Long.MIN_VALUE : now - deadline;
  }

  /** Nothing more is to be answered on it (RFC 9112, section 9.6). */
  void endAfterThisAnswer() {
    ending = true;
    decoder.ignoreRest();
  }

  /** The request is answered, or refused. */
  void answered() {
    held.answered();
    decoder.resume();
  }

  boolean isEnding() {
    return ending;
  }

  void close() {
    connection.close();
  }

  /** Ends it at once. Vert.x would first wait until the client takes what was written. */
  void cut() {
    cut(connection);
  }

  private static void cut(HttpConnection connection) {
    Channel channel = channel(connection);
    Channel.Unsafe unsafe = channel.unsafe();
    if (channel.eventLoop().inEventLoop()) {
      unsafe.close(unsafe.voidPromise());
    } else {
      channel.eventLoop().execute(() -> unsafe.close(unsafe.voidPromise()));
    }
  }

  private static Channel channel(HttpConnection connection) {
    return ((VertxConnection) connection).channel();
  }
}
