package org.certcollect.server.http;

import io.netty.channel.Channel;
import io.vertx.core.http.Http1ServerConfig;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.net.impl.VertxConnection;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.certcollect.server.auth.RequestSource;

/**
 * A connection with a client: its source, its deadline, and the memory that it holds. Confined to
 * its event loop, except for the methods that {@link Connections} calls.
 */
final class OpenConnection {
  private static final long NEVER = Long.MAX_VALUE;

  private final HttpConnection connection;
  private final List<RequestSource> networks;
  private final HeldBytes held;
  private final RequestDecoder decoder;
  private final boolean secure;
  private long deadline = NEVER;
  private boolean ending;
  private volatile boolean kept;
  private volatile boolean idle;
  private volatile long idleSince;
  private final AtomicBoolean hasPlace = new AtomicBoolean(true);

  OpenConnection(
      HttpConnection connection,
      RequestSource source,
      MemoryBudget budget,
      Http1ServerConfig config) {
    this.connection = connection;
    secure = connection.isSsl();
    networks = source.networks();
    held = budget.opened(() -> cut(connection));
    decoder = new RequestDecoder(config, held);
    decoder.install(channel(connection));
  }

  HttpConnection connection() {
    return connection;
  }

  Channel channel() {
    return channel(connection);
  }

  /** The networks that the client is in, the widest first; the last one is its source. */
  List<RequestSource> networks() {
    return networks;
  }

  /** Whether the connection itself has TLS. */
  boolean isSecure() {
    return secure;
  }

  HeldBytes held() {
    return held;
  }

  /** Starts the time that the client has for its next step. */
  void awaitClient(Duration patience) {
    long now = System.nanoTime();
    deadline = now + patience.toNanos();
    idleSince = now;
    idle = true;
  }

  /** Ends the client's time: its request is complete. */
  void awaitServer() {
    deadline = NEVER;
    idle = false;
  }

  /** Whether the connection waits for its client. */
  boolean isIdle() {
    return idle;
  }

  /** The {@link System#nanoTime} at which the connection began to wait for its client. */
  long idleSince() {
    return idleSince;
  }

  /** Whether the connection may stay open after its next answer. */
  boolean hasPlace() {
    return hasPlace.get();
  }

  /** Takes the connection's place from it. Returns false if it had none any more. */
  boolean leavePlace() {
    return hasPlace.compareAndSet(true, false);
  }

  /**
   * Closes a connection that has left its place, from any thread. If a request has become complete
   * in the meantime, the connection ends with the answer.
   */
  void end() {
    channel()
        .eventLoop()
        .execute(
            () -> {
              if (idle) {
                cut();
              }
            });
  }

  /** The nanoseconds since the client's deadline; negative while the client has time. */
  long late(long now) {
    return deadline == NEVER ? Long.MIN_VALUE : now - deadline;
  }

  /** Drops all requests after this one (RFC 9112, section 9.6). */
  void endAfterThisAnswer() {
    ending = true;
    decoder.ignoreRest();
  }

  /** Goes on with the next request: this one is answered, or refused. */
  void answered() {
    kept = true;
    held.answered();
    decoder.resume();
  }

  /** Whether there was an answer before. */
  boolean isKept() {
    return kept;
  }

  boolean isEnding() {
    return ending;
  }

  void close() {
    connection.close();
  }

  /** Ends the connection at once. Vert.x would first wait until the client reads the responses. */
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
