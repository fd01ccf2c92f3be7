package org.certcollect.server.html;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** HTML with names in braces, for which values are put in later. Immutable. */
public final class Template {
  /** Room for the values, so that a page is rarely copied while it is filled in. */
  private static final int VALUES_LENGTH = 512;

  private static final Pattern NAME = Pattern.compile("\\{([a-z0-9]+(?:\\.[a-z0-9]+)*)}");

  /** Markup and names in turns; the first and the last are markup. */
  private final List<String> parts = new ArrayList<>();

  private final int length;

  /**
   * Makes a template.
   *
   * @param known the values that are known already, which may have names themselves
   */
  public Template(String source, Map<String, Html> known) {
    String expanded = expand(source, known);
    Matcher name = NAME.matcher(expanded);
    int end = 0;
    while (name.find()) {
      parts.add(expanded.substring(end, name.start()));
      parts.add(name.group(1));
      end = name.end();
    }
    parts.add(expanded.substring(end));
    length = expanded.length() + VALUES_LENGTH;
  }

  /** The text of the file of that name beside a class. */
  public static String read(Class<?> place, String name) {
    try (InputStream file = place.getResourceAsStream(name)) {
      if (file == null) {
        throw new IllegalArgumentException("there is no " + name);
      }
      return new String(file.readAllBytes(), UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(name, e);
    }
  }

  private static String expand(String source, Map<String, Html> known) {
    UnaryOperator<String> value =
        name ->
            known.containsKey(name) ? expand(known.get(name).markup(), known) : "{" + name + "}";
    return NAME.matcher(source)
        .replaceAll(name -> Matcher.quoteReplacement(value.apply(name.group(1))));
  }

  /**
   * The markup with a value in the place of each name. Braces in a value are left as they are.
   *
   * @throws IllegalArgumentException if a value is missing
   */
  public Html fill(Map<String, Html> values) {
    StringBuilder filled = new StringBuilder(length).append(parts.get(0));
    for (int i = 1; i < parts.size(); i += 2) {
      Html value = values.get(parts.get(i));
      if (value == null) {
        throw new IllegalArgumentException("no value for " + parts.get(i));
      }
      filled.append(value.markup()).append(parts.get(i + 1));
    }
    return new Html(filled.toString());
  }
}
