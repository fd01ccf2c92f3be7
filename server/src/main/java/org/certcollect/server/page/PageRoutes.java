package org.certcollect.server.page;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.logging.Logger;
import org.certcollect.protocol.CollectResponse;
import org.certcollect.protocol.CollectResult.Refused;
import org.certcollect.protocol.StatusCode;
import org.certcollect.protocol.form.FormDecoder;
import org.certcollect.server.collect.AnsweredRequest;
import org.certcollect.server.collect.NonBlockingReads;
import org.certcollect.server.collect.Responder;
import org.certcollect.server.config.LimitsConfig;
import org.certcollect.server.config.PageConfig;
import org.certcollect.server.html.PagePolicy;
import org.certcollect.server.http.Route;
import org.certcollect.server.http.Route.Request;
import org.certcollect.server.http.Route.Response;
import org.certcollect.server.log.LogEvent;

/**
 * The routes of the page for people: the form, what it sends, and the logo. GET hands out only the
 * form, because mail scanners open links. Safe for use by many threads.
 */
public final class PageRoutes {
  private static final Logger LOG = Logger.getLogger("certcollect.page");

  /** The policy for the logo: an SVG has its own styles, and runs no script. */
  private static final String LOGO_POLICY =
      "default-src 'none'; style-src 'unsafe-inline'; sandbox";

  private static final Map<String, String> HEADERS =
      PagePolicy.headers(PagePolicy.STYLE, List.of(PageWriter.SCRIPT));
  private static final Set<String> READ = Set.of("GET", "HEAD");

  /** The answer to those who type a slash too many. A browser keeps the code after the hash. */
  private static final Response MOVED =
      new Response(308, PageWriter.HTML.value(), HEADERS, new byte[0])
          .with("Location", PageWriter.PATH);

  private final Map<Locale, PageWriter> writers = new LinkedHashMap<>();
  private final Optional<String> hsts;
  private final Optional<Response> logo;
  private final Clock clock;

  private PageRoutes(PageConfig config, Clock clock) {
    this.clock = clock;
    hsts = config.hsts().map(time -> "max-age=" + time.toSeconds());
    logo = config.logo().flatMap(this::logo);
    PageTexts.LANGUAGES.forEach(
        language -> writers.put(language, new PageWriter(language, config, logo.isPresent())));
  }

  /** The routes that a configuration asks for; empty if it switches the page off. */
  public static Optional<PageRoutes> of(PageConfig config, Clock clock) {
    return config.enabled() ? Optional.of(new PageRoutes(config, clock)) : Optional.empty();
  }

  private Optional<Response> logo(Path file) {
    try {
      if (Files.size(file) <= PageConfig.MAX_LOGO_BYTES) {
        String type = PageConfig.imageType(file).orElseThrow();
        return Optional.of(
            new Response(200, type, HEADERS, Files.readAllBytes(file))
                .with("Content-Security-Policy", LOGO_POLICY));
      }
      LogEvent.warning("The logo is larger than 256 KiB, so the page shows none").to(LOG);
    } catch (IOException e) {
      LogEvent.warning("The logo cannot be read, so the page shows none").to(LOG);
    }
    return Optional.empty();
  }

  /**
   * The rows for one event loop.
   *
   * @param reads the reads of that event loop
   */
  public List<Route> rows(Responder responder, NonBlockingReads reads) {
    List<Route> rows = new ArrayList<>();
    rows.add(read(PageWriter.PATH, this::form));
    rows.add(read(PageWriter.PATH + "/", request -> MOVED));
    rows.add(
        new Route(
            PageWriter.PATH,
            Set.of("POST"),
            "POST",
            LimitsConfig.MAX_BODY_BYTES,
            request -> collect(request, responder, reads)));
    logo.ifPresent(image -> rows.add(read(PageWriter.LOGO_PATH, request -> image)));
    return rows;
  }

  private Route read(String path, Function<Request, Response> reader) {
    return new Route(
        path,
        READ,
        "GET, HEAD",
        0,
        request -> CompletableFuture.completedFuture(withHsts(request, reader.apply(request))));
  }

  /** Only an answer over HTTPS may have the field (RFC 6797, section 7.2). */
  private Response withHsts(Request request, Response response) {
    return hsts.filter(value -> request.secure())
        .map(value -> response.with("Strict-Transport-Security", value))
        .orElse(response);
  }

  private Response form(Request request) {
    PageWriter writer = writer(request);
    return request.secure()
        ? new Response(200, PageWriter.HTML.value(), HEADERS, writer.form())
        : response(writer.write(Refused.of(StatusCode.NOT_HTTPS)));
  }

  private CompletableFuture<Response> collect(
      Request request, Responder responder, NonBlockingReads reads) {
    return responder
        .respond(
            AnsweredRequest.PAGE,
            new PageReader(writer(request), request.secure(), clock.instant()),
            () -> FormDecoder.decode(Optional.empty(), request.contentType(), request.body().get()),
            request.source(),
            request.kept(),
            reads)
        .thenApply(response -> withHsts(request, response(response)));
  }

  private PageWriter writer(Request request) {
    return Objects.requireNonNull(
        writers.get(PageTexts.language(request.field("Accept-Language"))));
  }

  private Response response(CollectResponse response) {
    int status =
        switch (response.status()) {
          case NOT_HTTPS -> 403;
          case UNKNOWN_ERROR -> 503;
          default -> 200;
        };
    Response page = new Response(status, response.contentType().value(), HEADERS, response.body());
    return response.status() == StatusCode.ATTACHED
        ? page.with(
            "Content-Disposition", "attachment; filename=\"" + response.data().fileName() + '"')
        : page;
  }
}
