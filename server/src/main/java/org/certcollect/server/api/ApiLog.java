package org.certcollect.server.api;

import com.github.benmanes.caffeine.cache.Ticker;
import java.util.Optional;
import java.util.logging.Logger;
import org.certcollect.server.api.ApiDocument.Operation;
import org.certcollect.server.auth.MinuteCounter;
import org.certcollect.server.http.Route.Response;
import org.certcollect.server.log.LogEvent;

/**
 * The log lines of requests to the admin API. All requests of known callers have a line. Each
 * minute, 20 refusals of strangers have one. Requests whose callers could not be checked, because
 * the store does not answer, are counted apart, so that an outage hides no refusals. Safe for use
 * by many threads.
 */
final class ApiLog {
  private static final int MAX_LINES = 20;

  private final Logger logger;
  private final MinuteCounter strangers = new MinuteCounter(Ticker.systemTicker());
  private final MinuteCounter unchecked = new MinuteCounter(Ticker.systemTicker());

  /** The outcomes that came late. The store's reasons are among them, however many waited. */
  private final MinuteCounter late = new MinuteCounter(Ticker.systemTicker());

  /**
   * The outcome of a request.
   *
   * @param unavailable the reason for which the store, or the server as a whole, gave no answer
   */
  record Outcome(ApiRequest request, Response response, Optional<String> unavailable) {}

  ApiLog(Logger logger) {
    this.logger = logger;
  }

  /** Logs an outcome that the client gets, and returns its response. */
  Response sent(Outcome outcome) {
    write("Admin API", outcome, outcome.unavailable().isPresent() ? unchecked : strangers);
    return outcome.response();
  }

  /** Logs an outcome that came after the client had got the answer that there is none. */
  void late(Outcome outcome) {
    write("Admin API; the deadline had passed, so this answer was not sent", outcome, late);
  }

  /** Writes the line, unless the caller is unknown and such lines were many in this minute. */
  private void write(String message, Outcome outcome, MinuteCounter unknown) {
    ApiRequest request = outcome.request();
    Operation operation = request.operation();
    boolean isUnknown = request.caller().isEmpty() && operation.scope().isPresent();
    int count = isUnknown ? unknown.add() : 0;
    if (count > MAX_LINES) {
      return;
    }
    LogEvent line =
        LogEvent.info(
                count < MAX_LINES
                    ? message
                    : message + "; more such lines in this minute are not logged")
            .with("request", request.id())
            .with("operation", operation.id())
            .with("status", outcome.response().status())
            .with("source", request.http().source().name());
    request.caller().ifPresent(caller -> line.with("credential", caller.credential().name()));
    outcome.unavailable().ifPresent(why -> line.with("problem", why));
    line.to(logger);
  }
}
