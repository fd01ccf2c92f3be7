package org.certcollect.client;

import java.io.ByteArrayInputStream;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.certcollect.client.InvalidAnswerException.Kind;
import org.certcollect.protocol.QueryType;
import org.certcollect.protocol.format.Der;
import org.certcollect.protocol.format.PemEncoder;

/**
 * The certificates of an order, one by one. They are put in order by the names in them. Signatures
 * and dates are not verified: the server is trusted to hand out the right ones.
 *
 * @param certificate the order's own certificate, of which {@code bytes()} is the DER form; empty
 *     if only the CA certificates were asked for
 * @param caCertificates in the order that web servers want: the issuer of the certificate first,
 *     the root last; empty if only the certificate was asked for, or the server knows no issuer
 */
public record CertificateChain(Optional<Der> certificate, List<Der> caCertificates) {
  public CertificateChain {
    caCertificates = List.copyOf(caCertificates);
  }

  /** The chain of certificates in any order; the first is the order's own if nothing else tells. */
  static CertificateChain of(QueryType part, List<byte[]> encoded) throws InvalidAnswerException {
    List<Der> chain = NamedCertificate.chain(encoded);
    if (part == QueryType.CA_BUNDLE) {
      return new CertificateChain(Optional.empty(), chain);
    }
    if (chain.isEmpty()) {
      throw new InvalidAnswerException(Kind.BAD_CERTIFICATES);
    }
    if (part == QueryType.END_ENTITY && chain.size() > 1) {
      throw new InvalidAnswerException(Kind.NOT_AS_ASKED);
    }
    return new CertificateChain(Optional.of(chain.get(0)), chain.subList(1, chain.size()));
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
