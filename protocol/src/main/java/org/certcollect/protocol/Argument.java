package org.certcollect.protocol;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * An argument of a request, as one row of a dialect's table: its name, the endpoints that know it,
 * and how its value is read. Immutable. The methods that add a rule return a new argument; each
 * argument is equal only to itself.
 *
 * @param <T> the type of its value
 */
public final class Argument<T> {
  private final String name;
  private final Set<Endpoint> endpoints;
  private final Parser<T> parser;
  private final Predicate<ArgumentValues> required;
  private final Optional<T> defaultValue;
  private final List<Condition<T>> conditions;

  /**
   * A rule that depends on other arguments.
   *
   * @param <T> the type of the value
   */
  @FunctionalInterface
  public interface Condition<T> {
    /**
     * Whether the value is valid beside the other arguments.
     *
     * @param others those that stand earlier in the table are parsed already
     */
    boolean accepts(T value, ArgumentValues others);
  }

  private Argument(
      String name,
      Set<Endpoint> endpoints,
      Parser<T> parser,
      Predicate<ArgumentValues> required,
      Optional<T> defaultValue,
      List<Condition<T>> conditions) {
    this.name = name;
    this.endpoints = Set.copyOf(endpoints);
    this.parser = parser;
    this.required = required;
    this.defaultValue = defaultValue;
    this.conditions = List.copyOf(conditions);
  }

  /**
   * An optional argument without a default.
   *
   * @param name as messages write it; compared without regard to ASCII case
   * @param endpoints those that know the argument; to any other it is unrecognised
   */
  public static <T> Argument<T> optional(String name, Set<Endpoint> endpoints, Parser<T> parser) {
    return new Argument<>(name, endpoints, parser, values -> false, Optional.empty(), List.of());
  }

  /** The same argument, required in every request. */
  public Argument<T> required() {
    return requiredIf(values -> true);
  }

  /** The same argument, required in a request that has certain other arguments. */
  public Argument<T> requiredIf(Predicate<ArgumentValues> condition) {
    return new Argument<>(name, endpoints, parser, condition, defaultValue, conditions);
  }

  /** The same argument with a value for requests that do not have it. */
  public Argument<T> withDefault(T value) {
    return new Argument<>(name, endpoints, parser, required, Optional.of(value), conditions);
  }

  /** The same argument with one more rule. */
  public Argument<T> onlyIf(Condition<T> condition) {
    List<Condition<T>> more = new ArrayList<>(conditions);
    more.add(condition);
    return new Argument<>(name, endpoints, parser, required, defaultValue, more);
  }

  /** The name as messages write it. */
  public String name() {
    return name;
  }

  /** The endpoints that know it. */
  public Set<Endpoint> endpoints() {
    return endpoints;
  }

  /** The value in requests that do not have the argument. */
  public Optional<T> defaultValue() {
    return defaultValue;
  }

  /** The parser of a text, without the rules that depend on other arguments. */
  Parser<T> parser() {
    return parser;
  }

  /** Whether a request with these other arguments must have this one. */
  public boolean isRequired(ArgumentValues values) {
    return required.test(values);
  }

  /** The value that a text stands for beside the other arguments; empty if it is invalid. */
  Optional<T> read(String text, ArgumentValues others) {
    Optional<T> value = parser.parse(text);
    if (value.isPresent()) {
      for (Condition<T> condition : conditions) {
        if (!condition.accepts(value.get(), others)) {
          return Optional.empty();
        }
      }
    }
    return value;
  }

  @Override
  public String toString() {
    return name;
  }
}
