package org.certcollect.bench.compare;

import java.util.Locale;

/** The spelling of constants outside of Java. */
final class Words {
  private Words() {}

  static String of(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }
}
