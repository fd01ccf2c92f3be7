package org.certcollect.server.page;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.certcollect.protocol.CollectResponse;
import org.certcollect.protocol.CollectResult;
import org.certcollect.protocol.CollectResult.Attached;
import org.certcollect.protocol.CollectResult.Processing;
import org.certcollect.protocol.CollectResult.Refused;
import org.certcollect.protocol.EncodedCertificates;
import org.certcollect.protocol.MediaType;
import org.certcollect.protocol.StatusCode;
import org.certcollect.server.config.PageConfig;
import org.certcollect.server.html.Html;
import org.certcollect.server.html.PagePolicy;
import org.certcollect.server.html.Template;

/**
 * The pages in one language, with the operator's name and links. The parts that do not depend on
 * the request are put together once. Immutable, so safe for use by many threads.
 */
final class PageWriter {
  static final String PATH = "/collect";
  static final String LOGO_PATH = PATH + "/logo";
  static final String SCRIPT = PageTexts.resource("page.js");
  static final MediaType HTML = MediaType.of("text/html; charset=utf-8");

  private static final List<String> PLATFORMS =
      List.of(
          "windows",
          "macos",
          "ios",
          "android",
          "firefox",
          "thunderbird",
          "outlook",
          "nginx",
          "apache",
          "iis");

  private final PageTexts texts;
  private final CertificateSheet sheet;
  private final Map<String, Html> known;
  private final Map<String, Template> lines;
  private final Template state;
  private final Html again;
  private final Template issued;
  private final String afterSheet;
  private final Template entry;
  private final byte[] form;
  private final boolean asksEmail;

  /**
   * Puts the pages together.
   *
   * @param hasLogo whether there is an image at the logo's path
   */
  PageWriter(Locale language, PageConfig config, boolean hasLogo) {
    texts = new PageTexts(language);
    known = new HashMap<>(texts.all());
    known.put("lang", new Html(language.getLanguage()));
    known.put("path", new Html(PATH));
    known.put("style", new Html(PagePolicy.STYLE));
    known.put("script", new Html(SCRIPT));
    known.put("header", element("header", config.operator().map(name -> header(name, hasLogo))));
    known.put("operator.title", Html.text(config.operator().map(" - "::concat).orElse("")));
    known.put("contact", config.contact().map(PageWriter::contact).orElse(new Html("{nobody}")));
    known.put(
        "links",
        element(
            "p", joined(link(config.imprint(), "{imprint}"), link(config.privacy(), "{privacy}"))));
    asksEmail = config.asksEmail();
    known.put("email.field", asksEmail ? new Html(PageTexts.resource("email.html")) : Html.NONE);
    known.put(
        "email.hidden",
        asksEmail
            ? new Html("<input type=\"hidden\" name=\"email\" value=\"{email}\">\n")
            : Html.NONE);
    known.put("downloads", each(PageDownload.ALL.stream().map(PageDownload::word), "download"));
    known.put("help", each(PLATFORMS.stream(), "help"));
    sheet = new CertificateSheet(texts, new Template(PageTexts.resource("details.html"), known));
    entry = template(page("form"));
    form = form("title.form", Optional.empty(), "").getBytes(US_ASCII);
    lines =
        known.keySet().stream()
            .filter(key -> key.startsWith("title.") || key.startsWith("text."))
            .collect(Collectors.toMap(key -> key, key -> new Template("{" + key + "}", known)));
    state = template(page("state"));
    again = new Template("<p><a href=\"{path}\">{again}</a></p>", known).fill(Map.of());
    String[] aroundSheet = page("issued").split("\\{details}", 2);
    issued = template(aroundSheet[0]);
    afterSheet = template(aroundSheet[1]).fill(Map.of()).markup();
  }

  /** The operator's name. The logo has no text of its own, because the name is beside it. */
  private static Html header(String operator, boolean hasLogo) {
    String logo = "<img src=\"" + LOGO_PATH + "\" alt=\"\" height=\"48\"> ";
    return new Html(
        (hasLogo ? logo : "") + element("strong", Optional.of(Html.text(operator))).markup());
  }

  private static Html element(String name, Optional<Html> content) {
    return content
        .map(its -> new Html("<" + name + ">" + its.markup() + "</" + name + ">"))
        .orElse(Html.NONE);
  }

  /** The form, with the e-mail address as it was typed, and without the code. */
  private String form(String title, Optional<String> error, String email) {
    String attributes = "aria-describedby=\"error hint\" aria-invalid=\"true\" autofocus";
    return entry
        .fill(
            Map.of(
                "title",
                texts.html(title),
                "attributes",
                new Html(error.map(key -> attributes).orElse("aria-describedby=\"hint\"")),
                "error",
                error
                    .map(
                        key ->
                            "<p class=\"error\" id=\"error\">" + texts.html(key).markup() + "</p>")
                    .map(Html::new)
                    .orElse(Html.NONE),
                "email.typed",
                email.isEmpty()
                    ? Html.NONE
                    : new Html(" value=\"" + Html.text(email).markup() + '"')))
        .markup();
  }

