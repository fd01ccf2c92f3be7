package org.certcollect.server.http;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.certcollect.server.auth.RequestSource;

/**
 * A row of the table of routes: what answers the requests to a path. All that is the same for every
 * route (the Host field, deadlines, limits, refusals) is done before.
 *
 * @param path the path, exactly as it stands in the request
 * @param methods the methods that reach the handler; any other is refused with 405
 * @param allowed the methods that the refusal names in its field {@code Allow}
 * @param maxBodyBytes the most bytes of a body; more are refused with 413
 * @param handler answers the requests
 */
public record Route(
    String path, Set<String> methods, String allowed, int maxBodyBytes, RequestAnswerer handler) {
  public Route {
    methods = Set.copyOf(methods);
  }

  /** What answers the requests of a route. It is called on the event loop, and must not block. */
  @FunctionalInterface
  public interface RequestAnswerer {
    /** The response. Without one, if the future fails, the connection is closed. */
    CompletableFuture<Response> answer(Request request);
  }

  /**
   * A whole request, as far as it concerns a route.
   *
   * @param method in capitals, as it came
   * @param secure whether it came over HTTPS, from the client to a trusted proxy at least
   * @param query the query string, not decoded
   * @param contentType the field {@code Content-Type}
   * @param body makes a copy of the body
   * @param source where it came from
   */
  public record Request(
      String method,
      boolean secure,
      Optional<String> query,
      Optional<String> contentType,
      Supplier<byte[]> body,
      RequestSource source) {}

  /**
   * A response, with the status 200.
   *
   * @param contentType its field {@code Content-Type}
   * @param body not to be changed any more
   */
  @SuppressWarnings("ArrayRecordComponent")
  public record Response(String contentType, byte[] body) {}

  /**
   * The routes of one event loop.
   *
   * @param rows the table; no path is in it twice
   * @param onClose releases what the routes have for themselves, when their listener has stopped
   */
  public record Table(List<Route> rows, Runnable onClose) {
    public Table {
      rows = List.copyOf(rows);
    }
  }
}
