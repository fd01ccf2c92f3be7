package org.certcollect.server;

import com.github.benmanes.caffeine.cache.Ticker;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.vertx.core.Context;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Queue;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.logging.Logger;
import org.certcollect.server.api.ApiRoutes;
import org.certcollect.server.audit.LastCollectWriter;
import org.certcollect.server.auth.Authenticator;
import org.certcollect.server.collect.CollectService;
import org.certcollect.server.collect.EncodedCache;
import org.certcollect.server.collect.NonBlockingReads;
import org.certcollect.server.collect.RequestLog;
import org.certcollect.server.collect.RequestObserver;
import org.certcollect.server.collect.RequestRecorder;
import org.certcollect.server.collect.Responder;
import org.certcollect.server.collect.StoredHashes;
import org.certcollect.server.config.LimitsConfig;
import org.certcollect.server.config.ListenConfig;
import org.certcollect.server.config.ManagementConfig;
import org.certcollect.server.config.ServerConfig;
import org.certcollect.server.config.TlsConfig;
import org.certcollect.server.http.Connections;
import org.certcollect.server.http.Listener;
import org.certcollect.server.http.MemoryBudget;
import org.certcollect.server.http.Port;
import org.certcollect.server.http.Proxies;
import org.certcollect.server.http.Route;
import org.certcollect.server.http.RouteTable;
import org.certcollect.server.http.StartCheck;
import org.certcollect.server.log.LogEvent;
import org.certcollect.server.management.Drainable;
import org.certcollect.server.management.HealthRoutes;
import org.certcollect.server.management.ManagementPorts;
import org.certcollect.server.management.Readiness;
import org.certcollect.server.metrics.ServerMetrics;
import org.certcollect.server.page.PageRoutes;
import org.certcollect.server.status.ServerState;
import org.certcollect.server.tls.ServedCertificate;
import org.certcollect.server.tls.ServerKeys;
import org.certcollect.store.ChangeRecord;
import org.certcollect.store.CheckResult;
import org.certcollect.store.CollectionCodes;
import org.certcollect.store.Store;
import org.certcollect.store.domain.Actor;

/** A running server. {@link #start} returns when it listens. Safe for use by many threads. */
public final class CollectServer implements AutoCloseable, Drainable {
  private static final Logger LOG = Logger.getLogger("certcollect.server");

  /** The size of the cache: an eighth of the heap, and at most 32 MiB. */
  private static final long ENCODED_CACHE_BYTES =
      Math.min(32L << 20, Runtime.getRuntime().maxMemory() / 8);

  private static final int CORES = Runtime.getRuntime().availableProcessors();

  /** The threads that wait for the store. There are more than cores, as most of them wait. */
  private static final int WORKERS = 8 + CORES;

  /** The maximum time of each of the first two graces of a stop. */
  private static final Duration STOP_GRACE = Duration.ofMillis(500);

  /** The maximum time that a stop waits after them for the first request of a connection. */
  private static final Duration NEWCOMER_GRACE = Duration.ofMillis(2_500);

  /** The maximum number of requests that wait for the store; further ones are turned away. */
  private static final int MAX_WAITING = 2_000;

  private final ServerConfig config;
  private final List<Route> more;
  private final Store store;
  private final Vertx vertx;
  private final ExecutorService workers;
  private final Authenticator authenticator;
  private final Connections connections;
  private final Proxies proxies;
  private final MemoryBudget memory = MemoryBudget.ofHeap();
  private final LastCollectWriter lastCollects;
  private final Responder responder;
  private final Optional<PageRoutes> page;
  private Optional<Listener> https = Optional.empty();
  private OptionalInt httpPort = OptionalInt.empty();
  private final ManagementPorts management;
  private final HealthRoutes health;
  private final ApiRoutes api;
  private volatile List<ServedCertificate> certificates = List.of();
  private final Readiness readiness;
  private final ServerMetrics metrics;
  private final ServerState state;
  private final Outgoing outgoing;
  private volatile LimitsConfig limits;
  private volatile boolean draining;
  private volatile boolean stopping;

