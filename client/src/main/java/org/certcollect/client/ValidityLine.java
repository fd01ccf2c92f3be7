package org.certcollect.client;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.certcollect.protocol.CollectResult.Period;

/** The line of an answer that tells two days, for example {@code 14/05/2026 13/05/2027}. */
final class ValidityLine {
  private static final DateTimeFormatter DAY =
      DateTimeFormatter.ofPattern("dd/MM/uuuu", Locale.ROOT);

  private ValidityLine() {}

  /** The details that a line tells; empty if it is another line. */
  static Optional<AnswerDetails> read(String line) {
    String[] days = line.strip().split(" ", -1);
    if (days.length != 2) {
      return Optional.empty();
    }
    try {
      Period period = new Period(day(days[0]), day(days[1]));
      return Optional.of(new AnswerDetails(Optional.of(period), Map.of()));
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  private static Instant day(String text) {
    return LocalDate.parse(text, DAY).atStartOfDay(ZoneOffset.UTC).toInstant();
  }
}
