package org.certcollect.server;

import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.certcollect.protocol.Endpoint;
import org.certcollect.protocol.Transport;
import org.certcollect.protocol.form.FormDecoder;
import org.certcollect.server.collect.NonBlockingReads;
import org.certcollect.server.collect.Responder;
import org.certcollect.server.config.LimitsConfig;
import org.certcollect.server.http.Route;
import org.certcollect.server.http.Route.Response;
import org.certcollect.server.http.RouteTable;
import org.certcollect.server.page.PageRoutes;

/**
 * The routes of the public listeners: one for each endpoint (docs/protocol.md, section 1), and
 * those of the page for people.
 */
final class CollectRoutes {
  /** GET and HEAD are answered within the protocol, by {@code -17}. */
  private static final Set<String> METHODS = Set.of("POST", "GET", "HEAD");

  private CollectRoutes() {}

  /**
   * The routes of one event loop.
   *
   * @param page the page for people, if there is one
   * @param reads the reads of that event loop, which the table closes
   */
  static RouteTable of(Responder responder, Optional<PageRoutes> page, NonBlockingReads reads) {
    return new RouteTable(
        Stream.concat(
                Arrays.stream(Endpoint.values()).map(endpoint -> route(endpoint, responder, reads)),
                page.stream().flatMap(its -> its.rows(responder, reads).stream()))
            .toList(),
        reads::close);
  }

  private static Route route(Endpoint endpoint, Responder responder, NonBlockingReads reads) {
    return new Route(
        endpoint.path(),
        METHODS,
        "POST",
        LimitsConfig.MAX_BODY_BYTES,
        request ->
            responder
                .respond(
                    endpoint,
                    new Transport(request.secure(), request.method().equals("POST")),
                    () ->
                        FormDecoder.decode(
                            request.query(), request.contentType(), request.body().get()),
                    request.source(),
                    request.kept(),
                    reads)
                .thenApply(
                    response -> new Response(response.contentType().value(), response.body())));
  }
}
