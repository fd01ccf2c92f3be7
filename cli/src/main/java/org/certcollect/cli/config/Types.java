package org.certcollect.cli.config;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.certcollect.admin.EnumWords;
import org.certcollect.server.config.ProxyConfig;

/** The types of keys. */
final class Types {
  static final Type<String> HOST =
      new Type<>(
          "an address or a host name",
          text -> text.matches("[A-Za-z0-9.:%_-]+") ? Optional.of(text) : Optional.empty());

  static final Type<Integer> PORT = number(0, 65_535);

  static final Type<OptionalInt> PORT_OR_OFF =
      new Type<>(
          PORT.allowed() + ", or off",
          text ->
              text.equals("off")
                  ? Optional.of(OptionalInt.empty())
                  : PORT.read(text).map(OptionalInt::of));

  static final Type<Boolean> FLAG =
      new Type<>(
          "true or false",
          text ->
              switch (text) {
                case "true" -> Optional.of(true);
                case "false" -> Optional.of(false);
                default -> Optional.empty();
              });

  static final Type<Path> FILE = new Type<>("the name of a file", Types::path);

  static final Type<String> TEXT = new Type<>("a text", Optional::of);

  static final Type<String> JDBC_URL =
      new Type<>(
          "jdbc:postgresql://host[:port][,host...]/database[?name=...]",
          text -> text.startsWith("jdbc:postgresql:") ? Optional.of(text) : Optional.empty());

  static final Type<List<String>> NETWORKS =
      new Type<>(
          "addresses or networks such as 10.0.0.0/8, with commas between",
          text -> {
            List<String> parts = Arrays.stream(text.split(",", -1)).map(String::strip).toList();
            try {
              return Optional.of(new ProxyConfig(parts).trusted());
            } catch (IllegalArgumentException e) {
              return Optional.empty();
            }
          });

  private Types() {}

  static Type<Integer> number(int least, int most) {
    return new Type<>(
        "a number from " + least + " to " + most,
        text -> {
          if (!text.matches("[0-9]{1,10}")) {
            return Optional.empty();
          }
          long value = Long.parseLong(text);
          return value < least || value > most ? Optional.empty() : Optional.of((int) value);
        });
  }

  static Type<Integer> size(int least, int most) {
    return new Type<>(
        "a size such as 16KiB, from %s to %s".formatted(Units.size(least), Units.size(most)),
        text -> Units.readSize(text).filter(size -> size >= least && size <= most));
  }

  static Type<Duration> duration(Duration least, Duration most) {
    return new Type<>(
        "a time such as 10s or 5m, from %s to %s"
            .formatted(Units.duration(least), Units.duration(most)),
        text ->
            Units.readDuration(text)
                .filter(time -> time.compareTo(least) >= 0 && time.compareTo(most) <= 0));
  }

  static <E extends Enum<E>> Type<E> choice(Class<E> type) {
    return new Type<>(String.join(", ", EnumWords.all(type)), text -> EnumWords.read(type, text));
  }

  private static Optional<Path> path(String text) {
    try {
      return Optional.of(Path.of(text));
    } catch (InvalidPathException e) {
      return Optional.empty();
    }
  }
}
