package org.certcollect.cli.demo.mailbox;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.certcollect.cli.demo.mailbox.MailContent.MailAttachment;
import org.certcollect.server.html.Html;
import org.certcollect.server.html.PagePolicy;
import org.certcollect.server.http.Route;
import org.certcollect.server.http.Route.Request;
import org.certcollect.server.http.Route.Response;

/** The routes of the mailbox, for a port that only this machine reaches. Nothing is changed. */
public final class MailboxRoutes {
  private static final Map<String, String> HEADERS =
      PagePolicy.headers(MailboxPage.STYLE, List.of());

  /** The policy for the parts of mails: their own styles, and nothing that runs or is loaded. */
  private static final Map<String, String> PART_HEADERS =
      with("Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'; sandbox");

  private final Mailbox mailbox;

  private MailboxRoutes(Mailbox mailbox) {
    this.mailbox = mailbox;
  }

  /** The address of the mailbox on a host and port. */
  public static String url(int port) {
    return "http://localhost:" + port + MailboxPage.PATH;
  }

  public static List<Route> of(Mailbox mailbox) {
    MailboxRoutes routes = new MailboxRoutes(mailbox);
    String one = MailboxPage.PATH + "/{number}";
    return List.of(
        row(MailboxPage.PATH, request -> page(200, MailboxPage.list(mailbox.newestFirst()))),
        row(one, request -> routes.answer(request, mail -> Optional.of(whole(mail)))),
        row(one + "/html", request -> routes.answer(request, MailboxRoutes::html)),
        row(one + "/source", request -> routes.answer(request, MailboxRoutes::source)),
        row(
            one + "/attachments/{index}",
            request -> routes.answer(request, mail -> attachment(mail, request))));
  }

  private static Route row(String path, Function<Request, Response> reader) {
    return new Route(
        path,
        Set.of("GET", "HEAD"),
        "GET, HEAD",
        0,
        request -> CompletableFuture.completedFuture(reader.apply(request)));
  }

  private Response answer(Request request, Function<ReceivedMail, Optional<Response>> part) {
    return mailbox
        .find(request.parameters().getOrDefault("number", ""))
        .flatMap(part)
        .orElseGet(() -> page(404, MailboxPage.gone()));
  }

  private static Response page(int status, Html html) {
    return new Response(
        status, "text/html; charset=utf-8", HEADERS, html.markup().getBytes(US_ASCII));
  }

  private static Response whole(ReceivedMail mail) {
    return page(200, MailboxPage.mail(mail));
  }

  private static Optional<Response> html(ReceivedMail mail) {
    return mail.content()
        .html()
        .map(
            html ->
                new Response(200, "text/html; charset=utf-8", PART_HEADERS, html.getBytes(UTF_8)));
  }

  private static Optional<Response> source(ReceivedMail mail) {
    return Optional.of(new Response(200, "text/plain; charset=utf-8", PART_HEADERS, mail.source()));
  }

  private static Optional<Response> attachment(ReceivedMail mail, Request request) {
    List<MailAttachment> all = mail.content().attachments();
    String index = request.parameters().getOrDefault("index", "");
    return IntStream.range(0, all.size())
        .filter(i -> index.equals(Integer.toString(i)))
        .mapToObj(all::get)
        .findFirst()
        .map(
            file ->
                new Response(200, "application/octet-stream", PART_HEADERS, file.bytes())
                    .with(
                        "Content-Disposition",
                        "attachment; filename=\"" + fileName(file.name()) + '"'));
  }

  /** A name that is safe in a header field and in a folder. */
  private static String fileName(String name) {
    String safe = name.replaceAll("[^A-Za-z0-9._-]", "_").replaceFirst("^\\.+", "_");
    return safe.substring(0, Math.min(100, safe.length()));
  }

  private static Map<String, String> with(String field, String value) {
    Map<String, String> all = new HashMap<>(HEADERS);
    all.put(field, value);
    return Map.copyOf(all);
  }
}