  private CollectServer(
      ServerConfig config,
      Store store,
      Supplier<CollectionCodes> codes,
      RequestRecorder recorder,
      Clock clock,
      List<Route> more) {
    this.config = config;
    this.more = more;
    limits = config.limits();
    this.store = store;
    vertx = EventLoops.open(CORES);
    proxies = new Proxies(config.proxy());
    connections = new Connections(config.limits().connections());
    workers =
        new ThreadPoolExecutor(
            WORKERS,
            WORKERS,
            1,
            TimeUnit.MINUTES,
            new ArrayBlockingQueue<>(MAX_WAITING),
            new DefaultThreadFactory("collect", true));
    management = new ManagementPorts(config.management());
    metrics = new ServerMetrics(store, recorder::lag, clock);
    readiness = readiness(store, recorder);
    state = new ServerState(recorder.node(), metrics, this, this::ports, this::certificates);
    health = new HealthRoutes(readiness, this, state::facts);
    outgoing = new Outgoing(config, store, codes, recorder.node());
    api =
        new ApiRoutes(
            outgoing.mailing(), clock, codes, recorder, this, health::status, outgoing::push);
    authenticator =
        new Authenticator(
            config.auth(), Ticker.systemTicker(), clock, new StoredHashes(store, workers));
    lastCollects = new LastCollectWriter(store.lastCollects());
    EncodedCache encoded = new EncodedCache(ENCODED_CACHE_BYTES);
    page = PageRoutes.of(config.page(), clock);
    responder =
        new Responder(
            config.protocol(),
            new CollectService(
                store, codes, authenticator, encoded, workers, clock, config.protocol().code91()),
            workers,
            recorder,
            RequestObserver.all(List.of(new RequestLog(), metrics.requests(), lastCollects)));
  }

  private static Readiness readiness(Store store, RequestRecorder recorder) {
    Map<String, Supplier<CheckResult>> checks = new LinkedHashMap<>();
    checks.put("store", store::check);
    checks.put("audit", recorder::check);
    return new Readiness(checks);
  }

  /** Starts a server that records no requests, for tests and trials. */
  public static CollectServer start(ServerConfig config, Store store, CollectionCodes codes) {
    return start(config, store, codes, List.of());
  }

  /** Starts one that has more routes on its management port. */
  public static CollectServer start(
      ServerConfig config, Store store, CollectionCodes codes, List<Route> more) {
    return start(config, store, () -> codes, RequestRecorder.NONE, Clock.systemUTC(), more);
  }

  /**
   * Starts a server on a store, which stays the caller's to close.
   *
   * @param codes the codes of the store; fails as the store does while that is not open yet
   * @param recorder records each request before its answer leaves; it stays the caller's to close
   * @throws StartException when it cannot listen, or the TLS files cannot be used; the message says
   *     why and what to do
   */
  public static CollectServer start(
      ServerConfig config, Store store, Supplier<CollectionCodes> codes, RequestRecorder recorder) {
    return start(config, store, codes, recorder, Clock.systemUTC());
  }

  /** Starts a server with a clock of its own, for tests whose certificates expire one day. */
  public static CollectServer start(
      ServerConfig config,
      Store store,
      Supplier<CollectionCodes> codes,
      RequestRecorder recorder,
      Clock clock) {
    return start(config, store, codes, recorder, clock, List.of());
  }

  private static CollectServer start(
      ServerConfig config,
      Store store,
      Supplier<CollectionCodes> codes,
      RequestRecorder recorder,
      Clock clock,
      List<Route> more) {
    CollectServer server = new CollectServer(config, store, codes, recorder, clock, more);
    try {
      server.outgoing.start();
      server.listen();
      server.checkOpenFiles();
      LogEvent listening = LogEvent.info("Listening").with("https", server.httpsPort());
      server.httpPort.ifPresent(port -> listening.with("http", port));
      server.managementPort().ifPresent(port -> listening.with("management", port));
      listening.to(LOG);
      return server;
    } catch (RuntimeException e) {
      server.end();
      throw e;
    }
  }

