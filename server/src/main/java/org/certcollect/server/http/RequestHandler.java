package org.certcollect.server.http;

import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.internal.ContextInternal;
import io.vertx.core.internal.buffer.BufferInternal;
import io.vertx.core.net.SocketAddress;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import java.util.function.Supplier;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.certcollect.server.auth.RequestSource;
import org.certcollect.server.config.LimitsConfig;
import org.certcollect.server.http.RouteTable.Match;
import org.jspecify.annotations.Nullable;

/**
 * The handler of all HTTP requests. It finds the route, refuses with an HTTP status what no route
 * takes (docs/protocol.md, section 6), and sends the route's response. Confined to one event loop.
 */
final class RequestHandler implements Handler<HttpServerRequest> {
  private static final CharSequence NO_SNIFF = HttpHeaders.createOptimized("nosniff");
  private static final CharSequence NO_STORE = HttpHeaders.createOptimized("no-store");
  private static final CharSequence CONTENT_TYPE_OPTIONS =
      HttpHeaders.createOptimized("X-Content-Type-Options");

  /** The memory that a response takes beside its body. */
  private static final int RESPONSE_BYTES = 1024;

  private final ContextInternal context;
  private final Proxies proxies;
  private final Predicate<String> hosts;
  private final RouteTable routes;
  private final OpenConnections connections;
  private final Supplier<LimitsConfig> limits;
  private final BooleanSupplier ready;
  private final HttpDate date = new HttpDate();

  RequestHandler(
      Context context,
      Proxies proxies,
      Predicate<String> hosts,
      RouteTable routes,
      OpenConnections connections,
      Supplier<LimitsConfig> limits,
      BooleanSupplier ready) {
    this.context = (ContextInternal) context;
    this.proxies = proxies;
    this.hosts = hosts;
    this.routes = routes;
    this.connections = connections;
    this.limits = limits;
    this.ready = ready;
  }

  @Override
  public void handle(HttpServerRequest request) {
    OpenConnection open = connections.get(request.connection());
    if (open == null || open.isEnding()) {
      return;
    }
    open.awaitClient(limits.get().bodyDeadline());
    List<Match> found = request.path() == null ? List.of() : routes.find(request.path());
    List<String> host = request.headers().getAll(HttpHeaders.HOST);
    // A request names exactly one host, whichever it is (RFC 9112, section 3.2).
    if (host.size() > 1 || (host.isEmpty() && request.version() != HttpVersion.HTTP_1_0)) {
      refuse(open, request, 400);
    } else if (!host.isEmpty() && !hosts.test(host.get(0))) {
      refuse(open, request, 421);
    } else if (found.isEmpty()) {
      refuse(open, request, 404);
    } else {
      choose(found, open, request);
    }
  }

  private void choose(List<Match> found, OpenConnection open, HttpServerRequest request) {
    for (Match match : found) {
      if (match.route().methods().contains(request.method().name())) {
        read(match, open, request);
        return;
      }
    }
    request.response().putHeader(HttpHeaders.ALLOW, RouteTable.allowed(found));
    refuse(open, request, 405);
  }

  private void read(Match match, OpenConnection open, HttpServerRequest request) {
    Route route = match.route();
    if (BodyReader.isTooLarge(request, route.maxBodyBytes())) {
      refuse(open, request, 413);
    } else {
      if (awaitsContinue(request)) {
        request.response().writeContinue();
      }
      BodyReader.read(
          request,
          route.maxBodyBytes(),
          body -> answer(match, open, request, body),
          () -> refuse(open, request, 413, true));
    }
  }

  /**
   * Refuses a request that the decoder could not read. It is not logged: it may hold a password.
   */
  void refuseBroken(HttpServerRequest request) {
    OpenConnection open = connections.get(request.connection());
    if (open != null && !open.isEnding()) {
      refuse(open, request, status(request.decoderResult().cause()));
    }
  }

  private static int status(@Nullable Throwable cause) {
    if (cause instanceof TooLongHttpLineException) {
      return 414;
    }
    if (cause instanceof TooLongHttpHeaderException) {
      return 431;
    }
    return cause instanceof RequestDecoder.UnsupportedVersionException ? 501 : 400;
  }

  /** Whether the client waits for a 100; HTTP/1.0 has none (RFC 9110, section 10.1.1). */
  private static boolean awaitsContinue(HttpServerRequest request) {
    return request.version() != HttpVersion.HTTP_1_0
        && request.headers().contains(HttpHeaders.EXPECT, HttpHeaders.CONTINUE, true);
  }

