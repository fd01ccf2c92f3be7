package org.certcollect.store.transfer;

import java.util.List;
import java.util.Optional;

/** Names the components in which two records differ. */
final class Differences {
  private Differences() {}

  static void add(List<String> names, String name, Object one, Object other) {
    if (!one.equals(other)) {
      names.add(name);
    }
  }

  /** What is not known of one record is taken to be as in the other. */
  static void addKnown(List<String> names, String name, Optional<?> one, Optional<?> other) {
    if (one.isPresent()) {
      add(names, name, one, other);
    }
  }
}
