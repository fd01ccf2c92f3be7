package org.certcollect.store.x509;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.certcollect.store.x509.ShapedCertificate.key;
import static org.certcollect.store.x509.ShapedCertificate.keys;
import static org.certcollect.store.x509.ShapedCertificate.name;

import java.security.KeyPair;
import java.util.List;
import org.bouncycastle.asn1.x500.X500Name;
import org.certcollect.store.domain.RefusedException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** An algorithm that this Java lacks was told as a wrong signature. */
class UnknownAlgorithmTest {
  private static final X500Name ROOT = name("CN=Root");
  private static final X500Name SITE = name("CN=www.example.com");
  private static final KeyPair SITE_KEYS = keys("secp256r1");

  @ParameterizedTest
  @CsvSource({
    "brainpoolP256r1, SHA256withECDSA",
    "brainpoolP384t1, SHA384withECDSA",
    "secp256k1, SHA256withECDSA",
    "secp192r1, SHA256withECDSA",
    "secp224r1, SHA256withECDSA",
    "sm2p256v1, SM3withSM2",
    "ML-DSA-65, ML-DSA-65",
    "RSA, SHA256withRSAandMGF1"
  })
  void signaturesThatOnlyBouncyCastleKnowsAreVerified(String kind, String algorithm) {
    KeyPair caKeys = keys(kind);
    ParsedCertificate root =
        new ShapedCertificate(ROOT, ROOT, key(caKeys), -1, 90)
            .ca(true)
            .sign(algorithm, caKeys.getPrivate());
    ParsedCertificate leaf =
        new ShapedCertificate(ROOT, SITE, key(SITE_KEYS), -1, 90)
            .ca(false)
            .sign(algorithm, caKeys.getPrivate());
    byte[] tampered = leaf.der();
    tampered[tampered.length - 1] ^= 1;

    assertThat(verify(leaf, root, UnknownAlgorithms.REFUSE).issuers())
        .containsExactly(root.stored());
    for (UnknownAlgorithms policy : UnknownAlgorithms.values()) {
      assertThatThrownBy(() -> verify(ParsedCertificate.of(tampered), root, policy))
          .isInstanceOf(RefusedException.class)
          .hasMessage(
              "\"www.example.com\" was not signed by \"Root\", which it names as its issuer");
    }
  }

  @Test
  void aSignatureThatNobodyCanCheckIsSaidToBeSo() {
    KeyPair caKeys = keys("secp256r1");
    ParsedCertificate root =
        new ShapedCertificate(ROOT, ROOT, key(caKeys), -1, 90)
            .ca(true)
            .sign("SHA256withECDSA", caKeys.getPrivate());
    ParsedCertificate leaf =
        new ShapedCertificate(ROOT, SITE, key(SITE_KEYS), -1, 90).ca(false).signUnknown("1.2.3.4");

    assertThatThrownBy(() -> verify(leaf, root, UnknownAlgorithms.REFUSE))
        .isInstanceOf(RefusedException.class)
        .hasMessage(
            "the signature of \"www.example.com\" cannot be checked: unknown algorithm 1.2.3.4");
    assertThat(verify(leaf, root, UnknownAlgorithms.ACCEPT).issuers())
        .containsExactly(root.stored());
  }

  @Test
  void aRootOfAnUnknownAlgorithmIsTakenUnverifiedOnly() {
    ParsedCertificate root =
        new ShapedCertificate(ROOT, ROOT, key(SITE_KEYS), -1, 90).ca(true).signUnknown("1.2.3.4");

    assertThatThrownBy(() -> verify(root, root, UnknownAlgorithms.REFUSE))
        .hasMessageContaining("cannot be checked: unknown algorithm 1.2.3.4");
    VerifiedChain taken = verify(root, root, UnknownAlgorithms.ACCEPT);
    assertThat(taken.issuers()).isEmpty();
    assertThat(ChainEnd.of(taken)).isInstanceOf(ChainEnd.Root.class);
  }

  @Test
  void aKeyOfAnotherKindIsAWrongSignatureNotAnUnknownOne() {
    KeyPair caKeys = keys("secp256r1");
    KeyPair otherKeys = keys("RSA");
    ParsedCertificate impostor =
        new ShapedCertificate(ROOT, ROOT, key(otherKeys), -1, 90)
            .ca(true)
            .sign("SHA256withRSA", otherKeys.getPrivate());
    ParsedCertificate leaf =
        new ShapedCertificate(ROOT, SITE, key(SITE_KEYS), -1, 90)
            .ca(false)
            .sign("SHA256withECDSA", caKeys.getPrivate());

    assertThatThrownBy(() -> verify(leaf, impostor, UnknownAlgorithms.ACCEPT))
        .hasMessageContaining("was not signed by \"Root\"");
  }

  private static VerifiedChain verify(
      ParsedCertificate leaf, ParsedCertificate root, UnknownAlgorithms policy) {
    return new GivenChain(policy).verify(List.of(leaf), List.of(root));
  }
}
