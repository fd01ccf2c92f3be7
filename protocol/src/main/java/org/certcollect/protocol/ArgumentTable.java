package org.certcollect.protocol;

import static java.util.stream.Collectors.toUnmodifiableMap;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/** A dialect's arguments, in the order in which they are checked. Immutable. */
public final class ArgumentTable {
  private final List<Argument<?>> all;
  private final Map<Endpoint, List<Argument<?>>> tables;
  private final Map<String, Argument<?>> names;

  public ArgumentTable(List<Argument<?>> arguments) {
    all = List.copyOf(arguments);
    tables =
        Arrays.stream(Endpoint.values())
            .collect(toUnmodifiableMap(Function.identity(), this::table));
    names = byName();
  }

  private List<Argument<?>> table(Endpoint endpoint) {
    return all.stream()
        .<Argument<?>>map(argument -> argument)
        .filter(argument -> argument.endpoints().contains(endpoint))
        .toList();
  }

  /** By the name as most clients write it, and by the name in lower case. */
  private Map<String, Argument<?>> byName() {
    return all.stream()
        .<Map.Entry<String, Argument<?>>>flatMap(
            a -> Stream.of(a.name(), lower(a.name())).distinct().map(n -> Map.entry(n, a)))
        .collect(toUnmodifiableMap(Map.Entry::getKey, Map.Entry::getValue));
  }

  /** The arguments of all endpoints, in the table's order. */
  public List<Argument<?>> arguments() {
    return all;
  }

  /** The arguments that an endpoint knows, in the table's order. */
  public List<Argument<?>> arguments(Endpoint endpoint) {
    return tables.getOrDefault(endpoint, List.of());
  }

  /** The argument that has a name, in any ASCII case. Not every endpoint may know it. */
  public Optional<Argument<?>> argument(String name) {
    Argument<?> asWritten = names.get(name);
    return Optional.ofNullable(asWritten != null ? asWritten : names.get(lower(name)));
  }

  /** In lower case, but unlike {@code String.toLowerCase} only the letters of ASCII. */
  private static String lower(String text) {
    StringBuilder lower = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      lower.append(c >= 'A' && c <= 'Z' ? (char) (c + 32) : c);
    }
    return lower.toString();
  }
}
