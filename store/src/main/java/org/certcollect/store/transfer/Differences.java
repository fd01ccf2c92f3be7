package org.certcollect.store.transfer;

import java.util.List;
import java.util.Optional;

/** The names of the components in which two records differ. */
final class Differences {
  private Differences() {}

  static void add(List<String> names, String name, Object one, Object other) {
    if (!one.equals(other)) {
      names.add(name);
    }
  }

  /** Adds the name if the components differ. If the first one is unknown, they count as equal. */
  static void addKnown(List<String> names, String name, Optional<?> one, Optional<?> other) {
    if (one.isPresent()) {
      add(names, name, one, other);
    }
  }
}
