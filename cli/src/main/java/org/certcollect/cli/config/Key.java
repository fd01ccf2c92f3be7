package org.certcollect.cli.config;

import java.util.Locale;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * A key of the configuration.
 *
 * @param name the name in the file, for example {@code https.port}
 * @param byDefault the default as text; empty if the key may have no value
 * @param example a value for docs/configuration.md; empty if the default is shown
 * @param meaning a noun phrase for the operator, without a full stop
 * @param mask the function that hides secrets in a value
 */
public record Key<T>(
    String name,
    Type<T> type,
    Optional<String> byDefault,
    Optional<String> example,
    String meaning,
    UnaryOperator<String> mask) {
  static final String PREFIX = "CERTCOLLECT_";

  /** A key without a mask. An empty default or example stands for none. */
  static <T> Key<T> of(
      String name, Type<T> type, String byDefault, String example, String meaning) {
    return new Key<>(
        name,
        type,
        Optional.of(byDefault).filter(text -> !text.isEmpty()),
        Optional.of(example).filter(text -> !text.isEmpty()),
        meaning,
        UnaryOperator.identity());
  }

  /** The same key with a mask, because its value may contain secrets. */
  Key<T> masked(UnaryOperator<String> itsMask) {
    return new Key<>(name, type, byDefault, example, meaning, itsMask);
  }

  public String variable() {
    return variable(name);
  }

  static String variable(String name) {
    return PREFIX + name.toUpperCase(Locale.ROOT).replace('.', '_').replace('-', '_');
  }

  public String shown(String value) {
    return mask.apply(value);
  }
}
