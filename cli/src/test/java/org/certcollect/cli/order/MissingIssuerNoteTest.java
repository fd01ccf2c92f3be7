package org.certcollect.cli.order;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import org.certcollect.protocol.fixtures.Fixtures;
import org.certcollect.store.x509.Certificate;
import org.certcollect.store.x509.VerifiedChain;
import org.junit.jupiter.api.Test;

class MissingIssuerNoteTest {
  @Test
  void aChainReachesItsRootWithTheSelfSignedCertificate() throws Exception {
    assertThat(MissingIssuerNote.note(chain(10))).isEmpty();
    assertThat(MissingIssuerNote.note(chain(9))).isPresent();
  }

  @Test
  void aCertificateThatAnotherOfTheSameNameSignedIsNoRoot() throws Exception {
    assertThat(MissingIssuerNote.note(chain(5)).orElseThrow()).contains("Twin", "is not stored");
  }

  private static VerifiedChain chain(int length) throws CertificateException {
    List<Certificate> certificates = new ArrayList<>();
    for (byte[] der : Fixtures.chain("chain-10").subList(0, length)) {
      certificates.add(
          Certificate.of(
              (X509Certificate)
                  CertificateFactory.getInstance("X.509")
                      .generateCertificate(new ByteArrayInputStream(der))));
    }
    return new VerifiedChain(certificates.get(0), certificates.subList(1, length));
  }
}
