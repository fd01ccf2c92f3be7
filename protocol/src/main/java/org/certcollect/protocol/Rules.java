package org.certcollect.protocol;

import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/** The rules that a table of arguments is made of. */
public final class Rules {
  private Rules() {}

  /** At most so many characters. */
  public static Rule text(int maxLength) {
    return (value, others) -> Text.fits(value, maxLength);
  }

  /** An order number, 1 to 2^63-1. */
  public static Rule orderNumber() {
    return (value, others) -> OrderNumber.parse(value).isPresent();
  }

  /** A decimal integer from 0 to {@code max}. */
  public static Rule upTo(int max) {
    return (value, others) -> Integers.parse(value).filter(number -> number <= max).isPresent();
  }

  /** Exactly one of those values. */
  public static Rule oneOf(String... values) {
    Set<String> allowed = Set.of(values);
    return (value, others) -> allowed.contains(value);
  }

  /** A media type that may stand in a Content-Type header. */
  public static Rule mediaType() {
    return (value, others) -> MediaType.isValid(value);
  }

  /** None of those arguments beside it. */
  public static Rule without(String... names) {
    List<String> excluded = List.of(names);
    return (value, others) -> {
      for (String name : excluded) {
        if (others.has(name)) {
          return false;
        }
      }
      return true;
    };
  }

  /**
   * One of those integers only where the condition holds. Where only the status is asked for,
   * nothing is encoded, and the condition is not looked at.
   */
  public static Rule needs(Set<Integer> values, Predicate<ArgumentValues> condition) {
    return (value, others) ->
        !values.contains(Integer.valueOf(value))
            || others.integer(Argument.QUERY_TYPE) == QueryType.STATUS.value()
            || condition.test(others);
  }
}
