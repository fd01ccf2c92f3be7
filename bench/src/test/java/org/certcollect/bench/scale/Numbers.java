package org.certcollect.bench.scale;

/** How {@code bench/generate} numbers its orders: one after the other. */
final class Numbers {
  static final long FIRST = 1_000_001;

  private Numbers() {}
}
