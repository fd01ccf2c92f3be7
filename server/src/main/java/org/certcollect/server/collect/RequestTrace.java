package org.certcollect.server.collect;

import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeoutException;
import org.certcollect.protocol.Argument;
import org.certcollect.protocol.CertificateForm;
import org.certcollect.protocol.CollectRequest;
import org.certcollect.protocol.Login;
import org.certcollect.protocol.LoginName;
import org.certcollect.protocol.OrderReference;
import org.certcollect.protocol.OrderReference.Numbered;
import org.certcollect.protocol.Reading;
import org.certcollect.protocol.RefusedRequest;
import org.certcollect.protocol.ResponseLayout;
import org.certcollect.protocol.StatusCode;
import org.certcollect.server.auth.OverloadedException;
import org.certcollect.server.auth.RefusalReason;
import org.certcollect.server.auth.RequestSource;
import org.certcollect.server.collect.CollectService.Answer;
import org.certcollect.server.config.CollectDialect;
import org.certcollect.store.domain.StoreUnavailableException;

/**
 * The notes about one request on its way to an answer. Calls come one after the other, from any
 * thread; only {@link #ended} may also come from a thread whose answer is not wanted any more.
 */
final class RequestTrace {
  private final long start = System.nanoTime();
  private final Map<RequestStep, Duration> times = new EnumMap<>(RequestStep.class);
  private final String id;
  private final String endpoint;
  private final RequestSource source;
  private final boolean kept;
  private long stepStart = start;
  private Optional<ResponseLayout> layout = Optional.empty();
  private Optional<String> login = Optional.empty();
  private Optional<CertificateForm> form = Optional.empty();
  private Optional<String> argument = Optional.empty();
  private OptionalLong account = OptionalLong.empty();
  private OptionalLong order = OptionalLong.empty();
  private Optional<RefusalReason> reason = Optional.empty();
  private Optional<Throwable> failure = Optional.empty();

  RequestTrace(String id, String endpoint, RequestSource source, boolean kept) {
    this.kept = kept;
    this.id = id;
    this.endpoint = endpoint;
    this.source = source;
  }

  /** A step has ended, and the next one begins. One that is done again adds to its time. */
  synchronized void ended(RequestStep step) {
    long now = System.nanoTime();
    times.merge(step, Duration.ofNanos(now - stepStart), Duration::plus);
    stepStart = now;
  }

  /** The request was read, or refused for its form. */
  void read(Reading reading) {
    layout = Optional.of(reading.layout());
    if (reading instanceof RefusedRequest refused) {
      login = refused.login().map(LoginName::value);
      refused.order().ifPresent(number -> order = OptionalLong.of(number.value()));
      argument = refused.reason().argument().map(RequestTrace::known);
      refused(refused.reason().status());
      return;
    }
    CollectRequest request = (CollectRequest) reading;
    form = request.form();
    if (request.claim() instanceof Login claim) {
      login = Optional.of(claim.name().value());
      order = asked(claim);
    }
  }

  private static OptionalLong asked(Login login) {
    for (OrderReference named : login.order()) {
      if (named.numbered() != Numbered.CERTIFICATE) {
        return OptionalLong.of(named.number());
      }
    }
    return OptionalLong.empty();
  }

  private void refused(StatusCode status) {
    reason =
        Optional.of(
            switch (status) {
              case NOT_HTTPS -> RefusalReason.NOT_HTTPS;
              case NOT_POST -> RefusalReason.NOT_POST;
              default -> RefusalReason.INVALID_REQUEST;
            });
  }

  void answered(Answer found) {
    account = found.account();
    if (found.order().isPresent()) {
      order = found.order();
    }
    reason = found.reason();
  }

  void failed(Throwable cause) {
    failure = Optional.of(cause);
    reason = Optional.of(reason(cause));
  }

  void notRecorded(Throwable cause) {
    failure = Optional.of(cause);
    reason = Optional.of(RefusalReason.NOT_RECORDED);
  }

  /** The layout of the answer to what could not be read. */
  void unreadable(ResponseLayout other) {
    layout = Optional.of(other);
  }

  /** The layout of the answer. */
  ResponseLayout layout() {
    return layout.orElseThrow();
  }

  private static RefusalReason reason(Throwable cause) {
    if (cause instanceof StoreUnavailableException || cause instanceof TimeoutException) {
      return RefusalReason.STORE_UNAVAILABLE;
    }
    return cause instanceof OverloadedException || cause instanceof RejectedExecutionException
        ? RefusalReason.OVERLOADED
        : RefusalReason.INTERNAL_ERROR;
  }

  synchronized AnsweredRequest finish(StatusCode status) {
    return new AnsweredRequest(
        id,
        endpoint,
        source,
        kept,
        login,
        account,
        order,
        form,
        status,
        argument,
        reason,
        failure,
        new EnumMap<>(times),
        Duration.ofNanos(System.nanoTime() - start));
  }

  /** The later dialect has all arguments of the earlier one. */
  private static String known(String argument) {
    return CollectDialect.V1_22
        .dialect()
        .arguments()
        .argument(argument)
        .map(Argument::name)
        .orElse("(unknown)");
  }
}
