package org.certcollect.admin;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Converts the constants of an enum to the words of the command line and of files, and back, for
 * example {@code AWAITING_PAYMENT} to {@code awaiting-payment}.
 */
public final class EnumWords {
  private EnumWords() {}

  public static String of(Enum<?> value) {
    return of(value.name());
  }

  /** The word for the constant with a name. */
  public static String of(String name) {
    return name.toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** The constant for a word; empty if there is none. */
  public static <E extends Enum<E>> Optional<E> read(Class<E> type, String word) {
    return Arrays.stream(type.getEnumConstants())
        .filter(value -> of(value).equals(word))
        .findFirst();
  }

  /** The words for all constants, in their order. */
  public static List<String> all(Class<? extends Enum<?>> type) {
    return Arrays.stream(type.getEnumConstants()).map(EnumWords::of).toList();
  }
}
