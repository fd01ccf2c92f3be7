package org.certcollect.cli.config;

import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Times and sizes as people write them: {@code 10s}, {@code 30d}, {@code 16KiB}. */
public final class Units {
  private static final Pattern DURATION = Pattern.compile("([0-9]{1,9})(ms|s|m|h|d)");
  private static final Pattern SIZE = Pattern.compile("([0-9]{1,9})(B|KiB|MiB)?");

  private Units() {}

  /** The time of a text; empty if the text is no time. */
  public static Optional<Duration> readDuration(String text) {
    Matcher duration = DURATION.matcher(text);
    if (!duration.matches()) {
      return Optional.empty();
    }
    long amount = Long.parseLong(duration.group(1));
    return Optional.of(
        switch (duration.group(2)) {
          case "ms" -> Duration.ofMillis(amount);
          case "s" -> Duration.ofSeconds(amount);
          case "m" -> Duration.ofMinutes(amount);
          case "h" -> Duration.ofHours(amount);
          default -> Duration.ofDays(amount);
        });
  }

  static Optional<Integer> readSize(String text) {
    Matcher size = SIZE.matcher(text);
    if (!size.matches()) {
      return Optional.empty();
    }
    long unit =
        switch (String.valueOf(size.group(2))) {
          case "KiB" -> 1L << 10;
          case "MiB" -> 1L << 20;
          default -> 1;
        };
    long bytes = Long.parseLong(size.group(1)) * unit;
    return bytes > Integer.MAX_VALUE ? Optional.empty() : Optional.of((int) bytes);
  }

  static String duration(Duration duration) {
    long millis = duration.toMillis();
    return millis % 86_400_000 == 0
        ? duration.toDays() + "d"
        : millis % 3_600_000 == 0
            ? duration.toHours() + "h"
            : millis % 60_000 == 0
                ? duration.toMinutes() + "m"
                : millis % 1_000 == 0 ? duration.toSeconds() + "s" : millis + "ms";
  }

  static String size(int bytes) {
    if (bytes % (1 << 20) == 0) {
      return (bytes >> 20) + "MiB";
    }
    return bytes % (1 << 10) == 0 ? (bytes >> 10) + "KiB" : bytes + "B";
  }
}
