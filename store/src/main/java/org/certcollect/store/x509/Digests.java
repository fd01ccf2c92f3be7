package org.certcollect.store.x509;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** The digest that certificates are known by. */
final class Digests {
  private Digests() {}

  static byte[] sha256(byte[] bytes) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(bytes);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
