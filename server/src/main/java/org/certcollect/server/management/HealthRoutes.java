package org.certcollect.server.management;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.certcollect.server.http.Route;
import org.certcollect.server.http.Route.Request;
import org.certcollect.server.http.Route.Response;
import org.certcollect.store.CheckResult;

/**
 * The routes that tell whether the process lives, whether it can serve, and in which state it is,
 * and the one that drains it. Answers are text, or JSON if the request accepts {@code
 * application/json}.
 */
public final class HealthRoutes {
  private static final int OK = 200;
  private static final int UNAVAILABLE = 503;
  private static final CompletableFuture<Map<String, Object>> NOTHING =
      CompletableFuture.completedFuture(Map.of());

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
        get("/readyz", request -> ready(request, NOTHING)));
  }

  /** The routes for the owner of the data folder. */
  public List<Route> local() {
    return List.of(
        get("/status", request -> ready(request, state.get())),
        get("/drain", this::draining),
        new Route("/drain", "POST", request -> drain(true, request)),
        new Route("/drain", "DELETE", request -> drain(false, request)));
  }

  private static Route get(String path, Route.RequestAnswerer handler) {
    return new Route(path, Set.of("GET", "HEAD"), "GET", 0, handler);
  }

  private CompletableFuture<Response> ready(
      Request request, CompletableFuture<Map<String, Object>> facts) {
    return readiness
        .check()
        .thenCombine(
            facts,
            (checks, more) -> {
              boolean draining = server.isDraining();
              boolean ready = !draining && checks.values().stream().allMatch(CheckResult::ok);
              Map<String, Object> fields = new LinkedHashMap<>();
              fields.put("ready", ready);
              fields.put("draining", draining);
              checks.forEach((name, result) -> fields.put(name, result.problem().orElse("ok")));
              fields.putAll(more);
              return Report.of(ready ? OK : UNAVAILABLE, fields, request);
            });
  }

  private CompletableFuture<Response> drain(boolean on, Request request) {
    server.drain(on);
    return draining(request);
  }

  private CompletableFuture<Response> draining(Request request) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("draining", server.isDraining());
    fields.put("connections", server.connections());
    return done(Report.of(OK, fields, request));
  }

  private static CompletableFuture<Response> done(Response response) {
    return CompletableFuture.completedFuture(response);
  }
}
