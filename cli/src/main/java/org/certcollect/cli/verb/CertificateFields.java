package org.certcollect.cli.verb;

import org.certcollect.cli.output.Fields;
import org.certcollect.store.x509.Certificate;
import org.certcollect.store.x509.DistinguishedName;

/** The printed fields of a certificate. */
public final class CertificateFields {
  private CertificateFields() {}

  public static Fields of(Certificate certificate) {
    return new Fields()
        .add("subject", DistinguishedName.of(certificate.subject()).text())
        .add("notBefore", certificate.notBefore())
        .add("notAfter", certificate.notAfter())
        .add("sha256", certificate.fingerprint());
  }
}
