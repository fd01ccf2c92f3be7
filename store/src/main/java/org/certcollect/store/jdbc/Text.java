package org.certcollect.store.jdbc;

import java.util.function.IntPredicate;
import java.util.stream.Collectors;

/**
 * The rules for text that every database can store: no NUL (PostgreSQL), no unpaired surrogate
 * (UTF-8).
 */
public final class Text {
  private static final int REPLACEMENT = 0xFFFD;

  private Text() {}

  /** Whether a stored value can equal this text. If not, no statement needs to search for it. */
  public static boolean isStorable(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == 0 || Character.isSurrogate(c)) {
        return text.codePoints().allMatch(Text::isStorable);
      }
    }
    return true;
  }

  /** The text with a replacement character for each that cannot be stored. */
  public static String storable(String text) {
    return isStorable(text) ? text : replace(text, Text::isStorable);
  }

  /** The text as a message quotes it: on one line, at most 64 characters. */
  public static String quoted(String text) {
    String shown =
        text.codePointCount(0, text.length()) <= 64 ? text : text.substring(0, 64) + "...";
    return "'" + replace(shown, c -> isStorable(c) && !Character.isISOControl(c)) + "'";
  }

  private static boolean isStorable(int codePoint) {
    return codePoint != 0 && Character.getType(codePoint) != Character.SURROGATE;
  }

  private static String replace(String text, IntPredicate keep) {
    return text.codePoints()
        .map(c -> keep.test(c) ? c : REPLACEMENT)
        .mapToObj(Character::toString)
        .collect(Collectors.joining());
  }
}
