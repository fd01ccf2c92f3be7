package org.certcollect.server.status;

import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.certcollect.server.management.BuildInfo;
import org.certcollect.server.management.Drainable;
import org.certcollect.server.metrics.ServerMetrics;
import org.certcollect.server.tls.ServedCertificate;
import org.certcollect.store.Messages;
import org.certcollect.store.OrderStatistics;
import org.certcollect.store.Store;

/**
 * The facts about a server that its state shows, beside whether it is ready. Safe for use by many
 * threads.
 */
public final class ServerState implements AutoCloseable {
  private final Optional<String> node;
  private final ServerMetrics metrics;
  private final Drainable server;
  private final Supplier<Map<String, Integer>> ports;
  private final Supplier<List<ServedCertificate>> certificates;
  private final Instant started = Instant.now();
  private volatile Optional<NodeRegister> nodes = Optional.empty();

  /**
   * @param node the name of the server; empty if it has none
   * @param ports the open ports, by the protocol that they take
   * @param certificates the certificates that new connections get
   */
  public ServerState(
      Optional<String> node,
      ServerMetrics metrics,
      Drainable server,
      Supplier<Map<String, Integer>> ports,
      Supplier<List<ServedCertificate>> certificates) {
    this.node = node;
    this.metrics = metrics;
    this.server = server;
    this.ports = ports;
    this.certificates = certificates;
  }

  /** Begins to tell the other servers on a store of this one, if it has a name. */
  public void register(Store store) {
    nodes = node.map(name -> new NodeRegister(store, name, started, Clock.systemUTC()));
  }

  /** The facts, for which a store that does not answer is waited for a second. */
  public CompletableFuture<Map<String, Object>> facts() {
    return metrics.orders().thenCombine(metrics.messages(), this::facts);
  }

  private Map<String, Object> facts(
      Optional<OrderStatistics> orders, Map<String, Messages.Counts> messages) {
    Map<String, Object> facts = new LinkedHashMap<>();
    node.ifPresent(name -> facts.put("node", name));
    facts.put("version", BuildInfo.CURRENT.version());
    facts.put("commit", BuildInfo.CURRENT.commit());
    facts.put("pid", ProcessHandle.current().pid());
    facts.put("started", started.truncatedTo(ChronoUnit.SECONDS));
    facts.putAll(ports.get());
    facts.put("connections", server.connections());
    orders.ifPresent(counted -> facts.putAll(StateFields.of(counted)));
    messages.forEach((channel, counts) -> facts.put(channel, StateFields.of(counts)));
    nodes.ifPresent(
        register -> facts.put("nodes", register.known().stream().map(StateFields::of).toList()));
    facts.put("certificates", certificates.get().stream().map(StateFields::of).toList());
    return facts;
  }

  /** Has the other servers forget this one. */
  @Override
  public void close() {
    nodes.ifPresent(NodeRegister::close);
  }
}
