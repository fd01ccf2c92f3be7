package org.certcollect.store.x509;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * A certificate and the issuers above it, as far as they are known.
 *
 * @param certificates the certificate first, its issuer next
 * @param isPresented whether the first one was given, not only known
 * @param isValid whether all of them are valid now
 * @param isSelfSigned whether the last one is self-signed
 * @param validUntil when the first of them expires
 */
record IssuerPath(
    List<ParsedCertificate> certificates,
    boolean isPresented,
    boolean isValid,
    boolean isSelfSigned,
    Instant validUntil) {
  /**
   * The order of preference among paths from one certificate: the greatest is the best. Validity
   * comes first, for an expired path is of no use to a client. A certificate that was given is
   * preferred to one that is only known, for the CA or the operator chose it.
   */
  static final Comparator<IssuerPath> PREFERENCE =
      Comparator.comparing(IssuerPath::isValid)
          .thenComparing(IssuerPath::isPresented)
          .thenComparing(IssuerPath::isSelfSigned)
          .thenComparing(IssuerPath::validUntil)
          .thenComparing(path -> -path.certificates.size())
          .thenComparing(path -> path.certificates.get(0).notBefore());

  IssuerPath {
    certificates = List.copyOf(certificates);
  }

  static IssuerPath end(
      ParsedCertificate certificate, boolean isPresented, boolean isSelfSigned, Instant now) {
    return new IssuerPath(
        List.of(certificate),
        isPresented,
        certificate.isValidAt(now),
        isSelfSigned,
        certificate.notAfter());
  }

  /** This path with a certificate that its first one issued. */
  IssuerPath below(ParsedCertificate certificate, boolean isCertificatePresented, Instant now) {
    List<ParsedCertificate> longer = new ArrayList<>(List.of(certificate));
    longer.addAll(certificates);
    Instant until =
        certificate.notAfter().isBefore(validUntil) ? certificate.notAfter() : validUntil;
    return new IssuerPath(
        longer, isCertificatePresented, isValid && certificate.isValidAt(now), isSelfSigned, until);
  }
}
