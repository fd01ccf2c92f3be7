package org.certcollect.client;

import org.certcollect.protocol.format.Der;
import org.certcollect.protocol.format.PemEncoder;

/**
 * A PKCS#7 structure or a Netscape certificate sequence, with the whole chain in it.
 *
 * @param der the structure, complete but otherwise not checked
 * @param label the words in the markers of its PEM form
 */
public record CertificateStructure(Der der, String label) {
  /** The structure as PEM. */
  public String pem() {
    return PemEncoder.block(label, der);
  }
}
