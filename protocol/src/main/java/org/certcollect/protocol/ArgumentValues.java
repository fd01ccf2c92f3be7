package org.certcollect.protocol;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.certcollect.protocol.form.FormField;

/**
 * The arguments of one request, each with the text that was sent and, once {@link RequestReader}
 * has parsed it, with its value. Confined to the thread that reads the request. It has no {@code
 * toString} that shows a value: one may be a password.
 */
public final class ArgumentValues {
  private final Endpoint endpoint;
  private final Map<Argument<?>, Sent> sent = new HashMap<>();
  private final Optional<String> unrecognised;

  /** The value that was sent for one argument. */
  private static final class Sent {
    private final String text;
    private boolean contradictory;
    private Optional<?> value = Optional.empty();

    private Sent(String text) {
      this.text = text;
    }
  }

  ArgumentValues(ArgumentTable table, Endpoint endpoint, List<FormField> fields) {
    this.endpoint = endpoint;
    Optional<String> unknown = Optional.empty();
    for (FormField field : fields) {
      Optional<Argument<?>> argument = table.argument(field.name());
      argument.ifPresent(known -> add(known, field.value()));
      if (unknown.isEmpty() && (argument.isEmpty() || !isKnown(argument.get()))) {
        unknown = Optional.of(field.name());
      }
    }
    unrecognised = unknown;
  }

  private boolean isKnown(Argument<?> argument) {
    return argument.endpoints().contains(endpoint);
  }

  private void add(Argument<?> argument, String text) {
    if (text.isEmpty()) {
      return;
    }
    Sent earlier = sent.get(argument);
    if (earlier == null) {
      sent.put(argument, new Sent(text));
    } else if (!earlier.text.equals(text)) {
      earlier.contradictory = true;
    }
  }

  /** The first name that the endpoint does not know, as it was sent. */
  Optional<String> unrecognised() {
    return unrecognised;
  }

  /** The endpoint that was asked. */
  public Endpoint endpoint() {
    return endpoint;
  }

  /** Whether the argument was sent with a text; an empty one counts as absent. */
  public boolean has(Argument<?> argument) {
    return sent.containsKey(argument) && isKnown(argument);
  }

  /**
   * The value that the text of an argument stands for, before any check and without its rules, even
   * if the endpoint does not know the argument; empty if there is none, or different ones.
   */
  public <T> Optional<T> peek(Argument<T> argument) {
    Sent given = sent.get(argument);
    return given == null || given.contradictory
        ? Optional.empty()
        : argument.parser().parse(given.text);
  }

  /** Parses the text of an argument that was sent. Returns whether it is valid. */
  boolean parse(Argument<?> argument) {
    Sent given = sent.get(argument);
    if (given == null || given.contradictory) {
      return false;
    }
    given.value = argument.read(given.text, this);
    return given.value.isPresent();
  }

  /**
   * The value of an argument, or its default.
   *
   * @throws IllegalStateException if there is neither, or if the argument is not parsed yet
   */
  @SuppressWarnings("unchecked") // Only parse sets a value: the one that the argument itself read.
  public <T> T get(Argument<T> argument) {
    Sent given = sent.get(argument);
    Optional<T> value = given == null ? argument.defaultValue() : (Optional<T>) given.value;
    if (value.isEmpty()) {
      throw new IllegalStateException(argument.name() + " has no value");
    }
    return value.get();
  }
}
