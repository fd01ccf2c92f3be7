package org.certcollect.server.metrics;

import io.prometheus.metrics.core.metrics.CounterWithCallback;
import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.ToDoubleFunction;
import org.certcollect.server.management.SharedResult;
import org.certcollect.server.push.PushDelivery;
import org.certcollect.server.push.PushOutcome;
import org.certcollect.store.Messages;
import org.certcollect.store.Pushes;

/**
 * The metrics of push notifications. What waits is asked for when the page is, once for all gauges,
 * and the page shows the last counts.
 */
final class PushMetrics implements AutoCloseable {
  private static final Duration FRESH = Duration.ofSeconds(1);

  private final PrometheusRegistry registry;
  private final SharedResult<Messages.Counts> counts;

  PushMetrics(PrometheusRegistry registry, PushDelivery delivery, Pushes pushes, Clock clock) {
    this.registry = registry;
    counts = new SharedResult<>("push-counts", pushes::counts, FRESH, 0);
    CounterWithCallback.builder()
        .name("certcollect_push_attempts_total")
        .help("Attempts to send a push notification, by outcome.")
        .labelNames("outcome")
        .callback(
            callback -> {
              for (PushOutcome outcome : PushOutcome.values()) {
                callback.call((double) delivery.ended(outcome), RequestMetrics.word(outcome));
              }
            })
        .register(registry);
    CounterWithCallback.builder()
        .name("certcollect_pushes_given_up_total")
        .help("Push notifications that were given up.")
        .callback(callback -> callback.call((double) delivery.givenUp()))
        .register(registry);
    gauge(
        "certcollect_pushes_waiting", "Push notifications that are due.", Messages.Counts::waiting);
    gauge(
        "certcollect_pushes_failed",
        "Push notifications that were given up and are still in the outbox.",
        Messages.Counts::failed);
    gauge(
        "certcollect_oldest_push_seconds",
        "Time for which the oldest push notification that waits has been due; 0 for none.",
        now ->
            now.oldest().map(due -> Duration.between(due, clock.instant()).toSeconds()).orElse(0L));
  }

  private void gauge(String name, String help, ToDoubleFunction<Messages.Counts> value) {
    GaugeWithCallback.builder()
        .name(name)
        .help(help)
        .callback(
            callback -> {
              var unused = counts.get();
              counts.last().ifPresent(now -> callback.call(value.applyAsDouble(now)));
            })
        .register(registry);
  }

  /**
   * The counts, at most a second old. If a count fails or takes longer than a second, they are
   * those of the last one; empty if there was none.
   */
  CompletableFuture<Optional<Messages.Counts>> counted() {
    return counts.getWithin(FRESH);
  }

  @Override
  public void close() {
    counts.close();
  }
}
