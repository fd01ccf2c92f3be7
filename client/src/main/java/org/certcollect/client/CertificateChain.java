package org.certcollect.client;

import java.io.ByteArrayInputStream;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.certcollect.protocol.QueryType;
import org.certcollect.protocol.format.Der;
import org.certcollect.protocol.format.PemEncoder;

/**
 * The certificates of an order, one by one. Their content is not checked, apart from their being
 * complete DER structures.
 *
 * @param certificate the order's own certificate; empty if only the CA certificates were asked for
 * @param caCertificates in the order that web servers want: the issuer of the certificate first,
 *     the root last; empty if only the certificate was asked for, or the server knows no issuer
 */
public record CertificateChain(Optional<Der> certificate, List<Der> caCertificates) {
  public CertificateChain {
    caCertificates = List.copyOf(caCertificates);
  }

  /** The chain of certificates in the protocol's order: root first, the order's own last. */
  static CertificateChain ofRootFirst(QueryType part, List<Der> rootFirst) {
    List<Der> certificates = new ArrayList<>(rootFirst);
    Collections.reverse(certificates);
    return part == QueryType.CA_BUNDLE
        ? new CertificateChain(Optional.empty(), certificates)
        : new CertificateChain(
            Optional.of(certificates.get(0)), certificates.subList(1, certificates.size()));
  }

  /** The order's own certificate as PEM, for a {@code .crt} file; empty if it is absent. */
  public String certificatePem() {
    return PemEncoder.certificates(certificate.stream().toList());
  }

  /** The CA certificates as PEM, for a {@code .ca-bundle} file; empty if there are none. */
  public String caBundlePem() {
    return PemEncoder.certificates(caCertificates);
  }

  /** All certificates as PEM, the order's own first, for servers that want one file. */
  public String fullChainPem() {
    return certificatePem() + caBundlePem();
  }

  /**
   * All certificates as objects, the order's own first.
   *
   * @throws CertificateException if this Java cannot read one of them
   */
  public List<X509Certificate> x509() throws CertificateException {
    CertificateFactory factory = CertificateFactory.getInstance("X.509");
    List<X509Certificate> read = new ArrayList<>();
    for (Der der : Stream.concat(certificate.stream(), caCertificates.stream()).toList()) {
      read.add(
          (X509Certificate) factory.generateCertificate(new ByteArrayInputStream(der.bytes())));
    }
    return List.copyOf(read);
  }
}
