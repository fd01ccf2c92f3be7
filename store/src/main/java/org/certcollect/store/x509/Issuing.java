package org.certcollect.store.x509;

import java.util.Arrays;
import java.util.Optional;

/** Decides whether one certificate may be the issuer of another. */
public final class Issuing {
  private Issuing() {}

  /**
   * Whether the issuer's subject is the name that the certificate gives its issuer, compared as RFC
   * 5280, section 7.1 says.
   */
  static boolean isNamed(ParsedCertificate issuer, ParsedCertificate certificate) {
    return issuer.subject().equals(certificate.issuer());
  }

  /** Whether both key identifiers (RFC 5280, sections 4.2.1.1 and 4.2.1.2) are there and equal. */
  static boolean isSameKeyIdentifier(ParsedCertificate issuer, ParsedCertificate certificate) {
    Optional<byte[]> own = issuer.subjectKeyIdentifier();
    Optional<byte[]> wanted = certificate.authorityKeyIdentifier();
    return own.isPresent() && wanted.isPresent() && Arrays.equals(own.get(), wanted.get());
  }

  /** Whether both key identifiers are there and differ: then it is a CA of the same name. */
  static boolean isOtherKeyIdentifier(ParsedCertificate issuer, ParsedCertificate certificate) {
    return issuer.subjectKeyIdentifier().isPresent()
        && certificate.authorityKeyIdentifier().isPresent()
        && !isSameKeyIdentifier(issuer, certificate);
  }

  static SignatureCheck check(ParsedCertificate issuer, ParsedCertificate certificate) {
    return certificate.checkSignature(issuer.key());
  }

  /** Whether the issuer has the right name, and its key is not known to be the wrong one. */
  static boolean mayHaveIssued(ParsedCertificate issuer, ParsedCertificate certificate) {
    if (!isNamed(issuer, certificate)) {
      return false;
    }
    SignatureCheck check = check(issuer, certificate);
    return check.equals(SignatureCheck.VALID)
        || (check instanceof SignatureCheck.Unknown && !isOtherKeyIdentifier(issuer, certificate));
  }

  /** Whether the issuer has the right name and its key signed the certificate. */
  static boolean isIssuer(ParsedCertificate issuer, ParsedCertificate certificate) {
    return isNamed(issuer, certificate) && check(issuer, certificate).equals(SignatureCheck.VALID);
  }

  /** Whether it names itself as its issuer, and was signed with its own key. */
  public static boolean isSelfSigned(ParsedCertificate certificate) {
    return isIssuer(certificate, certificate);
  }

  /**
   * Whether it is a CA certificate: it says so, or it is of the time, or a root, that could not
   * yet.
   */
  public static boolean isCa(ParsedCertificate certificate) {
    return certificate
        .saysThatItIsCa()
        .orElseGet(() -> certificate.isVersion1() || mayHaveIssued(certificate, certificate));
  }

  /**
   * Whether it says that it is a CA, and has another issuer: no order is for such a one. The
   * self-signed certificates of servers often say it, too, as OpenSSL makes them so.
   */
  static boolean isSubordinateCa(ParsedCertificate certificate) {
    return certificate.saysThatItIsCa().orElse(false) && !mayHaveIssued(certificate, certificate);
  }
}
