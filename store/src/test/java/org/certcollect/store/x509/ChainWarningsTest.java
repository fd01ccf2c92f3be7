package org.certcollect.store.x509;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.security.cert.CRL;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.CertificateFactorySpi;
import java.util.Collection;
import org.certcollect.protocol.fixtures.Fixtures;
import org.junit.jupiter.api.Test;

class ChainWarningsTest {
  /** Broke once: a fault of the JDK's parser ended the verb after the certificate was issued. */
  @Test
  void faultOfTheParserIsAWarningOnly() throws Exception {
    byte[] der = Fixtures.chain("chain-3").get(0);
    CertificateFactory jdk = CertificateFactory.getInstance("X.509");
    assertThat(ChainWarnings.isRead(der, jdk)).isTrue();
    assertThat(ChainWarnings.isRead(der, new FaultyFactory(jdk))).isFalse();
  }

  /** A parser with a fault. */
  private static final class FaultyFactory extends CertificateFactory {
    FaultyFactory(CertificateFactory other) {
      super(new FaultyParser(), other.getProvider(), other.getType());
    }
  }

  private static final class FaultyParser extends CertificateFactorySpi {
    @Override
    public Certificate engineGenerateCertificate(InputStream in) {
      throw new ArrayIndexOutOfBoundsException("a fault");
    }

    @Override
    public Collection<? extends Certificate> engineGenerateCertificates(InputStream in) {
      throw new ArrayIndexOutOfBoundsException("a fault");
    }

    @Override
    public CRL engineGenerateCRL(InputStream in) {
      throw new ArrayIndexOutOfBoundsException("a fault");
    }

    @Override
    public Collection<? extends CRL> engineGenerateCRLs(InputStream in) {
      throw new ArrayIndexOutOfBoundsException("a fault");
    }
  }
}
