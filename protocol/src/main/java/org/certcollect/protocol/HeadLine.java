package org.certcollect.protocol;

import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;

/** One of the lines that an answer begins with: there or not, by what is answered. */
@FunctionalInterface
public interface HeadLine {
  /** The line without its end; empty where the answer has none. */
  Optional<String> of(Dialect dialect, boolean showValidityPeriod, CollectResult result);

  /** The status code (section 2.1). */
  static HeadLine status() {
    return (dialect, showValidityPeriod, result) ->
        Optional.of(Integer.toString(result.status().code()));
  }

  /** The error message (section 2.2.1). */
  static HeadLine message() {
    return (dialect, showValidityPeriod, result) ->
        result instanceof CollectResult.Refused refused
            ? Optional.of(dialect.message(refused))
            : Optional.empty();
  }

  /** The validity period, {@code DD/MM/YYYY DD/MM/YYYY} in GMT (section 2.2.2). */
  static HeadLine validity() {
    DateTimeFormatter day =
        DateTimeFormatter.ofPattern("dd/MM/uuuu", Locale.ROOT).withZone(ZoneOffset.UTC);
    return (dialect, showValidityPeriod, result) ->
        showValidityPeriod ? result.validity().map(v -> format(day, v)) : Optional.empty();
  }

  private static String format(DateTimeFormatter day, Validity validity) {
    return day.format(validity.notBefore()) + " " + day.format(validity.notAfter());
  }
}