  private static Optional<Html> link(Optional<String> url, String text) {
    return url.map(its -> Html.link(its, new Html(text)));
  }

  /** The parts that are there, in one line. */
  private static Optional<Html> joined(Optional<Html> first, Optional<Html> second) {
    return first
        .map(one -> new Html(one.markup() + second.map(two -> " | " + two.markup()).orElse("")))
        .or(() -> second);
  }

  private static Html contact(String contact) {
    Html shown = Html.text(contact);
    if (PageConfig.isUrl(contact)) {
      return Html.link(contact, shown);
    }
    return contact.matches("\\S+@\\S+") ? Html.link("mailto:" + contact, shown) : shown;
  }

  /** The markup of a page with names in place of its texts. */
  private static String page(String main) {
    return PageTexts.resource("page.html").replace("{main}", PageTexts.resource(main + ".html"));
  }

  private Template template(String page) {
    return new Template(page, known);
  }

  /** A piece for each item, whose name is part of the keys of its texts. */
  private static Html each(Stream<String> items, String piece) {
    String markup = PageTexts.resource(piece + ".html");
    return new Html(items.map(item -> markup.replace("$item", item)).collect(Collectors.joining()));
  }

  /** Whether the form asks for the e-mail address of the order. */
  boolean asksEmail() {
    return asksEmail;
  }

  /** The form of the certificate's sheet in this language. */
  CertificateSheet sheet() {
    return sheet;
  }

  /** The page with the empty form, which must not be changed. */
  byte[] form() {
    return form;
  }

  /** The page that tells a result other than an issued certificate. */
  CollectResponse write(CollectResult result) {
    return write(result, "");
  }

  /**
   * The page that tells a result other than an issued certificate.
   *
   * @param email the e-mail address as it was typed, which the form of a miss keeps
   */
  CollectResponse write(CollectResult result, String email) {
    return new CollectResponse(
        result.status(), HTML, markup(result, email), EncodedCertificates.NONE, "");
  }

  private String markup(CollectResult result, String email) {
    if (result instanceof Processing processing) {
      return processing.heldSince().isPresent()
          ? state("held", processing.heldSince())
          : state("processing", Optional.empty());
    }
    return switch (result.status()) {
      case MISSING_ARGUMENT -> form("title.form", Optional.of("error.missing"), email);
      // Throttled or not: nobody learns from the page whether a code was looked at.
      case INVALID_ARGUMENT, PERMISSION_DENIED ->
          form(
              "title.error",
              Optional.of(asksEmail ? "error.unknown.email" : "error.unknown"),
              email);
      case AWAITING_PAYMENT -> state("payment", Optional.empty());
      case REJECTED -> state("rejected", Optional.empty());
      case REVOKED -> state("revoked", ((Refused) result).revoked());
      case NOT_HTTPS -> state("https", Optional.empty());
      default -> state("failed", Optional.empty());
    };
  }

  /** The page for the state of an order. */
  private String state(String name, Optional<Instant> since) {
    Map<String, Html> values = new HashMap<>();
    values.put("date", since.map(texts::date).orElse(Html.NONE));
    values.put("title", text("title." + name, values));
    values.put("text", text("text." + name + (since.isPresent() ? ".since" : ""), values));
    // Without HTTPS the form would be this page again.
    values.put("link", name.equals("https") ? Html.NONE : again);
    return state.fill(values).markup();
  }

  private Html text(String key, Map<String, Html> values) {
    return Objects.requireNonNull(lines.get(key)).fill(values);
  }

  /**
   * The page of an issued certificate. It shows the certificate and does not hand it out, so that
   * its status is that of a certificate that can be collected.
   *
   * @param code the code as it was typed, which each download sends again
   * @param email the e-mail address as it was typed; empty if none was asked for
   */
  CollectResponse write(Attached certificate, String code, String email, Instant now) {
    Instant end = certificate.validity().notAfter();
    boolean expired = end.isBefore(now);
    Map<String, Html> values = new HashMap<>();
    values.put("date", expired ? texts.date(end) : Html.NONE);
    values.put("title", text(expired ? "title.expired" : "title.issued", values));
    values.put("text", text(expired ? "text.expired" : "text.issued", values));
    values.put("code", Html.value(code));
    values.put("email", Html.value(email));
    return new CollectResponse(
        StatusCode.AVAILABLE,
        HTML,
        issued.fill(values).markup(),
        certificate.certificates(),
        afterSheet);
  }
}
