package org.certcollect.server.metrics;

import io.prometheus.metrics.core.datapoints.CounterDataPoint;
import io.prometheus.metrics.core.datapoints.DistributionDataPoint;
import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.Histogram;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.certcollect.protocol.CertificateForm;
import org.certcollect.protocol.Endpoint;
import org.certcollect.protocol.StatusCode;
import org.certcollect.server.collect.AnsweredRequest;
import org.certcollect.server.collect.RequestObserver;
import org.certcollect.server.collect.RequestStep;

/**
 * The counts and times of requests. No label has a value that a caller chooses: endpoints, forms,
 * first lines, reasons and steps are few.
 */
final class RequestMetrics implements RequestObserver {
  private static final double[] SECONDS = {
    0.0001, 0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5
  };
  private static final double NANOS = 1e9;

  private final Counter collects;
  private final Counter refusals;
  private final Histogram total;
  private final Histogram step;

  // The series that there are, by what their labels tell: to look one up by its labels costs more.
  private final Map<CollectLabels, CounterDataPoint> collectSeries = new ConcurrentHashMap<>();
  private final Map<String, DistributionDataPoint> totalSeries = new ConcurrentHashMap<>();
  private final Map<RequestStep, DistributionDataPoint> stepSeries = new ConcurrentHashMap<>();

  private record CollectLabels(
      String endpoint, Optional<CertificateForm> form, StatusCode status) {}

  RequestMetrics(PrometheusRegistry registry) {
    collects =
        Counter.builder()
            .name("certcollect_collects_total")
            .help("Answered requests, by endpoint, form of the certificate and first line.")
            .labelNames("endpoint", "format", "status")
            .register(registry);
    refusals =
        Counter.builder()
            .name("certcollect_refusals_total")
            .help("Refused requests, by endpoint and true reason.")
            .labelNames("endpoint", "reason")
            .register(registry);
    total =
        histogram(
            registry,
            "certcollect_request_seconds",
            "Time from a complete request to its answer.",
            "endpoint");
    for (Endpoint endpoint : Endpoint.values()) {
      total.initLabelValues(endpoint.title());
    }
    total.initLabelValues(AnsweredRequest.PAGE);
    step =
        histogram(registry, "certcollect_step_seconds", "Time of each step of a request.", "step");
    for (RequestStep each : RequestStep.values()) {
      step.initLabelValues(word(each));
    }
  }

  private static Histogram histogram(
      PrometheusRegistry registry, String name, String help, String label) {
    return Histogram.builder()
        .name(name)
        .help(help)
        .labelNames(label)
        .classicOnly()
        .classicUpperBounds(SECONDS)
        .withoutExemplars()
        .register(registry);
  }

  static String word(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }

  @Override
  public void answered(AnsweredRequest request) {
    String endpoint = request.endpoint();
    collectSeries
        .computeIfAbsent(
            new CollectLabels(endpoint, request.form(), request.status()), this::collects)
        .inc();
    request.reason().ifPresent(reason -> refusals.labelValues(endpoint, word(reason)).inc());
    totalSeries.computeIfAbsent(endpoint, total::labelValues).observe(seconds(request.total()));
    request.times().forEach((each, time) -> observe(each, seconds(time)));
  }

  private CounterDataPoint collects(CollectLabels labels) {
    return collects.labelValues(
        labels.endpoint,
        labels.form.map(RequestMetrics::format).orElse("none"),
        Integer.toString(labels.status.code()));
  }

  private void observe(RequestStep each, double seconds) {
    stepSeries.computeIfAbsent(each, added -> step.labelValues(word(added))).observe(seconds);
  }

  private static double seconds(Duration time) {
    return time.toNanos() / NANOS;
  }

  /** The structure alone. */
  private static String format(CertificateForm form) {
    String title = form.title();
    int slash = title.indexOf('/');
    return title.substring(0, slash < 0 ? title.length() : slash).toLowerCase(Locale.ROOT);
  }
}
