package org.certcollect.cli.config;

import java.util.Locale;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * One key of the configuration.
 *
 * @param name as it stands in the file, for example {@code https.port}
 * @param byDefault the text that holds where nothing is set; empty where absence means something
 * @param meaning one line for the operator
 * @param mask a value as it may be shown
 */
public record Key<T>(
    String name,
    Type<T> type,
    Optional<String> byDefault,
    String meaning,
    UnaryOperator<String> mask) {
  static final String PREFIX = "CERTCOLLECT_";

  /** A key that always has a value. */
  static <T> Key<T> of(String name, Type<T> type, String byDefault, String meaning) {
    return new Key<>(name, type, Optional.of(byDefault), meaning, UnaryOperator.identity());
  }

  /** A key that may have no value. */
  static <T> Key<T> optional(String name, Type<T> type, String meaning) {
    return new Key<>(name, type, Optional.empty(), meaning, UnaryOperator.identity());
  }

  /** A key that may have no value, and whose value nobody is shown. */
  static <T> Key<T> secret(String name, Type<T> type, String meaning) {
    return new Key<>(name, type, Optional.empty(), meaning, value -> "********");
  }

  /** The same key, whose value may hold secrets among the rest. */
  Key<T> masked(UnaryOperator<String> itsMask) {
    return new Key<>(name, type, byDefault, meaning, itsMask);
  }

  /** The environment variable that sets it. */
  public String variable() {
    return PREFIX + name.toUpperCase(Locale.ROOT).replace('.', '_').replace('-', '_');
  }

  /** A value as it may be shown. */
  public String shown(String value) {
    return mask.apply(value);
  }
}
