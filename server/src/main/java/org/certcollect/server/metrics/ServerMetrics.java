package org.certcollect.server.metrics;

import io.prometheus.metrics.core.metrics.CounterWithCallback;
import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import io.prometheus.metrics.core.metrics.Info;
import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.function.DoubleSupplier;
import java.util.function.Supplier;
import org.certcollect.server.auth.Authenticator;
import org.certcollect.server.collect.RequestObserver;
import org.certcollect.server.http.HandshakeFailures;
import org.certcollect.server.http.Route;
import org.certcollect.server.http.Route.Response;
import org.certcollect.server.mail.MailDelivery;
import org.certcollect.server.management.BuildInfo;
import org.certcollect.server.management.Drainable;
import org.certcollect.server.management.SharedResult;
import org.certcollect.server.push.PushDelivery;
import org.certcollect.server.tls.ServedCertificate;
import org.certcollect.store.Messages;
import org.certcollect.store.OrderStatistics;
import org.certcollect.store.Store;

/**
 * The metrics of one server. Counts of requests grow as each request is answered. All other values
 * are asked for when the page is, on a thread of its own and at most once a second. Orders are
 * counted at most once a minute, and for at most one hundredth of the time. Safe for use by many
 * threads.
 */
public final class ServerMetrics implements AutoCloseable {
  private static final Duration COUNT_PERIOD = Duration.ofMinutes(1);
  private static final Duration PAGE_PERIOD = Duration.ofSeconds(1);
  private static final int COUNT_REST = 100;
  private static final Duration MAX_WAIT = Duration.ofSeconds(1);
  private static final List<Duration> HORIZONS = List.of(Duration.ofDays(7), Duration.ofDays(30));
  private static final double MILLIS = 1e3;
  private static final double SECONDS_OF_DAY = 86_400;

  private final PrometheusRegistry registry = new PrometheusRegistry();
  private final RequestMetrics requests = new RequestMetrics(registry);
  private final SharedResult<OrderStatistics> orders;
  private final SharedResult<Response> page =
      new SharedResult<>("metrics-page", this::write, PAGE_PERIOD, 0);
  private final Clock clock;
  private Optional<MailMetrics> mails = Optional.empty();
  private Optional<PushMetrics> pushes = Optional.empty();

  /**
   * @param auditLag the time for which the oldest audit record has waited for the disk
   */
  public ServerMetrics(Store store, Supplier<Duration> auditLag, Clock clock) {
    this.clock = clock;
    orders =
        new SharedResult<>(
            "order-statistics",
            () -> store.orders().statistics(HORIZONS),
            COUNT_PERIOD,
            COUNT_REST);
    gauge(
        "certcollect_store_connections",
        "Connections of the store that are in use.",
        () -> store.pool().busy());
    gauge(
        "certcollect_store_connections_max",
        "Maximum number of connections of the store.",
        () -> store.pool().max());
    gauge(
        "certcollect_audit_lag_seconds",
        "Time for which the oldest record of the audit log has waited for the disk; 0 for none.",
        () -> auditLag.get().toMillis() / MILLIS);
    ordersGauge();
  }

  /** Adds the e-mails and the push notifications. */
  public void add(Optional<MailDelivery> mail, PushDelivery push, Store store) {
    mails = Optional.of(new MailMetrics(registry, mail, store.outbox(), clock));
    pushes = Optional.of(new PushMetrics(registry, push, store.pushes(), clock));
  }

  /** Adds what the server itself knows. */
  public void add(
      Drainable server,
      Authenticator logins,
      HandshakeFailures handshakes,
      Supplier<List<ServedCertificate>> certificates) {
    gauge(
        "certcollect_draining",
        "1 while the server drains or stops, else 0.",
        () -> server.isDraining() ? 1 : 0);
    gauge(
        "certcollect_connections",
        "Open connections to the ports of the protocol.",
        server::connections);
    gauge(
        "certcollect_throttled_sources",
        "Networks whose guesses are all refused now.",
        logins::throttledSources);
    gauge(
        "certcollect_verified_logins", "Verified logins in the cache.", logins::verifiedLoginsNow);
    gauge(
        "certcollect_waiting_password_checks",
        "Password checks that wait for a core.",
        logins::waitingChecks);
    counter(
        "certcollect_password_checks_total",
        "Passwords that were hashed, as no verified login spared it.",
        logins::passwordChecks);
    CounterWithCallback.builder()
        .name("certcollect_tls_handshake_failures_total")
        .help("TLS handshakes that failed, by cause.")
        .labelNames("cause")
        .callback(
            callback ->
                handshakes
                    .counts()
                    .forEach((cause, count) -> callback.call(count, RequestMetrics.word(cause))))
        .register(registry);
    GaugeWithCallback.builder()
        .name("certcollect_server_certificate_days")
        .help("Days until the server's own certificate expires, by type of key.")
        .labelNames("key")
        .callback(
            callback ->
                certificates
                    .get()
                    .forEach(
                        own ->
                            callback.call(
                                Duration.between(clock.instant(), own.notAfter()).toSeconds()
                                    / SECONDS_OF_DAY,
                                own.keyType())))
        .register(registry);
    Info.builder()
        .name("certcollect_build_info")
        .help("Always 1; the labels tell what runs.")
        .labelNames("version", "commit")
        .register(registry)
        .setLabelValues(BuildInfo.CURRENT.version(), BuildInfo.CURRENT.commit());
  }

