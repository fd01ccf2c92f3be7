package org.certcollect.server.management;

import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.certcollect.server.http.Route;
import org.certcollect.server.http.Route.Response;

/** The routes that tell whether the process lives and whether it can serve. */
public final class HealthRoutes {
  private static final Set<String> METHODS = Set.of("GET", "HEAD");

  private HealthRoutes() {}

  public static List<Route> rows() {
    return List.of(
        new Route(
            "/livez",
            METHODS,
            "GET",
            0,
            request -> CompletableFuture.completedFuture(new Response(200, "text/plain", "ok\n"))));
  }
}