  /**
   * The problems that would keep a server from starting, each a line for the operator. No port is
   * opened.
   *
   * @param tls the TLS files; empty if the server makes its own certificate
   */
  public static List<String> problems(
      ListenConfig listen, ManagementConfig management, Optional<TlsConfig> tls) {
    List<String> problems = new ArrayList<>();
    StartCheck.host("listen.host", listen.host()).ifPresent(problems::add);
    if (management.port().isPresent()) {
      StartCheck.host("management.host", management.host()).ifPresent(problems::add);
    }
    try {
      tls.ifPresent(ConfiguredKeys::read);
    } catch (StartException e) {
      problems.add(e.getMessage());
    }
    return problems;
  }

  /**
   * The certificates that a server shows to its clients with these files.
   *
   * @throws StartException if the files cannot be used
   */
  public static List<ServedCertificate> certificates(TlsConfig tls) {
    return ConfiguredKeys.read(tls).certificates();
  }

  private void listen() {
    ServerKeys keys = ConfiguredKeys.read(config.tls()).signingFast();
    https = Optional.of(listen(Port.https(config.listen(), config.limits(), config.proxy(), keys)));
    serve(keys);
    vertx.setPeriodic(Duration.ofDays(1).toMillis(), timer -> warn(certificates));
    OptionalInt plain = config.listen().httpPort();
    if (plain.isPresent()) {
      Port port = Port.http(config.listen(), config.limits(), config.proxy(), plain.getAsInt());
      httpPort = OptionalInt.of(listen(port).port());
    }
    metrics.add(outgoing.mail(), outgoing.push(), store);
    state.register(store);
    metrics.add(this, authenticator, connections.handshakes(), this::certificates);
    List<Route> everywhere = new ArrayList<>(health.everywhere());
    everywhere.add(metrics.route());
    everywhere.addAll(api.rows());
    everywhere.addAll(api.page(ManagementConfig.isLoopback(config.management().host())));
    List<Route> local = new ArrayList<>(health.local());
    local.addAll(api.page(true));
    everywhere.addAll(more);
    management.open(keys, own -> deploy(own.configured(), 1, () -> own), everywhere, local);
  }

  /** The open ports, by the protocol that they take. */
  private Map<String, Integer> ports() {
    Map<String, Integer> ports = new LinkedHashMap<>();
    ports.put("https", httpsPort());
    httpPort.ifPresent(port -> ports.put("http", port));
    managementPort().ifPresent(port -> ports.put("management", port));
    return ports;
  }

  /** One listener for each event loop, all on one port; any of them is returned. */
  private Listener listen(Port port) {
    return deploy(port, CORES, () -> listener(port));
  }

  private Listener deploy(Port port, int instances, Supplier<Listener> each) {
    Queue<Listener> listeners = new ConcurrentLinkedQueue<>();
    try {
      vertx
          .deployVerticle(
              () -> {
                Listener listener = each.get();
                listeners.add(listener);
                return listener;
              },
              new DeploymentOptions().setInstances(instances))
          .toCompletionStage()
          .toCompletableFuture()
          .join();
      return listeners.element();
    } catch (CompletionException e) {
      throw startException(port, e.getCause() == null ? e : e.getCause());
    }
  }

  private Listener listener(Port port) {
    RouteTable routes =
        CollectRoutes.of(
            responder, page, new NonBlockingReads(store, workers, CollectServer::eventLoop));
    return new Listener(port, () -> limits, proxies, routes, connections, memory, this::isReady);
  }

  /** The event loop of the calling thread. */
  private static Executor eventLoop() {
    Context context = Objects.requireNonNull(Vertx.currentContext());
    return task -> context.runOnContext(unused -> task.run());
  }

  private static RuntimeException startException(Port port, Throwable cause) {
    if (cause instanceof IOException) {
      return new StartException(port.problem(cause), cause);
    }
    return port.options().isSsl()
        ? new StartException(StartCheck.tls(cause), cause)
        : new IllegalStateException("a listener cannot start", cause);
  }

  /** The store, whose changes this server tells by e-mail and push at once. */
  public Store mailing() {
    return outgoing.mailing();
  }

  /** The port for HTTPS; if it was configured as 0, the free one that was chosen. */
  public int httpsPort() {
    return https.orElseThrow().port();
  }

  /** The port for plain HTTP; empty if there is none. */
  public OptionalInt httpPort() {
    return httpPort;
  }

