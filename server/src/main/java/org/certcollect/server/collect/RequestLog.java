package org.certcollect.server.collect;

import java.math.BigDecimal;
import java.security.SecureRandom;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.logging.Logger;
import org.certcollect.protocol.Endpoint;
import org.certcollect.protocol.StatusCode;
import org.certcollect.server.auth.OverloadedException;
import org.certcollect.server.auth.RequestSource;
import org.certcollect.server.log.LogEvent;
import org.certcollect.store.domain.StoreUnavailableException;

/**
 * The log of requests: a line for each with its id, the endpoint, the first line of the answer, the
 * time it took, the account's id, the source, and the internal error if there was one. It holds
 * nothing that the caller sent. Safe for use by many threads.
 */
public final class RequestLog implements RequestObserver {
  private static final Logger LOG = Logger.getLogger("certcollect.request");

  /** Tells the requests of this process from those of any other. */
  private final String process = String.format(Locale.ROOT, "%08x", new SecureRandom().nextInt());

  private final AtomicLong count = new AtomicLong();

  @Override
  public Observation begin(Endpoint endpoint, RequestSource source) {
    return new RequestLine(process + "-" + count.incrementAndGet(), endpoint, source);
  }

  /** The line of one request. */
  static final class RequestLine implements Observation {
    private final long start = System.nanoTime();
    private final String id;
    private final Endpoint endpoint;
    private final RequestSource source;
    private volatile OptionalLong account = OptionalLong.empty();
    private volatile Optional<Throwable> failure = Optional.empty();

    private RequestLine(String id, Endpoint endpoint, RequestSource source) {
      this.id = id;
      this.endpoint = endpoint;
      this.source = source;
    }

    @Override
    public void account(OptionalLong found) {
      account = found;
    }

    /** Adds the internal error that the line tells of. */
    @Override
    public void failed(Throwable cause) {
      failure = Optional.of(cause);
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

    @Override
    public void answered(StatusCode status) {
      long micros = (System.nanoTime() - start) / 1_000;
      LogEvent event =
          failure
              .map(RequestLine::event)
              .orElseGet(() -> LogEvent.info("Answered"))
              .with("request", id)
              .with("endpoint", endpoint.title())
              .with("status", status.code())
              .with("ms", BigDecimal.valueOf(micros, 3))
              .with("source", source.name());
      account.ifPresent(found -> event.with("account", found));
      event.to(LOG);
    }
  }
}
