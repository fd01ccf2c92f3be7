package org.certcollect.server.http;

import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServer;
import io.vertx.core.net.KeyCertOptions;
import io.vertx.core.net.ServerSSLOptions;
import io.vertx.core.net.SocketAddress;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.certcollect.server.auth.RequestSource;
import org.certcollect.server.config.LimitsConfig;
import org.certcollect.server.tls.ServerKeys;

/**
 * A listener: the share that one event loop has in a port. Vert.x hands the connections of a port
 * to its listeners in turn.
 */
public final class Listener extends VerticleBase {
  /** The name of the source of requests that came over a Unix socket. */
  static final String UNIX = "unix";

  private final Port port;
  private final Supplier<LimitsConfig> limits;
  private final Proxies proxies;
  private final RouteTable routes;
  private final Connections connections;
  private final MemoryBudget memory;
  private final BooleanSupplier ready;
  private Optional<HttpServer> server = Optional.empty();
  private volatile boolean draining;

  /**
   * @param limits the limits at the time of the call; those of {@code port} stay as they are
   * @param proxies the trusted proxies, the same for all listeners of a port
   * @param routes the routes of this listener alone
   * @param connections the connections of all listeners together
   * @param memory the memory budget of all listeners together
   * @param ready whether the server wants further requests on a connection after an answer
   */
  public Listener(
      Port port,
      Supplier<LimitsConfig> limits,
      Proxies proxies,
      RouteTable routes,
      Connections connections,
      MemoryBudget memory,
      BooleanSupplier ready) {
    this.port = port;
    this.limits = limits;
    this.proxies = proxies;
    this.routes = routes;
    this.connections = connections;
    this.memory = memory;
    this.ready = ready;
  }

  @Override
  public Future<?> start() {
    OpenConnections open = new OpenConnections(vertx, limits.get());
    RequestHandler handler =
        new RequestHandler(context, proxies, port.hosts(), routes, open, limits, ready);
    HttpServer created =
        vertx
            .createHttpServer(port.options())
            .connectionHandler(connection -> accept(connection, open))
            .exceptionHandler(this::failed)
            .invalidRequestHandler(handler::refuseBroken)
            .requestHandler(handler);
    server = Optional.of(created);
    return created.listen(port.address());
  }

  @Override
  public Future<?> stop() {
    draining = true;
    return server
        .map(running -> running.shutdown(limits.get().drainDeadline()))
        .orElseGet(Future::succeededFuture)
        .onComplete(stopped -> routes.onClose().run());
  }

  /**
   * Gives new connections to the port other keys, on the other listeners too. Open connections go
   * on. If it fails, nothing has changed.
   */
  public CompletableFuture<?> replace(ServerKeys keys) {
    ServerSSLOptions tls = port.options().getSslOptions().copy();
    tls.setKeyCertOptions(KeyCertOptions.wrap(keys));
    return server
        .orElseThrow()
        .updateSSLOptions(tls, true)
        .toCompletionStage()
        .toCompletableFuture();
  }

  /** The port as it is configured. */
  public Port configured() {
    return port;
  }

  /** The number of the port. */
  public int port() {
    return server.orElseThrow().actualPort();
  }

  /** Called for a socket that fails before it is a connection. */
  private void failed(Throwable failure) {
    if (port.options().isSsl()) {
      connections.handshakes().add(failure);
    }
  }

  private void accept(HttpConnection connection, OpenConnections all) {
    Optional<String> client = client(connection);
    if (client.isEmpty()) {
      connection.close();
      return;
    }
    OpenConnection open =
        new OpenConnection(
            connection, RequestSource.of(client.get()), memory, port.options().getHttp1Config());
    boolean hasPlace = connections.add(open);
    connection.closeHandler(
        closed -> {
          connections.remove(open);
          all.remove(open);
          memory.closed(open.held());
        });
    if (!hasPlace || draining) {
      // When draining, its handshake took until now.
      connection.close();
      return;
    }
    open.awaitClient(limits.get().headerDeadline());
    all.add(open);
  }

  /** The client's address; empty if the peer may not speak for it by the PROXY protocol. */
  private Optional<String> client(HttpConnection connection) {
    if (port.options().isUseProxyProtocol()) {
      SocketAddress peer = connection.remoteAddress(true);
      if (peer == null || !proxies.isTrusted(String.valueOf(peer.hostAddress()))) {
        return Optional.empty();
      }
    }
    return port.address().isDomainSocket()
        ? Optional.of(UNIX)
        : Optional.ofNullable(connection.remoteAddress()).map(SocketAddress::hostAddress);
  }
}
