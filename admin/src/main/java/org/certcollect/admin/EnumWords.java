package org.certcollect.admin;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The words for the constants of an enum, as people and files have them: {@code awaiting-payment}
 * for {@code AWAITING_PAYMENT}.
 */
public final class EnumWords {
  private EnumWords() {}

  public static String of(Enum<?> value) {
    return of(value.name());
  }

  /** The word for the constant of that name. */
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
