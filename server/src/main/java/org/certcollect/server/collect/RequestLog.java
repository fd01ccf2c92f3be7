package org.certcollect.server.collect;

import java.math.BigDecimal;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.logging.Logger;
import org.certcollect.admin.PrintableText;
import org.certcollect.admin.audit.AuditException;
import org.certcollect.server.auth.OverloadedException;
import org.certcollect.server.log.LogEvent;
import org.certcollect.store.domain.StoreUnavailableException;

/**
 * The log of requests: a line for each with its id, the endpoint, the first line of the answer, the
 * true reason of a refusal, the invalid argument, the time it took, order, account and source, and
 * the internal error if there was one. The login is named if an account has it. Any other text in
 * its place may be a password, so only the audit log keeps it. Safe for use by many threads.
 */
public final class RequestLog implements RequestObserver {
  private static final Logger LOG = Logger.getLogger("certcollect.request");

  @Override
  public void answered(AnsweredRequest request) {
    LogEvent event =
        request
            .failure()
            .map(RequestLog::event)
            .orElseGet(() -> LogEvent.info("Answered"))
            .with("request", request.id())
            .with("endpoint", request.endpoint())
            .with("status", request.status().code())
            .with("ms", BigDecimal.valueOf(request.total().toNanos() / 1_000, 3))
            .with("source", request.source().name());
    request.reason().ifPresent(reason -> event.with("reason", reason));
    request.argument().ifPresent(argument -> event.with("argument", argument));
    request.order().ifPresent(order -> event.with("order", order));
    if (request.account().isPresent()) {
      event.with("account", request.account().getAsLong());
      request.login().ifPresent(login -> event.with("login", PrintableText.of(login)));
    }
    event.to(LOG);
  }

  /**
   * An error that passes by itself has no stack trace, since each request has a line while it
   * lasts.
   */
  private static LogEvent event(Throwable failure) {
    if (failure instanceof StoreUnavailableException) {
      return LogEvent.warning("The store is unavailable")
          .with("problem", String.valueOf(failure.getMessage()));
    }
    if (failure instanceof AuditException) {
      return LogEvent.warning("The request could not be recorded")
          .with("problem", String.valueOf(failure.getMessage()));
    }
    if (failure instanceof TimeoutException) {
      return LogEvent.warning("No answer in time: the store is slow, or too much waits for it");
    }
    if (failure instanceof OverloadedException) {
      return LogEvent.warning("Too many passwords wait to be checked");
    }
    if (failure instanceof RejectedExecutionException) {
      return LogEvent.warning("Too many requests wait for the store");
    }
    return LogEvent.error("A request failed", failure);
  }
}