  private void ordersGauge() {
    GaugeWithCallback.builder()
        .name("certcollect_orders")
        .help("Orders, by state; counted once a minute at most.")
        .labelNames("state")
        .callback(
            callback ->
                orders
                    .last()
                    .ifPresent(
                        counted ->
                            counted
                                .byState()
                                .forEach(
                                    (state, count) ->
                                        callback.call(count, RequestMetrics.word(state)))))
        .register(registry);
    GaugeWithCallback.builder()
        .name("certcollect_oldest_processing_seconds")
        .help("Time for which the order that is processed longest has been processed; 0 for none.")
        .callback(
            callback ->
                orders
                    .last()
                    .ifPresent(
                        counted ->
                            callback.call(
                                counted
                                    .oldestProcessing()
                                    .map(
                                        since ->
                                            Duration.between(since, clock.instant()).toSeconds())
                                    .orElse(0L))))
        .register(registry);
    GaugeWithCallback.builder()
        .name("certcollect_certificates_expiring")
        .help("Issued certificates that expire within a time from now.")
        .labelNames("within")
        .callback(
            callback ->
                orders
                    .last()
                    .ifPresent(
                        counted ->
                            counted
                                .expiring()
                                .forEach(
                                    (within, count) ->
                                        callback.call(count, within.toDays() + "d"))))
        .register(registry);
  }

  private void gauge(String name, String help, DoubleSupplier value) {
    GaugeWithCallback.builder()
        .name(name)
        .help(help)
        .callback(callback -> callback.call(value.getAsDouble()))
        .register(registry);
  }

  private void counter(String name, String help, DoubleSupplier value) {
    CounterWithCallback.builder()
        .name(name)
        .help(help)
        .callback(callback -> callback.call(value.getAsDouble()))
        .register(registry);
  }

  /** The party that counts requests. */
  public RequestObserver requests() {
    return requests;
  }

  /**
   * The numbers of orders, counted at most once a minute. If a count fails or takes longer than a
   * second, they are those of the last count; empty if there was none.
   */
  public CompletableFuture<Optional<OrderStatistics>> orders() {
    return orders.getWithin(MAX_WAIT);
  }

  /** The numbers of messages of each channel that sends any, by the channel's name. */
  public CompletableFuture<Map<String, Messages.Counts>> messages() {
    Map<String, CompletableFuture<Optional<Messages.Counts>>> asked = new TreeMap<>();
    mails.ifPresent(channel -> asked.put("mails", channel.counted()));
    pushes.ifPresent(channel -> asked.put("pushes", channel.counted()));
    return CompletableFuture.allOf(asked.values().toArray(CompletableFuture[]::new))
        .thenApply(
            all -> {
              Map<String, Messages.Counts> counted = new TreeMap<>();
              asked.forEach(
                  (channel, counts) ->
                      counts.join().ifPresent(found -> counted.put(channel, found)));
              return counted;
            });
  }

  /** The route of the page. */
  public Route route() {
    return new Route("/metrics", Set.of("GET", "HEAD"), "GET", 0, request -> page.get());
  }

  private Response write() {
    // Counted meanwhile for a later page.
    var unused = orders.get();
    ByteArrayOutputStream text = new ByteArrayOutputStream();
    try {
      PrometheusTextFormatWriter.create().write(text, registry.scrape());
    } catch (IOException e) {
      throw new UncheckedIOException("writing to memory", e);
    }
    return new Response(PrometheusTextFormatWriter.CONTENT_TYPE, text.toByteArray());
  }

  @Override
  public void close() {
    orders.close();
    page.close();
    mails.ifPresent(MailMetrics::close);
    pushes.ifPresent(PushMetrics::close);
  }
}
