package org.certcollect.cli.output;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import org.certcollect.admin.PrintableText;
import org.certcollect.admin.view.Fields;

public final class Texts {
  private Texts() {}

  /** A number of things, for example "1 order" or "2,000 orders". */
  public static String count(long number, String noun) {
    return String.format(Locale.ROOT, "%,d %s%s", number, noun, number == 1 ? "" : "s");
  }

  static String of(Object value) {
    if (value instanceof Optional<?> optional) {
      return optional.<String>map(Texts::of).orElse("-");
    }
    if (value instanceof List<?> list) {
      return list.isEmpty() ? "-" : list.stream().map(Texts::of).collect(Collectors.joining(", "));
    }
    if (value instanceof Fields fields) {
      return of(
          fields.values().entrySet().stream()
              .map(field -> field.getKey() + "=" + of(field.getValue()))
              .toList());
    }
    if (value instanceof Boolean flag) {
      return flag ? "yes" : "no";
    }
    if (value instanceof Instant instant) {
      return instant.truncatedTo(ChronoUnit.SECONDS).toString();
    }
    return PrintableText.of(value.toString());
  }
}
