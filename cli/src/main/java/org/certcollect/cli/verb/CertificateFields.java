package org.certcollect.cli.verb;

import javax.security.auth.x500.X500Principal;
import org.certcollect.cli.output.Fields;
import org.certcollect.store.x509.Certificate;

/** What is printed of a certificate. */
public final class CertificateFields {
  private CertificateFields() {}

  public static Fields of(Certificate certificate) {
    return new Fields()
        .add("subject", new X500Principal(certificate.subject()).getName())
        .add("notBefore", certificate.notBefore())
        .add("notAfter", certificate.notAfter())
        .add("sha256", certificate.fingerprint());
  }
}
