package org.certcollect.protocol;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.certcollect.protocol.form.FormField;

/** The arguments of one request, under the names that a dialect gives them. */
public final class ArgumentValues {
  private final Dialect dialect;
  private final Map<String, String> sent = new HashMap<>();
  private final Set<String> contradictory = new HashSet<>(0);
  private final boolean unrecognised;

  ArgumentValues(Dialect dialect, Endpoint endpoint, List<FormField> fields) {
    this.dialect = dialect;
    boolean unknown = false;
    for (FormField field : fields) {
      Optional<Argument> argument = dialect.argument(endpoint, field.name());
      if (argument.isEmpty()) {
        unknown = true;
      } else if (!field.value().isEmpty()) {
        add(argument.get().name(), field.value());
      }
    }
    unrecognised = unknown;
  }

  private void add(String name, String value) {
    String earlier = sent.putIfAbsent(name, value);
    if (earlier != null && !earlier.equals(value)) {
      contradictory.add(name);
    }
  }

  /** Whether the request has an argument that the endpoint does not know. */
  boolean hasUnrecognised() {
    return unrecognised;
  }

  /** Whether the argument came with a value; an empty one counts as absent. */
  public boolean has(String name) {
    return sent.containsKey(name);
  }

  /** Whether the argument came with different values. */
  boolean isContradictory(String name) {
    return contradictory.contains(name);
  }

  /**
   * The argument's value, or its default.
   *
   * @throws IllegalStateException when there is neither
   */
  public String text(String name) {
    String value = sent.get(name);
    return value != null
        ? value
        : dialect
            .defaultValue(name)
            .orElseThrow(() -> new IllegalStateException(name + " has no value"));
  }

  /** The argument's value, or its default, as an integer. */
  public int integer(String name) {
    return Integer.parseInt(text(name));
  }
}
