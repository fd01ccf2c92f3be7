package org.certcollect.bench.compare;

/** How the load client uses connections; bench/load.c says more. */
enum Mode {
  KEEP,
  NEW,
  RESUME;

  String word() {
    return Words.of(this);
  }
}
