package org.certcollect.server.http;

import java.nio.charset.StandardCharsets;
import java.security.cert.X509Certificate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.function.Supplier;
import org.certcollect.server.auth.RequestSource;

/**
 * A row of the table of routes: a path and the handler of its requests. The Host field, deadlines,
 * limits and refusals are the same for every route, and are dealt with before.
 *
 * @param path the path, exactly as it stands in the request. A segment in braces, as in {@code
 *     /orders/{number}}, is a parameter: it stands for any segment that is not empty
 * @param methods the methods that reach the handler. If no row with this path has the method, the
 *     request is refused with 405
 * @param allowed the methods that the refusal names in its field {@code Allow}
 * @param maxBodyBytes maximum size of a body in bytes; a larger one is refused with 413
 * @param handler answers the requests
 */
public record Route(
    String path, Set<String> methods, String allowed, int maxBodyBytes, RequestAnswerer handler) {
  public Route {
    methods = Set.copyOf(methods);
  }

  /** A route for one method without a body worth reading, for example GET. */
  public Route(String path, String method, RequestAnswerer handler) {
    this(path, Set.of(method), method, 0, handler);
  }

  /** A handler of the requests of a route. It is called on the event loop, and must not block. */
  @FunctionalInterface
  public interface RequestAnswerer {
    /**
     * Answers a request. If this or the future fails, the connection is closed without an answer.
     */
    CompletableFuture<Response> answer(Request request);
  }

  /**
   * A complete request, as far as it concerns a route.
   *
   * @param method the method, as it was sent
   * @param parameters the segments of the path that the route's parameters stand for, decoded
   * @param secure whether the request came over HTTPS, at least from the client to a trusted proxy
   * @param query the query string, not decoded
   * @param contentType the field {@code Content-Type}
   * @param fields the values of all header fields with a name, in their order
   * @param body makes a copy of the body
   * @param source the network that the request came from; {@code unix} for a Unix socket
   * @param certificate reads the client's certificate, if TLS has verified one, from the
   *     connection: only the event loop may call it. All other parts may be read by any thread
   * @param kept whether the connection had a request before
   */
  public record Request(
      String method,
      Map<String, String> parameters,
      boolean secure,
      Optional<String> query,
      Optional<String> contentType,
      Function<String, List<String>> fields,
      Supplier<byte[]> body,
      RequestSource source,
      Supplier<Optional<X509Certificate>> certificate,
      boolean kept) {

    /** This request for another thread: its certificate is read now. */
    public Request detached() {
      Optional<X509Certificate> read = certificate.get();
      return new Request(
          method, parameters, secure, query, contentType, fields, body, source, () -> read, kept);
    }

    /** A header field; one that was sent several times is one list (RFC 9110, section 5.3). */
    public Optional<String> field(String name) {
      List<String> values = fields.apply(name);
      return values.isEmpty() ? Optional.empty() : Optional.of(String.join(", ", values));
    }
  }

  /**
   * A response.
   *
   * @param status its status, one whose responses have a body
   * @param contentType its field {@code Content-Type}
   * @param headers its other fields, beside those that every response has
   * @param body its body, which must not be changed any more
   */
  @SuppressWarnings("ArrayRecordComponent")
  public record Response(int status, String contentType, Map<String, String> headers, byte[] body) {
    public Response {
      headers = Map.copyOf(headers);
    }

    /** A response with the status 200. */
    public Response(String contentType, byte[] body) {
      this(200, contentType, Map.of(), body);
    }

    /** This response with one more field. */
    public Response with(String field, String value) {
      Map<String, String> all = new HashMap<>(headers);
      all.put(field, value);
      return new Response(status, contentType, all, body);
    }

    /** A response in UTF-8 without further fields. */
    public Response(int status, String contentType, String body) {
      this(status, contentType, Map.of(), body.getBytes(StandardCharsets.UTF_8));
    }
  }
}
