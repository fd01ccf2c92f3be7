package org.certcollect.server.http;

import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.certcollect.server.auth.RequestSource;

/**
 * A row of the table of routes: a path and the handler of its requests. The Host field, deadlines,
 * limits and refusals are the same for every route, and are dealt with before.
 *
 * @param path the path, exactly as it stands in the request
 * @param methods the methods that reach the handler; any other is refused with 405
 * @param allowed the methods that the refusal names in its field {@code Allow}
 * @param maxBodyBytes maximum size of a body in bytes; a larger one is refused with 413
 * @param handler answers the requests
 */
public record Route(
    String path, Set<String> methods, String allowed, int maxBodyBytes, RequestAnswerer handler) {
  public Route {
    methods = Set.copyOf(methods);
  }

  /** A handler of the requests of a route. It is called on the event loop, and must not block. */
  @FunctionalInterface
  public interface RequestAnswerer {
    /** Answers a request. If the future fails, the connection is closed without a response. */
    CompletableFuture<Response> answer(Request request);
  }

  /**
   * A complete request, as far as it concerns a route.
   *
   * @param method the method, as it was sent
   * @param secure whether the request came over HTTPS, at least from the client to a trusted proxy
   * @param query the query string, not decoded
   * @param contentType the field {@code Content-Type}
   * @param body makes a copy of the body
   * @param source the network that the request came from
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
   * @param body its body, which must not be changed any more
   */
  @SuppressWarnings("ArrayRecordComponent")
  public record Response(String contentType, byte[] body) {}
}
