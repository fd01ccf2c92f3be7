package org.certcollect.protocol.format;

import java.text.Normalizer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/**
 * An end entity's certificate with the certificates of its issuers, and what an archive needs to
 * know of them. Immutable.
 *
 * @param orderNumber names the files of an archive if there is no DNS name
 * @param dnsName the certificate's first DNS name
 * @param notBefore the time of the certificate's file in an archive
 * @param issuers the certificate's issuer first, then towards the root
 */
public record IssuedCertificate(
    long orderNumber,
    Der endEntity,
    Optional<String> dnsName,
    Instant notBefore,
    List<CaCertificate> issuers) {

  public IssuedCertificate {
    issuers = List.copyOf(issuers);
  }

  /** A part of the chain, end entity first, then towards the root. */
  public List<Der> certificates(ChainPart part) {
    List<Der> certificates = new ArrayList<>();
    if (part != ChainPart.ISSUERS) {
      certificates.add(endEntity);
    }
    if (part != ChainPart.END_ENTITY) {
      issuers.forEach(issuer -> certificates.add(issuer.der()));
    }
    return certificates;
  }

  /** A part of the chain, from the root towards the end entity. */
  public List<Der> rootFirst(ChainPart part) {
    List<Der> certificates = certificates(part);
    Collections.reverse(certificates);
    return certificates;
  }

  /**
   * A name for a file of the certificate that every file system can hold: its first DNS name, or
   * else that of the person, or else the order number.
   *
   * @param person its common name, of which ASCII letters and digits are used
   * @param extension the end of the name, for example {@code .pem}
   */
  public String fileName(Optional<String> person, String extension) {
    String plain = Normalizer.normalize(person.orElse(""), Normalizer.Form.NFKD).strip();
    String safe =
        plain
            .replaceAll("\\s+", "_")
            .replaceAll("[^A-Za-z0-9_-]", "")
            .replaceAll("^[_-]+|[_-]+$", "");
    boolean isUsed = dnsName.isEmpty() && !safe.isEmpty();
    return new ArchiveNames().unique(isUsed ? safe : ArchiveNames.base(this), extension);
  }

  /**
   * The certificate of an intermediate or a root.
   *
   * @param commonName names its file in an archive
   * @param notBefore the time of its file in an archive
   */
  public record CaCertificate(Der der, Optional<String> commonName, Instant notBefore) {}
}
