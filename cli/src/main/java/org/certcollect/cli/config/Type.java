package org.certcollect.cli.config;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.certcollect.admin.EnumWords;
import org.certcollect.server.config.CollectDialect;
import org.certcollect.server.config.PageConfig;
import org.certcollect.server.config.ProxyConfig;
import org.certcollect.store.domain.MailAddress;
import org.certcollect.store.domain.MailKind;

/**
 * A type of values of a key.
 *
 * @param allowed a noun phrase for the valid values
 * @param reader the function from text to value; empty if the text is invalid
 */
public record Type<T>(String allowed, Function<String, Optional<T>> reader) {
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

  static final Type<Path> FILE = new Type<>("the name of a file", Type::path);

  static final Type<Path> IMAGE =
      new Type<>(
          "the name of a PNG, SVG, JPEG or WebP file",
          text -> path(text).filter(file -> PageConfig.imageType(file).isPresent()));

  static final Type<String> WEB_URL =
      new Type<>(
          "a URL that begins with https:// or http://",
          text -> Optional.of(text).filter(PageConfig::isUrl));

  static final Type<String> TEXT = new Type<>("a text", Optional::of);

  static final Type<MailAddress> MAIL_ADDRESS =
      new Type<>(
          "an e-mail address",
          text -> {
            try {
              return Optional.of(new MailAddress(text));
            } catch (IllegalArgumentException e) {
              return Optional.empty();
            }
          });

  static final Type<Set<MailKind>> MAIL_KINDS =
      new Type<>(
          "words of " + String.join(", ", EnumWords.all(MailKind.class)),
          text -> {
            Set<MailKind> kinds = EnumSet.noneOf(MailKind.class);
            for (String word : text.split(",", -1)) {
              Optional<MailKind> kind = EnumWords.read(MailKind.class, word.strip());
              if (kind.isEmpty()) {
                return Optional.empty();
              }
              kinds.add(kind.get());
            }
            return Optional.of(kinds);
          });

  /** A text that is written into the header of a mail. */
  static final Type<String> MAIL_NAME =
      new Type<>(
          "a text without control characters",
          text -> Optional.of(text).filter(t -> !t.matches("(?s).*\\p{C}.*")));

  static final Type<String> HTTP_URL =
      new Type<>(
          "an address that begins with https:// or http://",
          text -> Optional.of(text).filter(t -> t.matches("https?://[!-~&&[^\"#<>]]+")));

  static final Type<String> JDBC_URL =
      new Type<>(
          "jdbc:postgresql://host[:port][,host...]/database[?name=...]",
          text -> text.startsWith("jdbc:postgresql:") ? Optional.of(text) : Optional.empty());

  static final Type<CollectDialect> DIALECT =
      new Type<>(
          Arrays.stream(CollectDialect.values())
              .map(CollectDialect::word)
              .collect(Collectors.joining(", ")),
          text ->
              Arrays.stream(CollectDialect.values())
                  .filter(d -> d.word().equals(text))
                  .findFirst());

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

  static Type<Integer> number(int min, int max) {
    return new Type<>(
        "a number from " + min + " to " + max,
        text -> {
          if (!text.matches("[0-9]{1,10}")) {
            return Optional.empty();
          }
          long value = Long.parseLong(text);
          return value < min || value > max ? Optional.empty() : Optional.of((int) value);
        });
  }

  static Type<Integer> size(int min, int max) {
    return new Type<>(
        "a size such as 16KiB, from %s to %s".formatted(Units.size(min), Units.size(max)),
        text -> Units.readSize(text).filter(size -> size >= min && size <= max));
  }

  static Type<Duration> duration(Duration min, Duration max) {
    return new Type<>(
        "a time such as 10s or 5m, from %s to %s"
            .formatted(Units.duration(min), Units.duration(max)),
        text ->
            Units.readDuration(text)
                .filter(time -> time.compareTo(min) >= 0 && time.compareTo(max) <= 0));
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

  public Optional<T> read(String text) {
    return reader.apply(text);
  }
}
