package org.certcollect.store.x509;

import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;

/** Which certificate may issue which. */
public final class Issuing {
  private static final String BASIC_CONSTRAINTS = "2.5.29.19";

  private Issuing() {}

  /** Whether the issuer's name is the one that the certificate names. */
  static boolean isNamed(X509Certificate issuer, X509Certificate certificate) {
    return issuer.getSubjectX500Principal().equals(certificate.getIssuerX500Principal());
  }

  /** Whether the certificate was signed with the issuer's key. */
  static boolean isSigned(X509Certificate issuer, X509Certificate certificate) {
    try {
      certificate.verify(issuer.getPublicKey());
      return true;
    } catch (GeneralSecurityException e) {
      return false;
    }
  }

  static boolean isIssuer(X509Certificate issuer, X509Certificate certificate) {
    return isNamed(issuer, certificate) && isSigned(issuer, certificate);
  }

  /** Whether it names itself as its issuer, and was signed with its own key. */
  public static boolean isSelfSigned(X509Certificate certificate) {
    return isIssuer(certificate, certificate);
  }

  /**
   * Whether it is a CA certificate: it says so, or it is of the time, or a root, that could not
   * yet.
   */
  public static boolean isCa(X509Certificate certificate) {
    boolean silent = certificate.getExtensionValue(BASIC_CONSTRAINTS) == null;
    return certificate.getBasicConstraints() >= 0
        || (silent && (certificate.getVersion() == 1 || isSelfSigned(certificate)));
  }

  /**
   * Whether it says that it is a CA, and has an issuer: no order is for such a one. Self-signed
   * ones of servers often say it, too, as OpenSSL makes them so.
   */
  static boolean isSubordinateCa(X509Certificate certificate) {
    return certificate.getBasicConstraints() >= 0 && !isSelfSigned(certificate);
  }
}
