package org.certcollect.admin;

import java.util.Locale;
import java.util.stream.Collectors;

/**
 * Escapes text so that it is safe to show. Names in certificates come from strangers. A terminal
 * obeys control characters, and a reader is misled by characters that change the direction of text.
 */
public final class PrintableText {
  private PrintableText() {}

  /** The text with each control character and each invisible character as a JSON escape. */
  public static String of(String text) {
    return isSafe(text) ? text : escaped(text);
  }

  /** Whether the text may be shown as it is; false also if surrogates have to be seen in pairs. */
  private static boolean isSafe(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (!isSafe(text.charAt(i))) {
        return false;
      }
    }
    return true;
  }

  private static String escaped(String text) {
    return text.codePoints()
        .mapToObj(point -> isSafe(point) ? Character.toString(point) : escape(point))
        .collect(Collectors.joining());
  }

  /** Whether a code point may be shown as it is. */
  public static boolean isSafe(int point) {
    int type = Character.getType(point);
    return !Character.isISOControl(point)
        && type != Character.FORMAT
        && type != Character.LINE_SEPARATOR
        && type != Character.PARAGRAPH_SEPARATOR
        && type != Character.SURROGATE;
  }

  private static String escape(int point) {
    return Character.toString(point)
        .chars()
        .mapToObj(unit -> String.format(Locale.ROOT, "\\u%04x", unit))
        .collect(Collectors.joining());
  }
}
