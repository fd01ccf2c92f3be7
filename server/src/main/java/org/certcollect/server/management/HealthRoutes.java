package org.certcollect.server.management;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.certcollect.server.http.Route;
import org.certcollect.server.http.Route.Request;
import org.certcollect.server.http.Route.Response;
import org.certcollect.store.CheckResult;
import org.certcollect.store.domain.Actor;

/**
 * The routes that tell whether the process lives, whether it can serve, and in which state it is,
 * and the one that drains it. Answers are text, or JSON if the request accepts {@code
 * application/json}.
 */
public final class HealthRoutes {
  /** The header field that names who asks for a change. */
  public static final String ACTOR = "Actor";

  private static final Duration STATUS_WAIT = Duration.ofSeconds(2);

  private static final int OK = 200;
  private static final int UNAVAILABLE = 503;

  private final Readiness readiness;
  private final Drainable server;
  private final Supplier<CompletableFuture<Map<String, Object>>> state;

  /**
   * @param state the facts about the server that its state shows
   */
  public HealthRoutes(
      Readiness readiness,
      Drainable server,
      Supplier<CompletableFuture<Map<String, Object>>> state) {
    this.readiness = readiness;
    this.server = server;
    this.state = state;
  }

  /** The routes for everyone who reaches the management port. */
  public List<Route> everywhere() {
    return List.of(
        get("/livez", request -> done(Report.of(OK, Map.of("alive", true), request))),
        get("/readyz", this::readyz));
  }

  /** The routes for the owner of the data folder. */
  public List<Route> local() {
    return List.of(
        get("/status", request -> status(STATUS_WAIT).thenApply(fields -> report(fields, request))),
        get("/drain", request -> done(draining(request))),
        new Route("/drain", "POST", request -> drain(true, request)),
        new Route("/drain", "DELETE", request -> drain(false, request)));
  }

  private static Route get(String path, Route.RequestAnswerer handler) {
    return new Route(path, Set.of("GET", "HEAD"), "GET", 0, handler);
  }

  /** Everyone may ask, so it does not tell the problems, which name files and databases. */
  private CompletableFuture<Response> readyz(Request request) {
    return readiness
        .check()
        .thenApply(checks -> report(fields(checks, problem -> "failed"), request));
  }

  /**
   * The state of the server: whether it is ready, the problems, and the facts about it.
   *
   * @param wait the time after which a part that gives no answer has failed
   */
  public CompletableFuture<Map<String, Object>> status(Duration wait) {
    return readiness
        .check(wait)
        .thenCombine(
            state.get(),
            (checks, facts) -> {
              Map<String, Object> fields = fields(checks, problem -> problem);
              fields.putAll(facts);
              return fields;
            });
  }

  private Map<String, Object> fields(Map<String, CheckResult> checks, UnaryOperator<String> words) {
    boolean draining = server.isDraining();
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("ready", !draining && checks.values().stream().allMatch(CheckResult::ok));
    fields.put("draining", draining);
    checks.forEach((name, result) -> fields.put(name, result.problem().map(words).orElse("ok")));
    return fields;
  }

  private static Response report(Map<String, Object> fields, Request request) {
    return Report.of(Boolean.TRUE.equals(fields.get("ready")) ? OK : UNAVAILABLE, fields, request);
  }

  private CompletableFuture<Response> drain(boolean on, Request request) {
    // The name is believed: only the owner of the data folder and root can use the socket.
    String name = request.field(ACTOR).filter(Actor::isName).orElse("socket");
    // A failure of the audit log is told by that log, and hinders no drain.
    return CompletableFuture.runAsync(() -> server.drain(on, new Actor(name)))
        .handle((recorded, failure) -> draining(request));
  }

  private Response draining(Request request) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("draining", server.isDraining());
    fields.put("connections", server.connections());
    return Report.of(OK, fields, request);
  }

  private static CompletableFuture<Response> done(Response response) {
    return CompletableFuture.completedFuture(response);
  }
}
