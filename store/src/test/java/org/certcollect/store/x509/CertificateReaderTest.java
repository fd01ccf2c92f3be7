package org.certcollect.store.x509;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.ASN1Primitive;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.DERTaggedObject;
import org.certcollect.protocol.fixtures.Fixtures;
import org.certcollect.store.domain.RefusedException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class CertificateReaderTest {
  private static final List<ParsedCertificate> CHAIN = TestCa.fixture("chain-3");
  private static final String PEM =
      new String(Fixtures.bytes("chain-3.pem"), StandardCharsets.US_ASCII);

  static List<String> fixtures() {
    return Fixtures.chains();
  }

  @ParameterizedTest
  @MethodSource("fixtures")
  void everyBlockOfAPemFileIsRead(String fixture) {
    assertThat(CertificateReader.read(Fixtures.bytes(fixture + ".pem"), "file"))
        .isEqualTo(TestCa.fixture(fixture));
  }

  @Test
  void derOfOneCertificateIsRead() {
    assertThat(CertificateReader.read(Fixtures.bytes("der/chain-3-ee.der"), "file"))
        .isEqualTo(CHAIN.subList(0, 1));
  }

  @ParameterizedTest
  @ValueSource(strings = {"p7/chain-3.p7b", "p7/chain-3.p7b.der"})
  void pkcs7IsReadAsPemAndDer(String file) {
    assertThat(CertificateReader.read(Fixtures.bytes(file), "file"))
        .containsExactlyInAnyOrderElementsOf(CHAIN);
  }

  @Test
  void textAroundBlocksAndOtherLineEndsMakeNoDifference() {
    assertThat(read("Bag Attributes\n  friendlyName: x\n" + PEM + "\nthe end")).isEqualTo(CHAIN);
    assertThat(read(PEM.replace("\n", "\r\n"))).isEqualTo(CHAIN);
    assertThat(read(PEM.strip())).isEqualTo(CHAIN);
    assertThat(read(PEM.replace("-----BEGIN", "  -----BEGIN"))).isEqualTo(CHAIN);
    assertThat(read(PEM.replace(" CERTIFICATE", " X509 CERTIFICATE"))).isEqualTo(CHAIN);
  }

  @Test
  void anEmptyFileIsNamed() {
    assertRefused(new byte[0], "file.pem: it is empty");
    assertRefused(" \n".getBytes(StandardCharsets.US_ASCII), "file.pem: it is neither PEM nor DER");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"PRIVATE KEY", "RSA PRIVATE KEY", "EC PRIVATE KEY", "ENCRYPTED PRIVATE KEY"})
  void aPrivateKeyIsNamedEvenBesideCertificates(String label) {
    String key =
        "-----BEGIN " + label + "-----\nProc-Type: 4\n\nAAAA\n-----END " + label + "-----\n";

    assertRefused(key, "file.pem: it holds a private key");
    assertRefused(PEM + key, "file.pem: it holds a private key");
  }

  @Test
  void aPrivateKeyAsDerIsNamed() {
    byte[] key = TestCa.ec("x").keys().getPrivate().getEncoded();

    assertRefused(key, "file.pem: it is a private key or a key store");
  }

  @Test
  void theContentOfAPemFileWithoutCertificatesIsNamed() {
    assertRefused(
        Fixtures.bytes("request.csr"),
        "file.pem: it holds no certificate, but CERTIFICATE REQUEST");
    assertRefused(
        "-----BEGIN nothing",
        "file.pem: line 1: -----BEGIN is not followed by a label and five dashes");
  }

  @Test
  void aBrokenBlockIsNamed() {
    assertRefused(PEM.substring(0, 200), "file.pem: its CERTIFICATE block has no end");
    assertRefused(block("CERTIFICATE", "!"), "file.pem: its CERTIFICATE block is not base64");
    assertRefused(block("CERTIFICATE", "MAA="), "file.pem: a certificate cannot be read");
    assertRefused(block("CERTIFICATE", ""), "file.pem: a certificate cannot be read");
    assertRefused(block("PKCS7", "MAA="), "file.pem: its PKCS#7");
  }

  @Test
  void bytesAfterACertificateAreRefused() {
    byte[] der = CHAIN.get(0).der();

    assertRefused(Arrays.copyOf(der, der.length + 1), "file.pem: a certificate is followed by");
  }

  @Test
  void whatFollowsPkcs7OrASequenceIsRefusedAndNotLost() {
    byte[] pkcs7 = Fixtures.bytes("p7/chain-3.p7b.der");
    byte[] sequence = netscapeSequence(CHAIN.get(0));

    assertThat(CertificateReader.read(sequence, "file")).isEqualTo(CHAIN.subList(0, 1));
    for (byte[] second : List.of(pkcs7, sequence, new byte[1])) {
      byte[] afterPkcs7 = joined(pkcs7, second);
      byte[] afterSequence = joined(sequence, second);
      assertRefused(afterPkcs7, "file.pem: its PKCS#7 is followed by other bytes");
      assertRefused(
          OpenSslJudge.pemOf("PKCS7", afterPkcs7),
          "file.pem: its PKCS#7 is followed by other bytes");
      assertRefused(afterSequence, "file.pem: its certificate sequence is followed by other bytes");
      assertRefused(
          OpenSslJudge.pemOf("CERTIFICATE", afterSequence),
          "file.pem: its certificate sequence is followed by other bytes");
    }
  }

  /** A certificate in an element of indefinite length was stored with other bytes. */
  @Test
  void theBytesOfACertificateInAnIndefiniteLengthAreKept() {
    KeyPair keys = ShapedCertificate.keys("secp256r1");
    ParsedCertificate made =
        new ShapedCertificate(
                ShapedCertificate.name("CN=Root"),
                ShapedCertificate.name("CN=www.example.com"),
                ShapedCertificate.key(keys),
                -1,
                1)
            .signWithLongLength("SHA256withECDSA", keys.getPrivate());
    byte[] list = indefinite(0x30, made.der());
    byte[] netscape = indefinite(0x30, oid("2.16.840.1.113730.2.5"), indefinite(0xA0, list));
    byte[] signed =
        indefinite(
            0x30,
            new byte[] {2, 1, 1, 0x31, 0},
            indefinite(0x30, oid("1.2.840.113549.1.7.1")),
            indefinite(0xA0, made.der()),
            new byte[] {0x31, 0});
    byte[] pkcs7 = indefinite(0x30, oid("1.2.840.113549.1.7.2"), indefinite(0xA0, signed));

    for (byte[] file : List.of(netscape, pkcs7)) {
      List<ParsedCertificate> read = CertificateReader.read(file, "file");

      assertThat(read).containsExactly(made);
      assertThat(read.get(0).checkSignature(made.key())).isEqualTo(SignatureCheck.VALID);
    }
  }

  private static byte[] indefinite(int tag, byte[]... parts) {
    ByteArrayOutputStream element = new ByteArrayOutputStream();
    element.write(tag);
    element.write(0x80);
    for (byte[] part : parts) {
      element.writeBytes(part);
    }
    element.writeBytes(new byte[2]);
    return element.toByteArray();
  }

  private static byte[] oid(String oid) {
    try {
      return new ASN1ObjectIdentifier(oid).getEncoded();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static byte[] netscapeSequence(ParsedCertificate certificate) {
    try {
      ASN1Encodable[] content = {
        new ASN1ObjectIdentifier("2.16.840.1.113730.2.5"),
        new DERTaggedObject(
            true, 0, new DERSequence(ASN1Primitive.fromByteArray(certificate.der())))
      };
      return new DERSequence(content).getEncoded();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static byte[] joined(byte[] one, byte[] other) {
    byte[] both = Arrays.copyOf(one, one.length + other.length);
    System.arraycopy(other, 0, both, one.length, other.length);
    return both;
  }

  @Test
  void filesAndCertificatesThatAreTooLargeAreRefused() {
    TestCa ca = TestCa.ec("large");
    byte[] der = ca.large(ca, 64 << 10).der();
    String pem = block("CERTIFICATE", Base64.getMimeEncoder().encodeToString(der));

    assertRefused(der, "file.pem: a certificate has more than 65536 bytes");
    assertRefused(pem, "file.pem: a certificate has more than 65536 bytes");
    assertRefused(new byte[(1 << 20) + 1], "file.pem: it has more than 1048576 bytes");
    assertThat(CertificateReader.read(ca.large(ca, 60 << 10).der(), "file")).hasSize(1);
  }

  /** A parser that calls itself for each level would end with a StackOverflowError. */
  @Test
  void structuresThatAreNestedDeepAreRefused() {
    byte[] file = new byte[1 << 20];
    for (int tag : new int[] {0x30, 0x31, 0xA0, 0x24}) {
      for (int i = 0; i < file.length; i += 2) {
        file[i] = (byte) (i == 0 ? 0x30 : tag);
        file[i + 1] = (byte) 0x80;
      }
      assertRefused(file, "file.pem: it is neither PEM nor DER of a certificate");
    }
  }

  @Property(tries = 300, seed = "20261123")
  void anyBytesGiveCertificatesOrARefusal(@ForAll byte[] bytes) {
    assertReadOrRefused(bytes);
  }

  @Property(tries = 300, seed = "20261123")
  void aDamagedFileGivesCertificatesOrARefusal(
      @ForAll @IntRange(max = 2000) int at, @ForAll byte value, @ForAll boolean pkcs7) {
    byte[] file = Fixtures.bytes(pkcs7 ? "p7/chain-3.p7b.der" : "der/chain-3-ee.der");
    file[at % file.length] = value;

    assertReadOrRefused(file);
  }

  private static void assertReadOrRefused(byte[] bytes) {
    try {
      assertThat(CertificateReader.read(bytes, "file")).isNotEmpty();
    } catch (RefusedException e) {
      assertThat(e.reason()).isEqualTo(RefusedException.Reason.BAD_CERTIFICATE);
    }
  }

  private static String block(String label, String base64) {
    return "-----BEGIN " + label + "-----\n" + base64 + "\n-----END " + label + "-----\n";
  }

  private static List<ParsedCertificate> read(String file) {
    return CertificateReader.read(file.getBytes(StandardCharsets.US_ASCII), "file");
  }

  private static void assertRefused(String file, String message) {
    assertRefused(file.getBytes(StandardCharsets.US_ASCII), message);
  }

  private static void assertRefused(byte[] file, String message) {
    assertThatThrownBy(() -> CertificateReader.read(file, "file.pem"))
        .isInstanceOf(RefusedException.class)
        .hasMessageStartingWith(message);
  }
}
