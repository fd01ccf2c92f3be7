package org.certcollect.protocol.format;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.certcollect.protocol.OrderNumber;

/**
 * An end entity's certificate with those of its issuers, as the formats need them.
 *
 * @param orderNumber names the files of an archive where there is no DNS name
 * @param dnsName the certificate's first DNS name
 * @param notBefore the time of its file in an archive
 * @param issuers its issuer first, towards the root
 */
public record IssuedCertificate(
    OrderNumber orderNumber,
    Der endEntity,
    Optional<String> dnsName,
    Instant notBefore,
    List<CaCertificate> issuers) {

  public IssuedCertificate {
    issuers = List.copyOf(issuers);
  }

  /**
   * The certificate of an intermediate or a root.
   *
   * @param commonName names its file in an archive
   * @param notBefore the time of its file in an archive
   */
  public record CaCertificate(Der der, Optional<String> commonName, Instant notBefore) {}
}
