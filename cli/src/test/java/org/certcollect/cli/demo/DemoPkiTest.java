package org.certcollect.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DemoPkiTest {
  private static final Instant NOW = Instant.parse("2026-11-23T10:11:12Z");
  private final Map<DemoCertificate, List<X509Certificate>> chains =
      DemoPki.make(Clock.fixed(NOW, ZoneOffset.UTC));

  @Test
  void thereIsAChainForEveryNameEachSignedByTheNext() throws Exception {
    assertThat(chains).containsOnlyKeys(DemoCertificate.values());
    for (List<X509Certificate> chain : chains.values()) {
      for (int i = 0; i < chain.size(); i++) {
        chain.get(i).verify(chain.get(Math.min(i + 1, chain.size() - 1)).getPublicKey());
      }
    }
  }

  @Test
  void titlesTellTheLengthAndTheKindsOfKeys() {
    chains.forEach(
        (name, chain) -> {
          assertThat(name.title()).startsWith(chain.size() + " certificate");
          List<String> kinds =
              chain.stream().map(c -> c.getPublicKey().getAlgorithm()).distinct().toList();
          assertThat(name.title().contains("RSA")).as(name.name()).isEqualTo(kinds.contains("RSA"));
          assertThat(name.title().contains("EC")).as(name.name()).isEqualTo(kinds.contains("EC"));
        });
  }

  @Test
  void certificatesRunFromTheFirstToTheLastSecondOfADay() {
    X509Certificate endEntity = chains.get(DemoCertificate.SSL_EC_3).get(0);
    assertThat(endEntity.getNotBefore().toInstant()).isEqualTo("2026-11-23T00:00:00Z");
    assertThat(endEntity.getNotAfter().toInstant()).isEqualTo("2027-11-22T23:59:59Z");
    X509Certificate expired = chains.get(DemoCertificate.SSL_EXPIRED).get(0);
    assertThat(expired.getNotAfter().toInstant()).isEqualTo("2004-05-13T23:59:59Z");
  }
}
