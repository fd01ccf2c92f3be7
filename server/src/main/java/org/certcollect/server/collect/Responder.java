package org.certcollect.server.collect;

import com.github.benmanes.caffeine.cache.Ticker;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.certcollect.protocol.CollectRequest;
import org.certcollect.protocol.CollectResponse;
import org.certcollect.protocol.CollectResult.Refused;
import org.certcollect.protocol.Endpoint;
import org.certcollect.protocol.Reading;
import org.certcollect.protocol.RefusedRequest;
import org.certcollect.protocol.RequestReader;
import org.certcollect.protocol.ResponseLayout;
import org.certcollect.protocol.StatusCode;
import org.certcollect.protocol.Transport;
import org.certcollect.protocol.form.FormField;
import org.certcollect.server.auth.RequestSource;
import org.certcollect.server.collect.CollectService.Answer;
import org.certcollect.server.config.LimitsConfig;
import org.certcollect.server.config.ProtocolConfig;
import org.certcollect.server.log.RequestId;

/**
 * The handler of requests to the endpoints, which always answers. Every internal error becomes -14
 * and a log line here. Safe for use by many threads.
 */
public final class Responder {
  /** The maximum time until an answer: a client that waits longer will rather try again. */
  private static final Duration DEADLINE = Duration.ofSeconds(5);

  private final RequestReader reader;
  private final LaterArguments later;
  private final CollectService service;
  private final Executor workers;
  private final RequestRecorder recorder;
  private final RequestObserver observer;
  private final AnswerDeadlines deadlines = new AnswerDeadlines(DEADLINE);

  /**
   * Creates a responder for the dialect of a configuration.
   *
   * @param workers the threads that may block on the store
   * @param recorder records each request before its answer leaves
   * @param observer a party that is notified of each request
   */
  public Responder(
      ProtocolConfig config,
      CollectService service,
      Executor workers,
      RequestRecorder recorder,
      RequestObserver observer) {
    later = new LaterArguments(config.dialect(), Ticker.systemTicker());
    reader =
        new RequestReader(
            config.dialect().dialect(), config.cccGet() ? Set.of(Endpoint.COLLECT_CCC) : Set.of());
    this.service = service;
    this.workers = workers;
    this.recorder = recorder;
    this.observer = observer;
  }

  /**
   * Answers a request to an endpoint within five seconds. The future never fails.
   *
   * @param fields the form fields of the request, which are decoded on demand
   * @param kept whether the connection had a request before
   * @param reads the reads of the event loop that calls this method
   */
  public CompletableFuture<CollectResponse> respond(
      Endpoint endpoint,
      Transport transport,
      Supplier<List<FormField>> fields,
      RequestSource source,
      boolean kept,
      NonBlockingReads reads) {
    return respond(
        endpoint.title(), new EndpointReader(endpoint, transport), fields, source, kept, reads);
  }

  /** Answers a request that has a reader of its own; the parameters are those of the other. */
  public CompletableFuture<CollectResponse> respond(
      String endpoint,
      FieldsReader itsReader,
      Supplier<List<FormField>> fields,
      RequestSource source,
      boolean kept,
      NonBlockingReads reads) {
    RequestTrace trace = new RequestTrace(RequestId.next(), endpoint, source, kept);
    return answer(itsReader, fields, source, reads, trace)
        .thenCompose(response -> recorded(response, trace));
  }

  private final class EndpointReader implements FieldsReader {
    private final Endpoint endpoint;
    private final Transport transport;

    private EndpointReader(Endpoint endpoint, Transport transport) {
      this.endpoint = endpoint;
      this.transport = transport;
    }

    @Override
    public Reading read(List<FormField> fields) {
      Reading reading = reader.read(endpoint, transport, fields);
      if (reading instanceof RefusedRequest refused) {
        later.refused(endpoint, refused);
      }
      return reading;
    }

    @Override
    public ResponseLayout layoutOfFailure(List<FormField> fields) {
      return reader.layoutOfFailure(endpoint, fields);
    }
  }

  private CompletableFuture<CollectResponse> answer(
      FieldsReader itsReader,
      Supplier<List<FormField>> fields,
      RequestSource source,
      NonBlockingReads reads,
      RequestTrace trace) {
    List<FormField> sent = List.of();
    try {
      sent = fields.get();
      Reading reading = itsReader.read(sent);
      trace.read(reading);
      trace.ended(RequestStep.READ);
      if (reading instanceof RefusedRequest refused) {
        return CompletableFuture.completedFuture(refused.response());
      }
      CollectRequest request = (CollectRequest) reading;
      return collect(request, source, reads, trace)
          .thenApply(
              answer -> {
                CollectResponse response = request.layout().write(answer.result());
                trace.answered(answer);
                trace.ended(RequestStep.ANSWER);
                return response;
              })
          .exceptionally(failure -> failed(failure, trace));
    } catch (RuntimeException | Error e) {
      trace.unreadable(itsReader.layoutOfFailure(sent));
      return CompletableFuture.completedFuture(failed(e, trace));
    }
  }

  private static CollectResponse failed(Throwable failure, RequestTrace trace) {
    trace.failed(cause(failure));
    return unknownError(trace);
  }

  private static CollectResponse unknownError(RequestTrace trace) {
    return trace.layout().write(Refused.of(StatusCode.UNKNOWN_ERROR));
  }

  /** The response once it is recorded and told; one that cannot be recorded must not leave. */
  private CompletableFuture<CollectResponse> recorded(
      CollectResponse response, RequestTrace trace) {
    CompletableFuture<Void> record;
    try {
      record = recorder.record(trace.finish(response.status()));
    } catch (RuntimeException | Error e) {
      record = CompletableFuture.failedFuture(e);
    }
    return record.handle(
        (unused, failure) -> {
          CollectResponse leaving = response;
          if (failure == null) {
            trace.ended(RequestStep.RECORD);
          } else {
            trace.notRecorded(cause(failure));
            leaving = unknownError(trace);
          }
          observer.answered(trace.finish(leaving.status()));
          return leaving;
        });
  }

  private CompletableFuture<Answer> collect(
      CollectRequest request, RequestSource source, NonBlockingReads reads, RequestTrace trace) {
    return reads
        .attempt(collects -> service.collect(request, source, collects, trace))
        .or(
            () ->
                reads
                    .lookUps()
                    .filter(unused -> CollectService.isLookedUp(request))
                    .map(lookUps -> service.collect(request, source, lookUps, trace)))
        .map(answer -> answer.isDone() ? answer : deadlines.hold(answer))
        .orElseGet(() -> inTurn(request, source, trace));
  }

  /**
   * Answers a request on a thread that may wait, but only if that thread is free in time. Otherwise
   * the requests that waited during an outage would delay the new ones after it, and under overload
   * all work would go into answers for which no client waits any more.
   */
  private CompletableFuture<Answer> inTurn(
      CollectRequest request, RequestSource source, RequestTrace trace) {
    long start = System.nanoTime();
    CompletableFuture<CollectRequest> turn = new CompletableFuture<>();
    CompletableFuture<Answer> answer =
        turn.thenCompose(understood -> service.collect(understood, source, trace));
    workers.execute(
        () -> {
          trace.ended(RequestStep.WAIT);
          if (System.nanoTime() - start < LimitsConfig.MAX_WAIT.toNanos()) {
            turn.complete(request);
          } else {
            turn.completeExceptionally(new TimeoutException());
          }
        });
    return deadlines.hold(answer);
  }

  private static Throwable cause(Throwable failure) {
    return failure instanceof CompletionException && failure.getCause() != null
        ? failure.getCause()
        : failure;
  }
}
