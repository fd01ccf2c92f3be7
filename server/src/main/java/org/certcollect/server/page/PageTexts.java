package org.certcollect.server.page;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Locale.LanguageRange;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.stream.Collectors;

/** The texts of the page in one language, from a file of properties. Immutable. */
final class PageTexts {
  /** The languages, of which the first is for those who understand none of them. */
  static final List<Locale> LANGUAGES = List.of(Locale.ENGLISH, Locale.GERMAN);

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
    try (InputStream file = PageTexts.class.getResourceAsStream(name)) {
      if (file == null) {
        throw new IllegalArgumentException("there is no " + name);
      }
      return new String(file.readAllBytes(), UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(name, e);
    }
  }

  /** The language that suits a browser best. */
  static Locale language(Optional<String> acceptLanguage) {
    try {
      return Optional.ofNullable(
              Locale.lookup(LanguageRange.parse(acceptLanguage.orElse("en")), LANGUAGES))
          .orElse(LANGUAGES.get(0));
    } catch (IllegalArgumentException e) {
      return LANGUAGES.get(0);
    }
  }

  private String text(String key) {
    String text = texts.get(key);
    if (text == null) {
      throw new IllegalArgumentException("there is no text " + key);
    }
    return text;
  }

  /** The text of a key. What stands between backticks is code; names in braces are kept. */
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
