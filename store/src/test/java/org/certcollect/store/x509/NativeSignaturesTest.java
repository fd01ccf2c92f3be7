package org.certcollect.store.x509;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.Signature;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NativeSignaturesTest {
  private static final int CHANGES = 300;

  @BeforeAll
  static void prepare() {
    assumeThat(System.getProperty("os.arch")).isIn("amd64", "aarch64");
    NativeSignatures.prepare();
    assertThat(NativeSignatures.arePrepared()).isTrue();
  }

  /** What the library takes, the JDK takes, too: it is only there to be faster. */
  @ParameterizedTest
  @CsvSource({
    "RSA, 2048, SHA256withRSA",
    "RSA, 3072, SHA384withRSA",
    "RSA, 4096, SHA512withRSA",
    "EC, 256, SHA256withECDSA",
    "EC, 384, SHA384withECDSA",
    "EC, 521, SHA512withECDSA"
  })
  void theLibraryAndTheJdkAgreeOnRightAndOnChangedSignatures(
      String keyType, int bits, String algorithm) throws IOException, GeneralSecurityException {
    TestCa ca = TestCa.of("root", keyType, bits, algorithm);
    byte[] root = ca.root().der();
    PublicKey key = ca.keys().getPublic();
    PublicKey ours = NativeSignatures.key(key).orElseThrow();

    assertThat(NativeSignatures.isValid(ours, Asn1.Signed.of(root))).isTrue();
    assertThat(check(root, root)).isEqualTo(SignatureCheck.VALID);

    Random random = new Random(bits);
    int signatureAt = root.length - Asn1.Signed.of(root).signature().length;
    for (int i = 0; i < CHANGES; i++) {
      byte[] changed = root.clone();
      changed[signatureAt + random.nextInt(root.length - signatureAt)] ^=
          (byte) (1 << random.nextInt(8));
      Asn1.Signed signed = Asn1.Signed.of(changed);
      assertThat(NativeSignatures.isValid(ours, signed))
          .isEqualTo(isValidForJdk(key, algorithm, signed));
      assertThat(check(root, changed)).isEqualTo(SignatureCheck.WRONG);
    }
  }

  /** An ECDSA signature with bytes after it, which DER forbids. */
  @ParameterizedTest
  @CsvSource({"EC, 256, SHA256withECDSA", "RSA, 2048, SHA256withRSA"})
  void aSignatureWithMoreBytesIsWrong(String keyType, int bits, String algorithm)
      throws IOException {
    TestCa ca = TestCa.of("root", keyType, bits, algorithm);
    Asn1.Signed signed = Asn1.Signed.of(ca.root().der());
    byte[] longer = Arrays.copyOf(signed.signature(), signed.signature().length + 1);
    Asn1.Signed more = new Asn1.Signed(signed.body(), signed.signed(), signed.algorithm(), longer);
    PublicKey ours = NativeSignatures.key(ca.keys().getPublic()).orElseThrow();

    assertThat(NativeSignatures.isValid(ours, more)).isFalse();
    assertThat(ca.root().key().check(more)).isEqualTo(SignatureCheck.WRONG);
  }

  /** The name of another algorithm, though the key signed it. */
  @ParameterizedTest
  @CsvSource({"EC, 256, SHA384withECDSA, SHA256withECDSA", "RSA, 2048, SHA384withRSA, x"})
  void aSignatureUnderAnotherHashIsWrong(String keyType, int bits, String algorithm, String name)
      throws IOException {
    TestCa ca = TestCa.of("root", keyType, bits, algorithm);
    Asn1.Signed signed = Asn1.Signed.of(ca.root().der());
    TestCa other = TestCa.of(name, keyType, bits, keyType.equals("EC") ? name : "SHA256withRSA");
    Asn1.Signed mixed =
        new Asn1.Signed(
            signed.body(),
            signed.signed(),
            Asn1.Signed.of(other.root().der()).algorithm(),
            signed.signature());

    assertThat(ca.root().key().check(mixed)).isEqualTo(SignatureCheck.WRONG);
  }

  private static SignatureCheck check(byte[] issuer, byte[] certificate) {
    return ParsedCertificate.of(certificate).checkSignature(ParsedCertificate.of(issuer).key());
  }

  private static boolean isValidForJdk(PublicKey key, String algorithm, Asn1.Signed signed) {
    try {
      Signature verifier = Signature.getInstance(algorithm);
      verifier.initVerify(key);
      verifier.update(signed.signed());
      return verifier.verify(signed.signature());
    } catch (GeneralSecurityException e) {
      return false;
    }
  }
}
