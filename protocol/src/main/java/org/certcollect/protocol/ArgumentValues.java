package org.certcollect.protocol;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.certcollect.protocol.form.FormField;

/** The arguments of one request, under the names that a dialect gives them. */
public final class ArgumentValues {
  private final Dialect dialect;
  private final Map<String, List<String>> sent = new HashMap<>();
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

  /** Two different values are enough to know that they contradict each other. */
  private void add(String name, String value) {
    List<String> values = sent.computeIfAbsent(name, unused -> new ArrayList<>(1));
    if (values.size() < 2 && !values.contains(value)) {
      values.add(value);
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
    return sent.getOrDefault(name, List.of()).size() > 1;
  }

  /**
   * The argument's value, or its default.
   *
   * @throws IllegalStateException when there is neither
   */
  public String text(String name) {
    List<String> values = sent.get(name);
    return values != null
        ? values.get(0)
        : dialect
            .defaultValue(name)
            .orElseThrow(() -> new IllegalStateException(name + " has no value"));
  }

  /** The argument's value, or its default, as an integer. */
  public int integer(String name) {
    return Integer.parseInt(text(name));
  }
}
