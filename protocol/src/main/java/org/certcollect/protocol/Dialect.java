package org.certcollect.protocol;

import static java.util.stream.Collectors.toUnmodifiableMap;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * A version of the protocol as data: the arguments that exist, in the order in which they are
 * checked, the texts of the messages, and the lines that an answer begins with. {@link
 * Specification106#DIALECT} is one.
 */
public final class Dialect {
  private final List<Argument> arguments;
  private final Function<StatusCode, String> texts;
  private final List<HeadLine> head;
  private final Map<Endpoint, List<Argument>> tables;
  private final Map<Endpoint, Map<String, Argument>> known;
  private final Map<String, String> defaults;

  /**
   * @param arguments the table, in its order
   * @param texts the second line of a negative answer, with {@code xxxx} for an argument's name
   * @param head the lines before the data, in their order
   */
  public Dialect(
      List<Argument> arguments, Function<StatusCode, String> texts, List<HeadLine> head) {
    this.arguments = List.copyOf(arguments);
    this.texts = texts;
    this.head = List.copyOf(head);
    tables = eachEndpoint(this::table);
    known = eachEndpoint(this::byName);
    defaults =
        arguments.stream()
            .filter(argument -> argument.defaultValue().isPresent())
            .collect(toUnmodifiableMap(Argument::name, a -> a.defaultValue().orElseThrow()));
  }

  private static <T> Map<Endpoint, T> eachEndpoint(Function<Endpoint, T> value) {
    return Arrays.stream(Endpoint.values()).collect(toUnmodifiableMap(Function.identity(), value));
  }

  private List<Argument> table(Endpoint endpoint) {
    return arguments.stream().filter(a -> a.endpoints().contains(endpoint)).toList();
  }

  /** By their names as most callers write them, and by those in lower case. */
  private Map<String, Argument> byName(Endpoint endpoint) {
    return arguments(endpoint).stream()
        .flatMap(a -> Stream.of(a.name(), lower(a.name())).distinct().map(n -> Map.entry(n, a)))
        .collect(toUnmodifiableMap(Map.Entry::getKey, Map.Entry::getValue));
  }

  public List<Argument> arguments() {
    return arguments;
  }

  public List<HeadLine> head() {
    return head;
  }

  /** The arguments that an endpoint knows, in the table's order. */
  public List<Argument> arguments(Endpoint endpoint) {
    return tables.getOrDefault(endpoint, List.of());
  }

  /** The argument that an endpoint knows under a name in any ASCII case. */
  public Optional<Argument> argument(Endpoint endpoint, String name) {
    Map<String, Argument> arguments = known.getOrDefault(endpoint, Map.of());
    Argument asWritten = arguments.get(name);
    return Optional.ofNullable(asWritten != null ? asWritten : arguments.get(lower(name)));
  }

  Optional<String> defaultValue(String name) {
    return Optional.ofNullable(defaults.get(name));
  }

  /** The second line of a refusal. */
  public String message(CollectResult.Refused refused) {
    return texts.apply(refused.status()).replace("xxxx", refused.argument().orElse("xxxx"));
  }

  /** Unlike {@code String.toLowerCase}, takes no letter beyond ASCII for an ASCII one. */
  private static String lower(String text) {
    StringBuilder lower = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      lower.append(c >= 'A' && c <= 'Z' ? (char) (c + 32) : c);
    }
    return lower.toString();
  }
}
