package org.certcollect.bench.generate;

import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** The kinds of keys that generated certificates have: RSA 2048 or EC P-256. */
enum KeyKinds {
  /** Every other authority has an RSA key, and one of sixteen end entities. */
  MIXED,
  /** All end entities have EC keys, and all authorities RSA keys. */
  EC_BELOW_RSA,
  /** All end entities have RSA keys, and all authorities EC keys. */
  RSA_BELOW_EC;

  private static final int EVERY_RSA = 16;

  static Optional<KeyKinds> read(String word) {
    return Stream.of(values()).filter(keys -> keys.word().equals(word)).findFirst();
  }

  String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  boolean isRsaAuthority(int index) {
    return this == MIXED ? index % 2 == 0 : this == EC_BELOW_RSA;
  }

  boolean isRsaEndEntity(int index) {
    return this == MIXED ? index % EVERY_RSA == 0 : this == RSA_BELOW_EC;
  }
}
