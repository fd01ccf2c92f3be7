package org.certcollect.cli.config;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Times and sizes as people write them: {@code 10s}, {@code 30d}, {@code 16KiB}. */
public final class Units {
  private static final Pattern AMOUNT = Pattern.compile("([0-9]{1,9})([A-Za-z]*)");
  private static final Map<String, Long> MILLIS =
      Map.of("ms", 1L, "s", 1_000L, "m", 60_000L, "h", 3_600_000L, "d", 86_400_000L);
  private static final Map<String, Long> BYTES =
      Map.of("", 1L, "B", 1L, "KiB", 1L << 10, "MiB", 1L << 20);

  private Units() {}

  /** The time of a text; empty if the text is no time. */
  public static Optional<Duration> readDuration(String text) {
    return read(text, MILLIS).map(Duration::ofMillis);
  }

  static Optional<Integer> readSize(String text) {
    return read(text, BYTES).filter(bytes -> bytes <= Integer.MAX_VALUE).map(Long::intValue);
  }

  private static Optional<Long> read(String text, Map<String, Long> units) {
    Matcher amount = AMOUNT.matcher(text);
    return amount.matches()
        ? Optional.ofNullable(units.get(amount.group(2)))
            .map(unit -> unit * Long.parseLong(amount.group(1)))
        : Optional.empty();
  }

  static String duration(Duration duration) {
    return shown(duration.toMillis(), MILLIS);
  }

  static String size(int bytes) {
    return shown(bytes, BYTES);
  }

  /** An amount in the largest unit that needs no fraction. */
  private static String shown(long amount, Map<String, Long> units) {
    return units.entrySet().stream()
        .filter(unit -> !unit.getKey().isEmpty() && amount % unit.getValue() == 0)
        .max(Map.Entry.comparingByValue())
        .map(unit -> amount / unit.getValue() + unit.getKey())
        .orElseThrow();
  }
}
