package org.certcollect.cli.config;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A table of the keys of a configuration.
 *
 * @param removed the keys of earlier versions, each with an instruction
 */
public record KeyTable(List<Key<?>> keys, Map<String, String> removed) {
  public KeyTable {
    keys = List.copyOf(keys);
    removed = Map.copyOf(removed);
  }

  Optional<Key<?>> named(String name) {
    return keys.stream().<Key<?>>map(key -> key).filter(key -> key.name().equals(name)).findFirst();
  }

  /** The name of the key, known or removed, that an environment variable stands for. */
  Optional<String> nameOf(String variable) {
    return keys.stream()
        .filter(key -> key.variable().equals(variable))
        .<String>map(Key::name)
        .findFirst()
        .or(
            () ->
                removed.keySet().stream()
                    .filter(name -> Key.variable(name).equals(variable))
                    .findFirst());
  }

  String advice(String name) {
    return Spelling.closest(name, keys.stream().<String>map(Key::name).toList())
        .map(close -> "did you mean " + close + "?")
        .orElse("`certcollect config show` lists those that exist");
  }
}
