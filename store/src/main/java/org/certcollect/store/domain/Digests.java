package org.certcollect.store.domain;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;

/** The digest by which certificates, chains and migrations are known. */
public final class Digests {
  private Digests() {}

  public static byte[] sha256(byte[] bytes) {
    return sha256(List.of(bytes));
  }

  /** The SHA-256 of byte sequences, one after the other. */
  public static byte[] sha256(List<byte[]> parts) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      parts.forEach(digest::update);
      return digest.digest();
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
