package org.certcollect.cli.verb;

import java.math.BigInteger;
import java.net.URI;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Iterator;
import java.util.Optional;
import org.certcollect.admin.EnumWords;
import org.certcollect.cli.config.Units;
import org.certcollect.store.ApiCredential.Scope;
import org.certcollect.store.domain.OrderState;
import org.certcollect.store.domain.OrderValidation.StepProgress;
import org.certcollect.store.domain.OrderValidation.ValidationState;
import org.certcollect.store.domain.OrderValidation.ValidationStep;
import org.certcollect.store.domain.Product;
import picocli.CommandLine;
import picocli.CommandLine.TypeConversionException;

/** The converters from the words of the command line to values. */
public final class Converters {
  private Converters() {}

  public static void register(CommandLine tree) {
    tree.registerConverter(Product.class, text -> word(Product.class, text));
    tree.registerConverter(ValidationState.class, text -> word(ValidationState.class, text));
    tree.registerConverter(ValidationStep.class, text -> word(ValidationStep.class, text));
    tree.registerConverter(StepProgress.class, text -> word(StepProgress.class, text));
    tree.registerConverter(Scope.class, text -> word(Scope.class, text));
    tree.registerConverter(OrderState.class, text -> word(OrderState.class, text));
    tree.registerConverter(Duration.class, Converters::duration);
    tree.registerConverter(URI.class, Converters::url);
    tree.registerConverter(Long.class, Converters::number);
    tree.registerConverter(long.class, Converters::number);
    tree.registerConverter(Integer.class, text -> (int) number(text, Integer.MAX_VALUE));
    tree.registerConverter(int.class, text -> (int) number(text, Integer.MAX_VALUE));
  }

  public static final class ProductWords implements Iterable<String> {
    @Override
    public Iterator<String> iterator() {
      return EnumWords.all(Product.class).iterator();
    }
  }

  public static final class StateWords implements Iterable<String> {
    @Override
    public Iterator<String> iterator() {
      return EnumWords.all(OrderState.class).iterator();
    }
  }

  public static final class ValidationWords implements Iterable<String> {
    @Override
    public Iterator<String> iterator() {
      return EnumWords.all(ValidationState.class).iterator();
    }
  }

  /** Reads the word for a constant. */
  public static <E extends Enum<E>> E word(Class<E> type, String text) {
    return EnumWords.read(type, EnumWords.of(text))
        .orElseThrow(
            () ->
                new TypeConversionException(
                    "'" + text + "' is not one of " + String.join(", ", EnumWords.all(type))));
  }

  private static Duration duration(String text) {
    return years(text)
        .map(years -> Duration.ofDays(365 * years))
        .or(() -> Units.readDuration(text))
        .orElseThrow(
            () ->
                new TypeConversionException(
                    "'%s' is not a time like 1y, 30d, 12h, 10m or 5s".formatted(text)));
  }

  private static Optional<Long> years(String text) {
    return text.matches("[0-9]{1,4}y")
        ? Optional.of(Long.parseLong(text.substring(0, text.length() - 1)))
        : Optional.empty();
  }

  /**
   * Reads a time that lies in the past as a rule: a day, an instant, or a duration before now.
   *
   * @param option the option in the message of an error
   */
  public static Instant instant(String option, String text, Instant now) {
    try {
      return text.indexOf('T') > 0
          ? Instant.parse(text)
          : years(text)
              .map(years -> now.atZone(ZoneOffset.UTC).minusYears(years).toInstant())
              .or(() -> Units.readDuration(text).map(now::minus))
              .orElseGet(() -> LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant());
    } catch (DateTimeException | ArithmeticException e) {
      throw CommandException.usage(
          "%s: '%s' is not a time like 2026-05-14, 2026-05-14T12:00:00Z, 7d or 2y (ago)"
              .formatted(option, text));
    }
  }

  private static URI url(String text) {
    try {
      return URI.create(text);
    } catch (IllegalArgumentException e) {
      // Not shown: it may have a password in it.
      throw new TypeConversionException("it is not a URL like https://collect.example.com");
    }
  }

  /** Reads a number in ASCII digits, as in the configuration. Java alone would read any digits. */
  public static long number(String text) {
    return number(text, Long.MAX_VALUE);
  }

  private static long number(String text, long max) {
    if (!text.matches("[0-9]+")) {
      throw new TypeConversionException(
          "'%s' is not a number in the digits 0 to 9".formatted(text));
    }
    if (new BigInteger(text).compareTo(BigInteger.valueOf(max)) > 0) {
      throw new TypeConversionException("%s is more than %s".formatted(text, Long.toString(max)));
    }
    return Long.parseLong(text);
  }
}
