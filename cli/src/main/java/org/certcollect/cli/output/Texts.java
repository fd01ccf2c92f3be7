package org.certcollect.cli.output;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** Turns values into text that is safe to show on a terminal. */
public final class Texts {
  private Texts() {}

  static String of(Object value) {
    if (value instanceof Optional<?> optional) {
      return optional.<String>map(Texts::of).orElse("-");
    }
    if (value instanceof List<?> list) {
      return list.isEmpty() ? "-" : list.stream().map(Texts::of).collect(Collectors.joining(", "));
    }
    if (value instanceof Boolean flag) {
      return flag ? "yes" : "no";
    }
    if (value instanceof Instant moment) {
      return moment.truncatedTo(ChronoUnit.SECONDS).toString();
    }
    return printable(value.toString());
  }

  /**
   * A text without control characters: names in certificates come from strangers, and a terminal
   * obeys what it is shown.
   */
  public static String printable(String text) {
    return text.codePoints()
        .mapToObj(
            point ->
                Character.isISOControl(point) || isInvisible(point)
                    ? String.format(Locale.ROOT, "\\u%04x", point)
                    : Character.toString(point))
        .collect(Collectors.joining());
  }

  private static boolean isInvisible(int point) {
    int type = Character.getType(point);
    return type == Character.FORMAT
        || type == Character.LINE_SEPARATOR
        || type == Character.PARAGRAPH_SEPARATOR
        || type == Character.SURROGATE;
  }
}
