package org.certcollect.store.domain;

/** A PKCS#10 certificate signing request that was read and whose signature was verified. */
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
}
