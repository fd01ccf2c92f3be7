package org.certcollect.protocol.format;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;
import org.certcollect.protocol.EncodedCertificates;
import org.certcollect.protocol.QueryType;
import org.certcollect.protocol.ResponseEncoding;
import org.certcollect.protocol.ResponseType;
import org.certcollect.protocol.format.IssuedCertificate.CaCertificate;

/**
 * Puts certificates into the form that a request asks for (specification 1.06, {@code queryType},
 * {@code responseType}, {@code responseEncoding}; reading, section 4).
 */
public final class CertificateEncoder {
  private static final String CERTIFICATE = "CERTIFICATE";

  private CertificateEncoder() {}

  /**
   * The data behind a status of 2. For a chain of one and a CA bundle it is empty, or an empty
   * archive.
   *
   * @throws IllegalArgumentException for a combination that the table of arguments refuses
   */
  public static EncodedCertificates encode(
      IssuedCertificate issued, QueryType query, ResponseType type, ResponseEncoding encoding) {
    requireSense(query, type, encoding);
    return switch (type) {
      case INDIVIDUALLY -> text(individually(issued, query));
      case ZIP -> text(Base64Lines.encode(ZipArchive.of(issued, query)));
      case PKCS7 -> pkcs7(CertificateSets.pkcs7(leafFirst(issued)), encoding);
      case NETSCAPE_SEQUENCE ->
          text(Base64Lines.pem(CERTIFICATE, CertificateSets.netscapeSequence(leafFirst(issued))));
    };
  }

  private static void requireSense(QueryType query, ResponseType type, ResponseEncoding encoding) {
    boolean set = type == ResponseType.PKCS7 || type == ResponseType.NETSCAPE_SEQUENCE;
    if (query == QueryType.STATUS
        || (set && query != QueryType.EVERYTHING)
        || (encoding == ResponseEncoding.BINARY && type != ResponseType.PKCS7)) {
      throw new IllegalArgumentException(query + " cannot go as " + type + " in " + encoding);
    }
  }

  private static EncodedCertificates pkcs7(Der structure, ResponseEncoding encoding) {
    return switch (encoding) {
      case BASE64 -> text(Base64Lines.pem("PKCS7", structure));
      case BINARY -> EncodedCertificates.of(structure.bytes());
    };
  }

  /** The root first and the end entity last (section 2.2.3). */
  private static String individually(IssuedCertificate issued, QueryType query) {
    List<Der> certificates = new ArrayList<>();
    if (query != QueryType.CA_BUNDLE) {
      certificates.add(issued.endEntity());
    }
    if (query != QueryType.END_ENTITY) {
      issued.issuers().forEach(issuer -> certificates.add(issuer.der()));
    }
    Collections.reverse(certificates);
    return pem(certificates);
  }

  static String pem(List<Der> certificates) {
    return certificates.stream()
        .map(certificate -> Base64Lines.pem(CERTIFICATE, certificate))
        .collect(Collectors.joining());
  }

  private static List<Der> leafFirst(IssuedCertificate issued) {
    List<Der> chain = new ArrayList<>();
    chain.add(issued.endEntity());
    issued.issuers().stream().map(CaCertificate::der).forEach(chain::add);
    return chain;
  }

  private static EncodedCertificates text(String text) {
    return EncodedCertificates.of(text.getBytes(US_ASCII));
  }
}
