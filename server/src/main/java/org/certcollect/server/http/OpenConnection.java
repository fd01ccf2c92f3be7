package org.certcollect.server.http;

import io.netty.channel.Channel;
import io.vertx.core.http.Http1ServerConfig;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.net.impl.VertxConnection;
import java.time.Duration;

/** What a listener knows of one of its connections. Confined to one event loop. */
final class OpenConnection {
  private static final long NEVER = Long.MAX_VALUE;

  private final HttpConnection connection;
  private final HeldBytes held;
  private final RequestDecoder decoder;
  private long deadline = NEVER;
  private boolean ending;

  OpenConnection(HttpConnection connection, MemoryBudget budget, Http1ServerConfig config) {
    this.connection = connection;
    held = budget.opened(() -> cut(connection));
    decoder = new RequestDecoder(config, held);
    decoder.install(channel(connection));
  }

  HttpConnection connection() {
    return connection;
  }

  HeldBytes held() {
    return held;
  }

  /** The client has so long for its next step. */
  void awaitClient(Duration patience) {
    deadline = System.nanoTime() + patience.toNanos();
  }

  /** The client has done its part. */
  void awaitServer() {
    deadline = NEVER;
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
