package org.certcollect.protocol.format;

import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.bouncycastle.asn1.x500.RDN;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x500.style.IETFUtils;
import org.certcollect.protocol.fixtures.Fixtures;
import org.certcollect.protocol.format.IssuedCertificate.CaCertificate;

/** Fixtures as the encoder takes them. */
public final class IssuedFixtures {
  /** The type of a DNS name among the alternative names of a certificate. */
  private static final Integer DNS_NAME = 2;

  private IssuedFixtures() {}

  public static IssuedCertificate of(String chain, long orderNumber) {
    List<X509Certificate> certificates = Fixtures.certificates(chain);
    List<Der> ders = Fixtures.chain(chain).stream().map(Der::of).toList();
    List<CaCertificate> issuers =
        IntStream.range(1, ders.size())
            .mapToObj(i -> caCertificate(ders.get(i), certificates.get(i)))
            .toList();
    X509Certificate endEntity = certificates.get(0);
    return new IssuedCertificate(
        orderNumber,
        ders.get(0),
        dnsName(endEntity),
        endEntity.getNotBefore().toInstant(),
        issuers);
  }

  private static CaCertificate caCertificate(Der der, X509Certificate certificate) {
    return new CaCertificate(der, commonName(certificate), certificate.getNotBefore().toInstant());
  }

  private static Optional<String> dnsName(X509Certificate certificate) {
    try {
      Collection<List<?>> names = certificate.getSubjectAlternativeNames();
      return names == null
          ? Optional.empty()
          : names.stream()
              .filter(name -> name.get(0).equals(DNS_NAME))
              .map(name -> (String) name.get(1))
              .findFirst();
    } catch (CertificateParsingException e) {
      throw new IllegalStateException("a fixture is broken", e);
    }
  }

  private static Optional<String> commonName(X509Certificate certificate) {
    X500Name subject = X500Name.getInstance(certificate.getSubjectX500Principal().getEncoded());
    RDN[] names = subject.getRDNs(BCStyle.CN);
    return names.length == 0
        ? Optional.empty()
        : Optional.of(IETFUtils.valueToString(names[0].getFirst().getValue()));
  }
}