  private void answer(Match match, OpenConnection open, HttpServerRequest request, Buffer body) {
    if (request.decoderResult().isFailure()) {
      refuse(open, request, status(request.decoderResult().cause()));
      return;
    }
    @Nullable SocketAddress address = request.connection().remoteAddress();
    String peer =
        address == null || address.isDomainSocket() ? Listener.UNIX : address.hostAddress();
    Proxies.Origin origin = proxies.origin(peer, open.isSecure(), request.headers());
    Route.Request whole =
        new Route.Request(
            request.method().name(),
            match.parameters(),
            origin.secure(),
            Optional.ofNullable(request.query()),
            Optional.ofNullable(request.getHeader(HttpHeaders.CONTENT_TYPE)),
            request.headers()::getAll,
            body::getBytes,
            RequestSource.of(origin.address()),
            () -> certificate(open, request),
            open.isKept());
    open.awaitServer();
    // The answer leaves at once if it can: a client that has ended its side is gone with the next
    // event.
    try {
      send(open, request, match.route().handler().answer(whole));
    } catch (RuntimeException | Error e) {
      // No deadline is set while the server works: the connection would stay for as long as the
      // client liked.
      open.close();
      throw e;
    }
  }

  private static Optional<X509Certificate> certificate(
      OpenConnection open, HttpServerRequest request) {
    try {
      return open.isSecure()
          ? Optional.of((X509Certificate) request.sslSession().getPeerCertificates()[0])
          : Optional.empty();
    } catch (SSLPeerUnverifiedException e) {
      return Optional.empty();
    }
  }

  private void send(
      OpenConnection open, HttpServerRequest request, CompletableFuture<Route.Response> response) {
    if (response.isDone()) {
      send(open, request, response.join());
    } else {
      var unused =
          response.whenComplete(
              (later, failure) -> context.emit(onEventLoop -> sendLater(open, request, response)));
    }
  }

  /** Sends a response that was not there at once. */
  private void sendLater(
      OpenConnection open, HttpServerRequest request, CompletableFuture<Route.Response> response) {
    try {
      send(open, request, response.join());
    } catch (CompletionException unanswered) {
      open.close();
    } catch (RuntimeException | Error e) {
      // No deadline is set for what was not sent.
      open.close();
      throw e;
    }
  }

  private void send(OpenConnection open, HttpServerRequest request, Route.Response response) {
    HttpServerResponse http = request.response();
    if (http.closed()) {
      return;
    }
    http.setStatusCode(response.status());
    http.putHeader(HttpHeaders.CONTENT_TYPE, response.contentType());
    response.headers().forEach(http::putHeader);
    open.awaitClient(limits.get().idleTimeout());
    boolean isLast = !ready.getAsBoolean() || !open.hasPlace();
    if (isLast) {
      open.endAfterThisAnswer();
      http.putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE);
    }
    // Without a copy, which Buffer's own methods make.
    Buffer body = BufferInternal.buffer(Unpooled.wrappedBuffer(response.body()));
    Future<Void> sent = end(request, body);
    HeldBytes held = open.held();
    if (!sent.isComplete()) {
      int bytes = response.body().length + RESPONSE_BYTES;
      held.add(bytes);
      sent.onComplete(
          done -> {
            held.add(-bytes);
            held.tell();
          });
    }
    open.answered();
    if (isLast) {
      sent.onComplete(done -> open.close());
    }
  }

  /** Refuses a request before its body is read: a client that waits for a 100 will send none. */
  private void refuse(OpenConnection open, HttpServerRequest request, int status) {
    refuse(open, request, status, !awaitsContinue(request));
  }

  /**
   * Refuses a request by an HTTP status, and ends the connection.
   *
   * @param sendsBody whether the client sends its body, which is then read and dropped first: a
   *     connection that is closed before might never show the client the answer
   */
  private void refuse(
      OpenConnection open, HttpServerRequest request, int status, boolean sendsBody) {
    open.endAfterThisAnswer();
    HttpServerResponse http = request.response();
    http.setStatusCode(status);
    http.putHeader(HttpHeaders.CONTENT_TYPE, "text/plain");
    http.putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE);
    Future<Void> sent = end(request, Buffer.buffer(http.getStatusMessage() + "\n"));
    sent.eventually(() -> sendsBody ? BodyReader.drop(request) : sent)
        .onComplete(dropped -> open.close());
    open.answered();
  }

  private Future<Void> end(HttpServerRequest request, Buffer body) {
    HttpServerResponse http = request.response();
    http.putHeader(HttpHeaders.DATE, date.now());
    http.putHeader(CONTENT_TYPE_OPTIONS, NO_SNIFF);
    http.putHeader(HttpHeaders.CACHE_CONTROL, NO_STORE);
    http.putHeader(HttpHeaders.CONTENT_LENGTH, Integer.toString(body.length()));
    return request.method().equals(HttpMethod.HEAD) ? http.end() : http.end(body);
  }
}
