package org.certcollect.server.management;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.function.UnaryOperator;
import java.util.logging.Logger;
import java.util.stream.Stream;
import org.certcollect.server.config.LimitsConfig;
import org.certcollect.server.config.ManagementConfig;
import org.certcollect.server.config.ProxyConfig;
import org.certcollect.server.http.Connections;
import org.certcollect.server.http.Listener;
import org.certcollect.server.http.MemoryBudget;
import org.certcollect.server.http.Port;
import org.certcollect.server.http.Proxies;
import org.certcollect.server.http.Route;
import org.certcollect.server.http.RouteTable;
import org.certcollect.server.log.LogEvent;
import org.certcollect.server.tls.ServerKeys;

/**
 * The ports for management: one on TCP, and a Unix socket. They share no limit with the ports of
 * the protocol, so that health can be asked when all places there are taken.
 */
public final class ManagementPorts implements AutoCloseable {
  private static final Logger LOG = Logger.getLogger("certcollect.management");

  private static final LimitsConfig LIMITS =
      new LimitsConfig(
          100,
          16 * 1024,
          Duration.ofSeconds(10),
          Duration.ofSeconds(10),
          Duration.ofSeconds(30),
          Duration.ofSeconds(1));

  private final ManagementConfig config;
  private final Connections connections = new Connections(LIMITS.connections());
  private final MemoryBudget memory = MemoryBudget.ofHeap();
  private Optional<Listener> onTcp = Optional.empty();
  private Optional<SocketFile> socketFile = Optional.empty();

  public ManagementPorts(ManagementConfig config) {
    this.config = config;
  }

  /**
   * Opens the ports.
   *
   * @param keys the keys of the HTTPS port
   * @param open starts the listener of a port
   * @param everywhere the routes of both ports
   * @param local the routes of the Unix socket alone, for the owner of the data folder
   */
  public void open(
      ServerKeys keys, UnaryOperator<Listener> open, List<Route> everywhere, List<Route> local) {
    if (config.port().isPresent()) {
      Port port = Port.management(config, config.port().getAsInt(), LIMITS, keys);
      onTcp = Optional.of(open.apply(listener(port, everywhere)));
    }
    // Of two rows for one path, the first one counts.
    List<Route> all = Stream.concat(local.stream(), everywhere.stream()).toList();
    config.socket().ifPresent(place -> openSocket(place, all, open));
  }

  /** Opens the Unix socket. Without it the server is as useful to its clients. */
  private void openSocket(Path place, List<Route> routes, UnaryOperator<Listener> open) {
    if (SocketFile.isInUse(place)) {
      LogEvent.warning("Another server listens on the management socket, so this one has none")
          .with("socket", place)
          .to(LOG);
      return;
    }
    try {
      SocketFile file = SocketFile.prepare(place);
      socketFile = Optional.of(file);
      Listener unused = open.apply(listener(Port.socket(file.bound(), LIMITS), routes));
      file.publish();
    } catch (IOException | RuntimeException e) {
      LogEvent.warning("The management socket cannot be opened; the server goes on without it")
          .with("socket", place)
          .with("problem", String.valueOf(e.getMessage()))
          .to(LOG);
    }
  }

  private Listener listener(Port port, List<Route> routes) {
    return new Listener(
        port,
        () -> LIMITS,
        new Proxies(ProxyConfig.DEFAULT),
        new RouteTable(routes, () -> {}),
        connections,
        memory,
        () -> true);
  }

  /** The number of the TCP port; empty if there is none. */
  public OptionalInt number() {
    return onTcp.map(Listener::port).map(OptionalInt::of).orElseGet(OptionalInt::empty);
  }

  /** Gives new connections other keys, as {@link Listener#replace} does. */
  public CompletableFuture<?> replace(ServerKeys keys) {
    return config.tls() && onTcp.isPresent()
        ? onTcp.get().replace(keys)
        : CompletableFuture.completedFuture(null);
  }

  @Override
  public void close() {
    socketFile.ifPresent(SocketFile::close);
  }
}
