package org.certcollect.store.x509;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.certcollect.store.x509.ShapedCertificate.PROVIDER;
import static org.certcollect.store.x509.ShapedCertificate.key;
import static org.certcollect.store.x509.ShapedCertificate.keys;
import static org.certcollect.store.x509.ShapedCertificate.name;

import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.pkcs.PKCS10CertificationRequestBuilder;
import org.certcollect.protocol.fixtures.Fixtures;
import org.certcollect.store.domain.RefusedException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SigningRequestReaderTest {
  private static final String PEM =
      new String(Fixtures.bytes("request.csr"), StandardCharsets.US_ASCII);
  private static final byte[] KEY =
      Fixtures.certificates("chain-3").get(0).getPublicKey().getEncoded();

  @ParameterizedTest
  @CsvSource({
    "RSA, SHA256withRSA",
    "RSA, SHA256withRSAandMGF1",
    "RSA, SHA512withRSAandMGF1",
    "secp256r1, SHA256withECDSA",
    "brainpoolP256r1, SHA256withECDSA",
    "secp256k1, SHA256withECDSA",
    "ML-DSA-44, ML-DSA-44"
  })
  void aRequestIsCheckedWithWhatCertificatesAreCheckedWith(String kind, String algorithm)
      throws Exception {
    KeyPair keys = keys(kind);
    byte[] der =
        new PKCS10CertificationRequestBuilder(name("CN=x"), key(keys))
            .build(
                new JcaContentSignerBuilder(algorithm)
                    .setProvider(PROVIDER)
                    .build(keys.getPrivate()))
            .getEncoded();

    assertThat(SigningRequestReader.read(der, "a.csr").publicKey())
        .isEqualTo(keys.getPublic().getEncoded());
    der[der.length - 1] ^= 1;
    assertThatThrownBy(() -> SigningRequestReader.read(der, "a.csr"))
        .hasMessage("a.csr: its signature is not that of its own key");
  }

  @Test
  void aByteOrderMarkBeforeARequestIsPassedOver() {
    assertThat(read("\uFEFF" + PEM)).isEqualTo(KEY);
    assertThat(SigningRequestReader.read(PEM.getBytes(StandardCharsets.UTF_16), "x").publicKey())
        .isEqualTo(KEY);
  }

  @Test
  void theOldLabelAndTextAroundTheBlockAreRead() {
    assertThat(read(PEM.replace("CERTIFICATE REQ", "NEW CERTIFICATE REQ"))).isEqualTo(KEY);
    assertThat(read("Certificate request:\n" + PEM + "\nend\n")).isEqualTo(KEY);
  }

  @Test
  void oneRequestIsWantedAndNothingBesideIt() {
    assertRefused(PEM + PEM, "a.csr: it holds 2 requests: give one");
    assertRefused(
        "-----BEGIN EC PRIVATE KEY-----\nAAAA\n-----END EC PRIVATE KEY-----\n" + PEM,
        "a.csr: it holds a private key");
    assertRefused(
        new String(Fixtures.bytes("chain-1.pem"), StandardCharsets.US_ASCII),
        "a.csr: it holds no CERTIFICATE REQUEST, but CERTIFICATE: see line 1");
    assertRefused("x", "a.csr: it is not a PKCS#10 certificate request");
  }

  @Test
  void aFileThatIsTooLargeIsRefusedUnread() {
    assertRefused(
        PEM + "\n".repeat(64 << 10), "a.csr: it has more than 65536 bytes: a request is smaller");
    assertThat(read(PEM + "\n".repeat(60 << 10))).isEqualTo(KEY);
  }

  private static byte[] read(String text) {
    return SigningRequestReader.read(text.getBytes(StandardCharsets.UTF_8), "a.csr").publicKey();
  }

  private static void assertRefused(String text, String message) {
    assertThatThrownBy(() -> read(text))
        .isInstanceOfSatisfying(
            RefusedException.class,
            e -> assertThat(e.reason()).isEqualTo(RefusedException.Reason.BAD_SIGNING_REQUEST))
        .hasMessageStartingWith(message);
  }
}
