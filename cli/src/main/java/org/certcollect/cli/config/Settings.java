package org.certcollect.cli.config;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The value and origin of each key. Every value is valid for its key. */
public final class Settings {
  private final KeyTable table;
  private final Map<String, Entry> set;

  private Settings(KeyTable table, Map<String, Entry> set) {
    this.table = table;
    this.set = set;
  }

  /**
   * Creates settings from entries. A later entry of a key replaces an earlier one.
   *
   * @param problems the list for problems; an entry with a problem counts as not set
   */
  static Settings of(KeyTable table, List<Entry> entries, List<String> problems) {
    Map<String, Entry> set = new HashMap<>();
    for (Entry entry : entries) {
      Optional<String> problem = problem(table, entry);
      if (problem.isPresent()) {
        problems.add(entry.origin().text() + ": " + problem.get());
      } else if (entry.value().isEmpty()) {
        set.remove(entry.name());
      } else {
        set.put(entry.name(), entry);
      }
    }
    return new Settings(table, set);
  }

  private static Optional<String> problem(KeyTable table, Entry entry) {
    String removed = table.removed().get(entry.name());
    if (removed != null) {
      return Optional.of("%s was removed: %s".formatted(entry.name(), removed));
    }
    Optional<Key<?>> known = table.named(entry.name());
    if (known.isEmpty()) {
      return Optional.of(
          "there is no key %s; %s".formatted(entry.name(), table.advice(entry.name())));
    }
    Key<?> key = known.get();
    if (entry.value().isEmpty() || key.type().read(entry.value()).isPresent()) {
      return Optional.empty();
    }
    return Optional.of(
        "%s = %s is invalid: expected %s"
            .formatted(key.name(), key.shown(entry.value()), key.type().allowed()));
  }

  <T> Optional<T> find(Key<T> key) {
    return text(key).flatMap(key.type()::read);
  }

  <T> T get(Key<T> key) {
    return find(key).orElseThrow(() -> new IllegalStateException(key.name() + " has no value"));
  }

  /** A file; a relative name is resolved against the folder of its origin. */
  Optional<Path> file(Key<Path> key) {
    return find(key).map(file -> origin(key).folder().resolve(file));
  }

  Entry.SettingOrigin origin(Key<?> key) {
    Entry entry = set.get(key.name());
    return entry == null ? Entry.SettingOrigin.DEFAULT : entry.origin();
  }

  private Optional<String> text(Key<?> key) {
    Entry entry = set.get(key.name());
    return entry == null ? key.byDefault() : Optional.of(entry.value());
  }

  /**
   * The names of the keys that have other values here than in other settings.
   *
   * @param live whether to name the keys that a running server takes over, or the others
   */
  public List<String> changedSince(Settings other, boolean live) {
    return table.keys().stream()
        .filter(key -> Keys.isLive(key) == live && !text(key).equals(other.text(key)))
        .<String>map(Key::name)
        .toList();
  }

  public List<Shown> shown() {
    return table.keys().stream()
        .<Shown>map(
            key ->
                new Shown(key.name(), text(key).map(key::shown), origin(key).text(), key.meaning()))
        .toList();
  }

  /**
   * A key in a printed configuration.
   *
   * @param value the value, masked if it is secret; empty if there is none
   */
  public record Shown(String name, Optional<String> value, String origin, String meaning) {}
}
