package org.certcollect.bench.compare;

import java.util.List;

/** The kind of the servers' TLS key. */
enum KeyType {
  EC("ec -pkeyopt ec_paramgen_curve:P-256"),
  RSA("rsa:2048");

  private final String openSsl;

  KeyType(String openSsl) {
    this.openSsl = openSsl;
  }

  String word() {
    return Words.of(this);
  }

  /** What follows {@code -newkey} in an openssl command. */
  List<String> openSsl() {
    return List.of(openSsl.split(" ", -1));
  }
}
