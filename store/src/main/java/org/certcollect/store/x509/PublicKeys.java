package org.certcollect.store.x509;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;

/** Compares public keys. */
public final class PublicKeys {
  private PublicKeys() {}

  /**
   * Whether a certificate carries that key.
   *
   * @param publicKey a SubjectPublicKeyInfo, DER
   */
  public static boolean isKeyOf(byte[] publicKey, Certificate certificate) {
    PublicKey carried = CertificateReader.parse(certificate).getPublicKey();
    if (Arrays.equals(publicKey, carried.getEncoded())) {
      return true;
    }
    try {
      // The same key may be written in two ways; read and written by one hand it is the same.
      PublicKey other =
          KeyFactory.getInstance(carried.getAlgorithm())
              .generatePublic(new X509EncodedKeySpec(publicKey));
      return Arrays.equals(other.getEncoded(), carried.getEncoded());
    } catch (GeneralSecurityException e) {
      return false;
    }
  }
}
