package org.certcollect.bench.compare;

/** One certcollect that is measured; one runs at a time. */
enum Stage {
  SQLITE_EC(KeyType.EC),
  SQLITE_RSA(KeyType.RSA),
  POSTGRESQL(KeyType.EC);

  private final KeyType key;

  Stage(KeyType key) {
    this.key = key;
  }

  KeyType key() {
    return key;
  }

  String word() {
    return Words.of(this).replace('_', '-');
  }
}
