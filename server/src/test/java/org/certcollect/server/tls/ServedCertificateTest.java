package org.certcollect.server.tls;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.KeyPair;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.certcollect.server.testing.TlsFiles;
import org.junit.jupiter.api.Test;

class ServedCertificateTest {
  private final Instant now = Instant.now();
  private static final KeyPair ROOT = TlsFiles.keys("EC");
  private static final KeyPair HOST = TlsFiles.keys("EC");

  private final X509Certificate root = TlsFiles.selfSigned(ROOT, days(400));

  private Instant days(int days) {
    return now.plus(Duration.ofDays(days)).plusSeconds(60);
  }

  private X509Certificate host(int days) {
    return TlsFiles.issue(
        "www.example.com", HOST.getPublic(), days(days), "localhost", ROOT.getPrivate());
  }

  private List<String> warnings(X509Certificate... chain) {
    return new ServedCertificate(List.of(chain)).warnings(now);
  }

  @Test
  void completeChainThatIsValidForLongDrawsNoWarning() {
    assertThat(warnings(host(31), root)).isEmpty();
    assertThat(warnings(root)).isEmpty();
  }

  @Test
  void certificateThatExpiresSoonOrHasExpiredIsTold() {
    assertThat(warnings(host(29), root))
        .singleElement()
        .asString()
        .startsWith("The certificate of CN=www.example.com expires in 29 days, at ");
    assertThat(new ServedCertificate(List.of(host(29), root)).warnings(days(30)))
        .singleElement()
        .asString()
        .startsWith("The certificate of CN=www.example.com expired at ");
    assertThat(new ServedCertificate(List.of(root)).warnings(now.minus(Duration.ofDays(2))))
        .singleElement()
        .asString()
        .startsWith("The certificate of CN=localhost is valid only from ");
  }

  @Test
  void missingIssuerAndWrongOrderAreTold() {
    assertThat(warnings(host(300)))
        .singleElement()
        .asString()
        .contains("comes without that of its issuer, CN=localhost");
    assertThat(warnings(root, host(300)))
        .singleElement()
        .asString()
        .startsWith("The certificate of CN=www.example.com did not issue the one before it");
  }

  @Test
  void subjectEndAndChainAreShown() {
    X509Certificate host = host(300);
    assertThat(new ServedCertificate(List.of(host, root)))
        .hasToString(
            "CN=www.example.com (EC), valid until %s, issued by CN=localhost > CN=localhost"
                .formatted(host.getNotAfter().toInstant()));
  }
}
