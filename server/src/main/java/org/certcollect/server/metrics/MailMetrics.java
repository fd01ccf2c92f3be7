package org.certcollect.server.metrics;

import io.prometheus.metrics.core.metrics.CounterWithCallback;
import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.ToDoubleFunction;
import java.util.function.ToLongFunction;
import org.certcollect.server.mail.MailDelivery;
import org.certcollect.server.management.SharedResult;
import org.certcollect.store.Messages;
import org.certcollect.store.Outbox;
import org.certcollect.store.domain.MailKind;

/**
 * The metrics of e-mails. What waits in the outbox is asked for when the page is, once for all
 * gauges.
 */
final class MailMetrics implements AutoCloseable {
  private static final Duration FRESH = Duration.ofSeconds(1);
  private static final Messages.Counts NONE = new Messages.Counts(0, 0, Optional.empty());

  private final PrometheusRegistry registry;
  private final Optional<MailDelivery> delivery;
  private final SharedResult<Messages.Counts> counts;

  MailMetrics(
      PrometheusRegistry registry, Optional<MailDelivery> delivery, Outbox outbox, Clock clock) {
    this.registry = registry;
    this.delivery = delivery;
    counts = new SharedResult<>("mail-counts", outbox::counts, FRESH, 0);
    CounterWithCallback.builder()
        .name("certcollect_mails_sent_total")
        .help("E-mails that were sent, by kind.")
        .labelNames("kind")
        .callback(
            callback -> {
              for (MailKind kind : MailKind.values()) {
                callback.call(
                    delivery.map(mails -> mails.sent(kind)).orElse(0L), RequestMetrics.word(kind));
              }
            })
        .register(registry);
    counter(
        "certcollect_mail_retries_total",
        "Times that an e-mail could not be sent and was put back.",
        MailDelivery::retries);
    counter(
        "certcollect_mails_given_up_total", "E-mails that were given up.", MailDelivery::givenUp);
    gauge("certcollect_mails_waiting", "E-mails that are due.", Messages.Counts::waiting);
    gauge(
        "certcollect_mails_failed",
        "E-mails that were given up and are still in the outbox.",
        Messages.Counts::failed);
    gauge(
        "certcollect_oldest_mail_seconds",
        "Time for which the oldest e-mail that waits has been due; 0 for none.",
        now ->
            now.oldest().map(due -> Duration.between(due, clock.instant()).toSeconds()).orElse(0L));
  }

  private void counter(String name, String help, ToLongFunction<MailDelivery> value) {
    CounterWithCallback.builder()
        .name(name)
        .help(help)
        .callback(callback -> callback.call(delivery.map(value::applyAsLong).orElse(0L)))
        .register(registry);
  }

  private void gauge(String name, String help, ToDoubleFunction<Messages.Counts> value) {
    GaugeWithCallback.builder()
        .name(name)
        .help(help)
        .callback(
            callback -> now().ifPresent(counted -> callback.call(value.applyAsDouble(counted))))
        .register(registry);
  }

  /** The last counts; empty if none came yet. The page does not wait for newer ones. */
  private Optional<Messages.Counts> now() {
    if (delivery.isEmpty()) {
      return Optional.of(NONE);
    }
    var unused = counts.get();
    return counts.last();
  }

  /**
   * The counts, at most a second old. If a count fails or takes longer than a second, they are
   * those of the last one; empty if there was none, or no e-mails are sent.
   */
  CompletableFuture<Optional<Messages.Counts>> counted() {
    return delivery.isEmpty()
        ? CompletableFuture.completedFuture(Optional.empty())
        : counts.getWithin(FRESH);
  }

  @Override
  public void close() {
    counts.close();
  }
}
