package org.certcollect.client;

import org.certcollect.protocol.format.Der;
import org.certcollect.protocol.format.PemEncoder;

/**
 * A PKCS#7 structure or a Netscape certificate sequence.
 *
 * @param der the structure as the server sent it, of which {@code bytes()} is a copy
 * @param label the words in the markers of its PEM form
 * @param chain the certificates in it
 */
public record CertificateStructure(Der der, String label, CertificateChain chain) {
  /** The structure as PEM. */
  public String pem() {
    return PemEncoder.block(label, der);
  }
}
