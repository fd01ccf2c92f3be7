package org.certcollect.server.http;

import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServer;
import io.vertx.core.net.ServerSSLOptions;
import io.vertx.core.net.SocketAddress;
import java.util.Optional;
import org.certcollect.server.auth.RequestSource;
import org.certcollect.server.config.LimitsConfig;
import org.certcollect.server.config.ProxyConfig;

/**
 * One event loop's share of one port. Vert.x hands the connections of a port to its listeners in
 * turn.
 */
public final class Listener extends VerticleBase {
  private final Port port;
  private final LimitsConfig limits;
  private final Proxies proxies;
  private final Route.Table routes;
  private final Connections connections;
  private final MemoryBudget memory;
  private final Lifecycle lifecycle;
  private Optional<HttpServer> server = Optional.empty();
  private volatile boolean draining;

  /**
   * @param routes those of this listener alone
   * @param connections those of all listeners together
   * @param memory likewise
   * @param lifecycle likewise
   */
  public Listener(
      Port port,
      LimitsConfig limits,
      ProxyConfig proxies,
      Route.Table routes,
      Connections connections,
      MemoryBudget memory,
      Lifecycle lifecycle) {
    this.port = port;
    this.limits = limits;
    this.proxies = new Proxies(proxies);
    this.routes = routes;
    this.connections = connections;
    this.memory = memory;
    this.lifecycle = lifecycle;
  }

  @Override
  public Future<?> start() throws Exception {
    if (port.options().isSsl()) {
      Tls.requirePair(vertx, port.options().getKeyCertOptions());
    }
    OpenConnections open = new OpenConnections(vertx, limits);
    RequestHandler handler =
        new RequestHandler(context, proxies, routes.rows(), open, limits, lifecycle);
    HttpServer created =
        vertx
            .createHttpServer(port.options())
            .connectionHandler(connection -> accept(connection, open))
            .invalidRequestHandler(handler::refuseBroken)
            .requestHandler(handler);
    server = Optional.of(created);
    return created.listen(port.address());
  }

  @Override
  public Future<?> stop() {
    draining = true;
    return server
        .map(running -> running.shutdown(limits.drainDeadline()))
        .orElseGet(Future::succeededFuture)
        .onComplete(stopped -> routes.onClose().run());
  }

  /**
   * Has new connections to the port, those of the other listeners too, get what is in the TLS files
   * now. Connections that are there go on; where it fails, all goes on as before.
   */
  public Future<?> reloadTls() throws Exception {
    ServerSSLOptions tls = port.options().getSslOptions();
    // What was read once is remembered by the options, but not by a copy of them.
    Tls.requirePair(vertx, tls.getKeyCertOptions().copy());
    return server.orElseThrow().updateSSLOptions(tls, true);
  }

  /** The port that it listens on. */
  public int port() {
    return server.orElseThrow().actualPort();
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
    open.awaitClient(limits.headerDeadline());
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
    return Optional.ofNullable(connection.remoteAddress()).map(SocketAddress::hostAddress);
  }
}
