package org.certcollect.store.x509;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.security.cert.CRL;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.CertificateFactorySpi;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
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

  /** A root was handed out as the certificate of a server without a word. */
  @Test
  void caThatIsHandedOutAsAnEndEntityIsWarnedOf() {
    List<ParsedCertificate> chain = TestCa.fixture("chain-3");
    ParsedCertificate root = chain.get(2);
    Instant now = Instant.parse("2026-06-01T00:00:00Z");

    assertThat(ChainWarnings.of(new VerifiedChain(root.stored(), List.of()), now))
        .singleElement()
        .asString()
        .contains(
            "is the certificate of a CA (CA:TRUE in its basic constraints), and is handed out as"
                + " that of a server or a person: some clients refuse it.");
    assertThat(ChainWarnings.ofMany(root, List.of(), now))
        .extracting(ChainWarnings.Warning::kind)
        .containsExactly(ChainWarnings.Kind.CA_AS_END_ENTITY);
    List<org.certcollect.store.x509.Certificate> issuers =
        List.of(chain.get(1).stored(), root.stored());
    assertThat(ChainWarnings.of(new VerifiedChain(chain.get(0).stored(), issuers), now)).isEmpty();
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
