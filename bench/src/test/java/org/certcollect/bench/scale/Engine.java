package org.certcollect.bench.scale;

import java.util.Locale;

/** A kind of store. */
enum Engine {
  SQLITE,
  POSTGRESQL;

  static Engine of(String word) {
    return valueOf(word.toUpperCase(Locale.ROOT));
  }

  /** The word in arguments, folders and tables. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