  /** The port for management; empty if there is none. */
  public OptionalInt managementPort() {
    return management.number();
  }

  /**
   * Takes over what can change while the server runs: the TLS files, which are read again for new
   * connections, the limits but that of the header's size, the limits of wrong guesses, the trusted
   * proxies, and how e-mails are sent. No connection is ended.
   *
   * @throws StartException if a file cannot be used; then nothing has changed
   */
  public void reload(ServerConfig changed) {
    ServerKeys keys = ConfiguredKeys.read(changed.tls()).signingFast();
    Outgoing.check(changed);
    try {
      https.orElseThrow().replace(keys).join();
      management.replace(keys).join();
    } catch (CompletionException e) {
      Throwable cause = e.getCause() == null ? e : e.getCause();
      throw new StartException(StartCheck.tls(cause), cause);
    }
    LogEvent.info("New connections get the certificate that the TLS files hold now").to(LOG);
    outgoing.reload(changed);
    serve(keys);
    limits = changed.limits();
    connections.limit(limits.connections());
    checkOpenFiles();
    authenticator.limit(changed.auth());
    proxies.trust(changed.proxy());
  }

  /**
   * Takes over how e-mails are sent, and nothing else.
   *
   * @throws StartException if a file cannot be used; then nothing has changed
   */
  public void reloadMail(ServerConfig changed) {
    Outgoing.check(changed);
    outgoing.reload(changed);
  }

  private void checkOpenFiles() {
    StartCheck.openFiles(limits.connections())
        .ifPresent(problem -> LogEvent.warning(problem).to(LOG));
  }

  private void serve(ServerKeys keys) {
    certificates = keys.certificates();
    for (ServedCertificate certificate : certificates) {
      LogEvent.info("Serving a TLS certificate")
          .with("subject", certificate.subject())
          .with("key", certificate.keyType())
          .with("expires", certificate.notAfter())
          .with("issuers", certificate.issuers())
          .to(LOG);
    }
    warn(certificates);
  }

  private static void warn(List<ServedCertificate> certificates) {
    certificates.stream()
        .flatMap(certificate -> certificate.warnings(Instant.now()).stream())
        .forEach(warning -> LogEvent.warning(warning).to(LOG));
  }

  /** The certificates that new connections get. */
  public List<ServedCertificate> certificates() {
    return certificates;
  }

  @Override
  public int connections() {
    return connections.count();
  }

  /** Whether the server wants new requests: false while it drains and once a stop has begun. */
  public boolean isReady() {
    return !isDraining();
  }

  @Override
  public boolean isDraining() {
    return draining || stopping;
  }

  @Override
  public void drain(boolean on, Actor actor) {
    if (draining != on) {
      draining = on;
      LogEvent.info(on ? "Draining: not ready, and each answer ends its connection" : "Ready again")
          .with("connections", connections.count())
          .to(LOG);
    }
    store.announce(ChangeRecord.of(actor, "server.drain", on ? "on" : "off"));
  }

  /**
   * Stops. First the server is not ready, and each response ends its connection, so that clients
   * with open connections go elsewhere without a failed request. After a grace new connections are
   * refused, and those that are open have another grace for a request. Those without any request so
   * far have a longer one. Then the requests under way finish within the drain deadline, and the
   * server ends.
   */
  @Override
  public void close() {
    LogEvent.info("Stopping").with("connections", connections.count()).to(LOG);
    stopping = true;
    connections.awaitClosed(STOP_GRACE);
    connections.stopAccepting();
    connections.awaitClosed(STOP_GRACE);
    connections.awaitNewcomersClosed(NEWCOMER_GRACE);
    end();
    LogEvent.info("Stopped").to(LOG);
  }

  private void end() {
    // Both may take the drain deadline, and a stop has to end within 30 s.
    CompletableFuture<Void> sent = CompletableFuture.runAsync(outgoing::close);
    vertx.close().toCompletionStage().toCompletableFuture().join();
    sent.join();
    management.close();
    state.close();
    readiness.close();
    metrics.close();
    workers.shutdown();
    try {
      if (!workers.awaitTermination(1, TimeUnit.SECONDS)) {
        workers.shutdownNow();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    api.close();
    authenticator.close();
    lastCollects.close();
  }
}
