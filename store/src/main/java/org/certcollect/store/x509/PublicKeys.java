package org.certcollect.store.x509;

import java.util.Arrays;

/** Compares public keys. */
public final class PublicKeys {
  private PublicKeys() {}

  /**
   * Whether a certificate carries that key, which may be written in another way.
   *
   * @param publicKey a SubjectPublicKeyInfo, DER
   */
  public static boolean isKeyOf(byte[] publicKey, Certificate certificate) {
    VerificationKey carried = ParsedCertificate.of(certificate.der()).key();
    if (Arrays.equals(publicKey, carried.encoded())) {
      return true;
    }
    try {
      return new VerificationKey(new DerReader(publicKey).next(DerElement.SEQUENCE))
          .isSameAs(carried);
    } catch (MalformedDerException e) {
      return false;
    }
  }
}
