package org.certcollect.store.domain;

import java.util.Arrays;
import java.util.Optional;

/**
 * A PKCS#10 certificate signing request that was read and whose signature was verified. Two are
 * equal if their DER is.
 */
public final class SigningRequest {
  private final byte[] der;
  private final byte[] publicKey;
  private final Optional<String> domain;

  /**
   * Creates a request without any further check.
   *
   * @param der the whole request
   * @param publicKey its SubjectPublicKeyInfo, DER
   * @param domain the domain name that it is for, or empty text if it names none; empty if the name
   *     was not read
   */
  public SigningRequest(byte[] der, byte[] publicKey, Optional<String> domain) {
    this.der = der.clone();
    this.publicKey = publicKey.clone();
    this.domain = domain;
  }

  public byte[] der() {
    return der.clone();
  }

  public byte[] publicKey() {
    return publicKey.clone();
  }

  public Optional<String> domain() {
    return domain;
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
