package org.certcollect.store.domain;

import java.util.Arrays;

/**
 * A PKCS#10 certificate signing request that was read and whose signature was verified. Two are
 * equal if their DER is.
 */
public final class SigningRequest {
  private final byte[] der;
  private final byte[] publicKey;

  /**
   * Creates a request without any further check.
   *
   * @param der the whole request
   * @param publicKey its SubjectPublicKeyInfo, DER
   */
  public SigningRequest(byte[] der, byte[] publicKey) {
    this.der = der.clone();
    this.publicKey = publicKey.clone();
  }

  public byte[] der() {
    return der.clone();
  }

  public byte[] publicKey() {
    return publicKey.clone();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof SigningRequest that && Arrays.equals(der, that.der);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(der);
  }
}
