package org.certcollect.protocol;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToIntFunction;

/**
 * Reads the value of an argument from its text.
 *
 * @param <T> the type of the value
 */
@FunctionalInterface
public interface Parser<T> {
  /**
   * The value that a text stands for; empty if it stands for none.
   *
   * @param text not empty
   */
  Optional<T> parse(String text);

  /**
   * A parser of integers (ASCII digits, no sign, leading zeros allowed) that each stand for a
   * value.
   *
   * @param number the integer that stands for a value
   */
  static <T> Parser<T> ofIntegers(List<T> values, ToIntFunction<T> number) {
    Map<Long, Optional<T>> byNumber = new HashMap<>();
    values.forEach(value -> byNumber.put((long) number.applyAsInt(value), Optional.of(value)));
    return text ->
        Integers.parse(text).flatMap(found -> byNumber.getOrDefault(found, Optional.empty()));
  }

  /** A parser of words, compared exactly, that each stand for a value. */
  static <T> Parser<T> ofWords(Map<String, T> words) {
    Map<String, T> known = Map.copyOf(words);
    return text -> Optional.ofNullable(known.get(text));
  }
}
