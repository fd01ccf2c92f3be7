package org.certcollect.store.x509;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.KeyPair;
import java.security.cert.X509Certificate;
import java.time.Instant;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.X500NameBuilder;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.certcollect.protocol.fixtures.Fixtures;
import org.junit.jupiter.api.Test;

class CertificateTest {
  @Test
  void itHoldsWhatTheCertificateSays() throws Exception {
    X509Certificate parsed = Fixtures.certificates("chain-3").get(0);

    Certificate certificate = Certificate.of(parsed);

    assertThat(certificate.der()).isEqualTo(parsed.getEncoded());
    assertThat(certificate.subject()).isEqualTo(parsed.getSubjectX500Principal().getEncoded());
    assertThat(certificate.sha256()).hasSize(32);
    assertThat(certificate.notBefore()).isEqualTo(Instant.parse("2026-05-14T00:00:00Z"));
    assertThat(certificate.notAfter()).isEqualTo(Instant.parse("2027-05-13T23:59:59Z"));
  }

  @Test
  void theFirstDnsNameIsTaken() {
    assertThat(first("wildcard").dnsName()).contains("*.example.com");
    assertThat(first("idn").dnsName()).contains("xn--bcher-kva.example");
    assertThat(first("no-dns-name").dnsName()).isEmpty();
  }

  @Test
  void aCommonNameBeyondAsciiIsKept() {
    String name = first("utf8-subject").commonName().orElseThrow();

    assertThat(name.chars().anyMatch(c -> c > 127)).isTrue();
  }

  @Test
  void theLastCommonNameIsTaken() {
    assertThat(commonName("CN=Leaf, OU=Unit, CN=Root, C=GB")).isEqualTo("Leaf");
    assertThat(commonName("CN=Joe + OU=Unit, O=Org")).isEqualTo("Joe");
    assertThat(commonName("CN=\"Org, Inc. + \\\"x\\\"\", O=Org")).isEqualTo("Org, Inc. + \"x\"");
    assertThat(commonName("CN=\u00e4\u6f22\ud83d\ude00")).isEqualTo("\u00e4\u6f22\ud83d\ude00");
    assertThat(commonName("O=Org")).isEqualTo("none");
    assertThat(commonName("")).isEqualTo("none");
  }

  @Test
  void aNameCannotForgeALineOfOutput() {
    X500Name name =
        new X500NameBuilder()
            .addRDN(BCStyle.CN, "a\nb\r\u001b[2J\u0085\u2028\u202e\u200f\u2066\u00e4\u6f22")
            .build();
    KeyPair keys = ShapedCertificate.keys("secp256r1");
    ParsedCertificate certificate =
        new ShapedCertificate(name, name, ShapedCertificate.key(keys), -1, 9)
            .sign("SHA256withECDSA", keys.getPrivate());

    assertThat(certificate.shown())
        .isEqualTo(
            "\"a\\u000Ab\\u000D\\u001B[2J\\u0085\\u2028\\u202E\\u200F\\u2066" + "\u00e4\u6f22\"");
  }

  @Test
  void twoAreEqualWhenTheirBytesAre() {
    assertThat(first("chain-3")).isEqualTo(first("chain-3")).hasSameHashCodeAs(first("chain-3"));
    assertThat(first("chain-3")).isNotEqualTo(first("chain-4"));
  }

  @Test
  void aKeyIsThatOfOneCertificate() {
    byte[] key = Fixtures.certificates("chain-3").get(0).getPublicKey().getEncoded();

    assertThat(first("chain-3").hasKey(key)).isTrue();
    assertThat(first("chain-4").hasKey(key)).isFalse();
    assertThat(first("chain-3").hasKey(new byte[] {1})).isFalse();
  }

  private static String commonName(String name) {
    return DistinguishedName.of(new X500Principal(name).getEncoded()).commonName().orElse("none");
  }

  private static Certificate first(String fixture) {
    return Certificate.of(Fixtures.certificates(fixture).get(0));
  }
}
