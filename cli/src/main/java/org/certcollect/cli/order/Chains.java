package org.certcollect.cli.order;

import java.io.ByteArrayInputStream;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.security.auth.x500.X500Principal;
import org.certcollect.store.x509.Certificate;
import org.certcollect.store.x509.Issuing;
import org.certcollect.store.x509.VerifiedChain;

/** Tells how far a chain reaches. */
final class Chains {
  private Chains() {}

  /** Whether its last certificate is self-signed. */
  static boolean reachesRoot(VerifiedChain chain) {
    return Issuing.isSelfSigned(last(chain));
  }

  /** The name of the issuer that is not there. */
  static String missingIssuer(VerifiedChain chain) {
    return last(chain).getIssuerX500Principal().getName(X500Principal.RFC2253);
  }

  private static X509Certificate last(VerifiedChain chain) {
    List<Certificate> issuers = chain.issuers();
    Certificate last = issuers.isEmpty() ? chain.endEntity() : issuers.get(issuers.size() - 1);
    try {
      return (X509Certificate)
          CertificateFactory.getInstance("X.509")
              .generateCertificate(new ByteArrayInputStream(last.der()));
    } catch (CertificateException e) {
      throw new IllegalStateException("a verified chain cannot be read", e);
    }
  }
}
