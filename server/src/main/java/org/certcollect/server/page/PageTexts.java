package org.certcollect.server.page;

import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.certcollect.server.html.Html;
import org.certcollect.server.html.Template;

/** The texts of the page in one language, from a file of properties. Immutable. */
final class PageTexts {
  /** The languages, of which the first is for those who understand none of them. */
  static final List<Locale> LANGUAGES = List.of(Locale.ENGLISH, Locale.GERMAN);

  /** Maximum number of characters that are read of the languages of a browser. */
  private static final int MAX_RANGES = 200;

  private static final Pattern RANGE =
      Pattern.compile(
          " *([A-Za-z]{2,3})(?:-[A-Za-z0-9-]*)?(?: *; *[Qq]=([01](?:\\.[0-9]{0,3})?))? *");

  private final Map<String, String> texts;
  private final DateTimeFormatter date;
  private final DateTimeFormatter time;

  PageTexts(Locale language) {
    Properties read = new Properties();
    try {
      read.load(new StringReader(resource(language + ".properties")));
    } catch (IOException e) {
      throw new UncheckedIOException("could not read from memory", e);
    }
    texts =
        read.stringPropertyNames().stream()
            .collect(Collectors.toUnmodifiableMap(key -> key, read::getProperty));
    date = DateTimeFormatter.ofPattern(text("format.date"), language).withZone(ZoneOffset.UTC);
    time = DateTimeFormatter.ofPattern(text("format.time"), language).withZone(ZoneOffset.UTC);
  }

  /** The file of that name beside this class. */
  static String resource(String name) {
    return Template.read(PageTexts.class, name);
  }

  /**
   * The language that suits a browser best (RFC 9110, section 12.5.4). Only the first subtag of a
   * range counts, and only the first ranges are read. Java's own reader is not used: it throws more
   * than it says, and its time grows with the square of the field's length.
   */
  static Locale language(Optional<String> acceptLanguage) {
    String ranges = acceptLanguage.orElse("");
    Locale best = LANGUAGES.get(0);
    double bestWeight = 0;
    for (String text : ranges.substring(0, Math.min(ranges.length(), MAX_RANGES)).split(",", -1)) {
      Matcher range = RANGE.matcher(text);
      if (range.matches()) {
        Locale language = Locale.forLanguageTag(range.group(1));
        double weight = range.group(2) == null ? 1 : Double.parseDouble(range.group(2));
        if (weight > bestWeight && LANGUAGES.contains(language)) {
          best = language;
          bestWeight = weight;
        }
      }
    }
    return best;
  }

  private String text(String key) {
    String text = texts.get(key);
    if (text == null) {
      throw new IllegalArgumentException("there is no text " + key);
    }
    return text;
  }

  /** The text of a key. Text between backticks is code; names in braces are kept. */
  Html html(String key) {
    return new Html(
        Html.text(text(key))
            .markup()
            .replaceAll("&#96;(.*?)&#96;", "<code>$1</code>")
            .replace("&#123;", "{")
            .replace("&#125;", "}"));
  }

  /** All texts by their keys. */
  Map<String, Html> all() {
    Map<String, Html> all = new HashMap<>();
    texts.keySet().forEach(key -> all.put(key, html(key)));
    return all;
  }

  /** A day in UTC. */
  Html date(Instant instant) {
    return Html.text(date.format(instant));
  }

  /** A day and a time in UTC. */
  String time(Instant instant) {
    return time.format(instant);
  }
}
