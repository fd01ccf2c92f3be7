package org.certcollect.server.status;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.certcollect.admin.EnumWords;
import org.certcollect.admin.view.RecordFields;
import org.certcollect.server.html.Html;
import org.certcollect.server.html.PagePolicy;
import org.certcollect.server.html.Template;
import org.certcollect.store.IssuedReference;
import org.certcollect.store.Nodes;
import org.certcollect.store.Order;
import org.jspecify.annotations.Nullable;

/** The writer of the page for operators, in HTML without a script. Safe for use by many threads. */
public final class StatusPage {
  /** The maximum number of orders that a search shows. */
  public static final int MAX_FOUND = 50;

  /** The maximum length of the text of a search. */
  public static final int MAX_TEXT = 200;

  private static final Duration SOON = Duration.ofDays(30);
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss 'UTC'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);
  private static final DateTimeFormatter DAY =
      DateTimeFormatter.ofPattern("uuuu-MM-dd", Locale.ROOT).withZone(ZoneOffset.UTC);
  private static final String STYLE =
      PagePolicy.STYLE + Template.read(StatusPage.class, "status.css");

  /** The members of the state that count messages, and the names of their channels. */
  private static final Map<String, String> CHANNELS =
      new TreeMap<>(Map.of("mails", "E-mails", "pushes", "Push notifications"));

  private static final Template PAGE =
      new Template(
          Template.read(StatusPage.class, "status.html"), Map.of("style", new Html(STYLE)));
  private static final Template SEARCH =
      new Template(Template.read(StatusPage.class, "search.html"), Map.of());

  private final Clock clock;

  public StatusPage(Clock clock) {
    this.clock = clock;
  }

  /** The header fields of the page. */
  public static Map<String, String> headers() {
    Map<String, String> headers = new HashMap<>(PagePolicy.headers(STYLE, List.of()));
    // With no-referrer, a browser tells the origin of no form, and a foreign one is to be refused.
    headers.put("Referrer-Policy", "same-origin");
    headers.put("Cross-Origin-Opener-Policy", "same-origin");
    headers.put("Cross-Origin-Resource-Policy", "same-origin");
    return headers;
  }

  /**
   * The state of the server.
   *
   * @param state its members, as the admin API tells them
   * @param whole whether to tell problems, which name files and databases, or only that there are
   *     some
   * @param searchable whether there is a token with which orders could be searched
   * @param refusal why the login was not taken; empty if it was, or there is none
   */
  public Html state(Map<String, Object> state, boolean whole, boolean searchable, String refusal) {
    boolean draining = Boolean.TRUE.equals(state.get("draining"));
    boolean ready = Boolean.TRUE.equals(state.get("ready"));
    List<Html> sections = new ArrayList<>();
    sections.add(
        section("Health", List.of(health("store", state, whole), health("audit", state, whole))));
    sections.add(section("Orders", numbers(state.get("orders"))));
    sections.add(section("Certificates that expire within", numbers(state.get("expiring"))));
    sections.add(section("Messages", messages(state)));
    sections.add(section("Certificates of this server", certificates(state)));
    sections.add(section("This server", server(state)));
    sections.add(section("Servers on this database", nodes(state)));
    return page(
        ready ? "Ready" : draining ? "Draining" : "Not ready",
        joined(
            refusal.isEmpty()
                ? Html.NONE
                : paragraph("The browser's login was not taken: " + refusal + "."),
            searchable
                ? search("")
                : paragraph("Orders can be searched here when the admin API has a token."),
            sections(sections)),
        "As of %s. Orders are counted once a minute, and less often in a very large store."
            .formatted(TIME.format(clock.instant())));
  }

  /** The orders that a search has found, one more than are shown if there are more. */
  public Html found(String text, List<Order> found) {
    List<Order> shown = found.subList(0, Math.min(MAX_FOUND, found.size()));
    String title =
        shown.isEmpty()
            ? "No order found"
            : shown.size() == 1 ? "1 order found" : shown.size() + " orders found";
    Html result =
        shown.isEmpty()
            ? Html.NONE
            : new Html(
                "<div class=\"wide\" role=\"region\" aria-label=\"Orders\" tabindex=\"0\"><table"
                    + " class=\"found\"><thead><tr>"
                    + List.of("Number", "State", "Expires", "Name", "Account", "Reference").stream()
                        .map(name -> "<th scope=\"col\">" + name + "</th>")
                        .collect(Collectors.joining())
                    + "</tr></thead><tbody>"
                    + shown.stream().map(StatusPage::row).collect(Collectors.joining())
                    + "</tbody></table></div>");
    Html more =
        found.size() > shown.size()
            ? paragraph("There are more orders: search for something more exact.")
            : Html.NONE;
    Html details =
        shown.size() == 1
            ? sections(List.of(section("Order " + shown.get(0).number(), details(shown.get(0)))))
            : Html.NONE;
    return page(
        title,
        joined(search(text), result, more, details, link()),
        "As of " + TIME.format(clock.instant()) + ".");
  }

  /** The page that tells why there is no other. */
  public Html problem(String title, String detail) {
    return page(title, joined(paragraph(detail), link()), "");
  }

  private static Html link() {
    return new Html("<p><a href=\"/\">State of the server</a></p>");
  }

  private static String row(Order order) {
    return "<tr><th scope=\"row\">"
        + order.number()
        + "</th>"
        + cell(
            EnumWords.of(order.state())
                + order.heldSince().map(t -> ", held").orElse("")
                + order.reissueSince().map(t -> ", being reissued").orElse(""))
        + cell(order.certificate().map(IssuedReference::notAfter).map(DAY::format).orElse(""))
        + "<td class=\"name\">"
        + Html.text(order.name().orElse("")).markup()
        + "</td>"
        + cell(order.account())
        + "<td class=\"name\">"
        + Html.text(order.remarks().reference().orElse("")).markup()
        + "</td></tr>";
  }

  private static String cell(String text) {
    return "<td>" + Html.text(text).markup() + "</td>";
  }

  private static List<Html> details(Order order) {
    return RecordFields.of(order).values().entrySet().stream()
        .flatMap(
            field ->
                (field.getValue() instanceof Optional<?> value
                        ? value
                        : Optional.of(field.getValue()))
                    .stream().map(value -> row(heading(field.getKey()), shown(value), false)))
        .toList();
  }

  private static Html health(String part, Map<String, Object> state, boolean whole) {
    String told = String.valueOf(state.get(part));
    boolean ok = told.equals("ok");
    String name = part.equals("store") ? "Store" : "Audit log";
    return row(name, ok || whole ? told : "fails, or does not answer", !ok);
  }

  private static List<Html> numbers(@Nullable Object counts) {
    return counts instanceof Map<?, ?> map
        ? map.entrySet().stream()
            .map(entry -> row(name(entry.getKey()), shown(entry.getValue()), false))
            .toList()
        : List.of();
  }

  private static List<Html> messages(Map<String, Object> state) {
    List<Html> rows = new ArrayList<>();
    CHANNELS.forEach(
        (member, name) -> {
          if (state.get(member) instanceof Map<?, ?> counts) {
            rows.add(row(name + " that wait", shown(counts.get("waiting")), false));
            boolean failed = !Objects.equals(shown(counts.get("failed")), "0");
            rows.add(row(name + " that failed", shown(counts.get("failed")), failed));
          }
        });
    return rows;
  }

  private List<Html> certificates(Map<String, Object> state) {
    List<Html> rows = new ArrayList<>();
    if (state.get("certificates") instanceof List<?> all) {
      for (Object each : all) {
        if (each instanceof Map<?, ?> own && own.get("notAfter") instanceof Instant end) {
          Duration left = Duration.between(clock.instant(), end);
          rows.add(
              row(
                  own.get("subject") + " (" + own.get("key") + ")",
                  left.isNegative()
                      ? "expired on " + DAY.format(end)
                      : "until " + DAY.format(end) + " (days left: " + left.toDays() + ")",
                  left.compareTo(SOON) < 0));
        }
      }
    }
    return rows;
  }

  private List<Html> nodes(Map<String, Object> state) {
    List<Html> rows = new ArrayList<>();
    if (state.get("nodes") instanceof List<?> all) {
      for (Object each : all) {
        if (each instanceof Map<?, ?> node && node.get("seen") instanceof Instant seen) {
          boolean away = seen.plus(Nodes.MAX_SILENCE).isBefore(clock.instant());
          rows.add(
              row(
                  String.valueOf(node.get("node")),
                  (away ? "not seen since " + TIME.format(seen) : "running")
                      + ", version "
                      + node.get("version"),
                  away));
        }
      }
    }
    return rows;
  }

  private static List<Html> server(Map<String, Object> state) {
    Map<String, String> names = new LinkedHashMap<>();
    names.put("node", "Node");
    names.put("version", "Version");
    names.put("commit", "Commit");
    names.put("started", "Started");
    names.put("https", "HTTPS port");
    names.put("http", "HTTP port");
    names.put("management", "Management port");
    names.put("connections", "Open connections");
    return names.entrySet().stream()
        .filter(name -> state.containsKey(name.getKey()))
        .map(name -> row(name.getValue(), shown(state.get(name.getKey())), false))
        .toList();
  }

  private static Html search(String text) {
    return SEARCH.fill(Map.of("text", Html.value(text)));
  }

  private static Html page(String title, Html main, String footer) {
    return PAGE.fill(Map.of("title", Html.text(title), "main", main, "footer", Html.text(footer)));
  }

  private static Html sections(List<Html> sections) {
    return new Html("<div class=\"sections\">" + joined(sections).markup() + "</div>");
  }

  private static Html section(String title, List<Html> rows) {
    return rows.isEmpty()
        ? Html.NONE
        : new Html(
            "<section><h2>%s</h2><table><tbody>%s</tbody></table></section>"
                .formatted(Html.text(title).markup(), joined(rows).markup()));
  }

  private static Html row(String name, String value, boolean attention) {
    return new Html(
        "<tr><th scope=\"row\">%s</th><td%s>%s</td></tr>"
            .formatted(
                Html.text(name).markup(),
                attention ? " class=\"attention\"" : "",
                Html.text(value).markup()));
  }

  private static Html paragraph(String text) {
    return new Html("<p>" + Html.text(text).markup() + "</p>");
  }

  private static Html joined(Html... parts) {
    return joined(List.of(parts));
  }

  private static Html joined(List<Html> parts) {
    return new Html(parts.stream().map(Html::markup).collect(Collectors.joining("\n")));
  }

  private static String name(Object key) {
    return key instanceof Enum<?> constant
        ? heading(EnumWords.of(constant))
        : key.toString().replaceFirst("^([0-9]+)d$", "$1 days");
  }

  /** The name of a member or a state, as the heading of a row: {@code notAfter}, Not after. */
  private static String heading(String name) {
    String words = name.replaceAll("(?<=[a-z])(?=[A-Z])|-", " ").toLowerCase(Locale.ROOT);
    return words.substring(0, 1).toUpperCase(Locale.ROOT) + words.substring(1);
  }

  private static String shown(@Nullable Object value) {
    if (value instanceof Instant time) {
      return TIME.format(time);
    }
    return String.valueOf(value);
  }
}
