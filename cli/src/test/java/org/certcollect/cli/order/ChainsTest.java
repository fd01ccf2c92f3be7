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

class ChainsTest {
  @Test
  void a_chain_reaches_its_root_with_the_self_signed_certificate() throws Exception {
    assertThat(Chains.reachesRoot(chain(10))).isTrue();
    assertThat(Chains.reachesRoot(chain(9))).isFalse();
  }

  @Test
  void a_certificate_that_another_of_the_same_name_signed_is_no_root() throws Exception {
    VerifiedChain open = chain(5);
    assertThat(Chains.missingIssuer(open)).contains("Twin");
    assertThat(Chains.reachesRoot(open)).isFalse();
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
