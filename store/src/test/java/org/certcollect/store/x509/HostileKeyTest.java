package org.certcollect.store.x509;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.certcollect.store.x509.ShapedCertificate.PROVIDER;

import java.io.IOException;
import java.math.BigInteger;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DERBitString;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.DERTaggedObject;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.pkcs.PKCS10CertificationRequestBuilder;
import org.certcollect.store.domain.RefusedException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A request with a DSA key of 8 KB took 20 seconds, and one of 64 KB hours. */
@Timeout(60)
class HostileKeyTest {
  private static final String DSA = "1.2.840.10040.4.1";
  private static final String DH = "1.2.840.113549.1.3.1";
  private static final String DSA_WITH_SHA256 = "2.16.840.1.101.3.4.3.2";
  private static final String RSA_WITH_SHA256 = "1.2.840.113549.1.1.11";

  @ParameterizedTest
  @ValueSource(strings = {DSA, DH})
  void aKeyOfManyBytesIsNotCalculatedWith(String algorithm) throws IOException {
    assertUnknown(discreteLog(algorithm, 16_000), "a key of more than 4096 bytes");
  }

  @ParameterizedTest
  @ValueSource(strings = {DSA, DH})
  void aKeyWithALargeModulusIsNotCalculatedWith(String algorithm) throws IOException {
    assertUnknown(discreteLog(algorithm, 8_000), "a key of more than 4096 bits");
  }

  @ParameterizedTest
  @ValueSource(strings = {"1.2.840.113549.1.1.1", "1.2.840.113549.1.1.7", "2.5.8.1.1"})
  void anRsaKeyWithALargeExponentIsNotCalculatedWith(String algorithm) throws IOException {
    ASN1Encodable[] key = {number(15_000), number(14_000)};
    SubjectPublicKeyInfo info =
        new SubjectPublicKeyInfo(
            new AlgorithmIdentifier(new ASN1ObjectIdentifier(algorithm)), new DERSequence(key));

    assertThatThrownBy(() -> read(info, RSA_WITH_SHA256))
        .isInstanceOf(RefusedException.class)
        .hasMessage(
            "a.csr: its signature cannot be checked: an RSA key whose size or exponent is out of"
                + " bounds");
  }

  @Test
  void aCompositeKeyIsNotCalculatedWith() throws IOException {
    SubjectPublicKeyInfo info =
        new SubjectPublicKeyInfo(
            new AlgorithmIdentifier(new ASN1ObjectIdentifier("1.3.6.1.5.5.7.6.37")), new byte[99]);

    assertThatThrownBy(() -> read(info, "1.3.6.1.5.5.7.6.37"))
        .hasMessageEndingWith("unknown algorithm 1.3.6.1.5.5.7.6.37");
  }

  @Test
  void theKeyOfARequestIsComparedWithoutDecodingALargeOne() throws IOException {
    VerificationKey one = key(discreteLog(DSA, 16_000).getEncoded());
    VerificationKey other = key(discreteLog(DSA, 15_992).getEncoded());

    assertThat(one.isSameAs(other)).isFalse();
    assertThat(one.isSameAs(key(one.encoded()))).isTrue();
  }

  @Test
  void differentRsaKeysAreNotGivenToBouncyCastle() throws IOException {
    ASN1Encodable[] hostile = {number(15_000), number(14_000)};
    AlgorithmIdentifier rsa =
        new AlgorithmIdentifier(new ASN1ObjectIdentifier("1.2.840.113549.1.1.1"));
    VerificationKey one = key(new SubjectPublicKeyInfo(rsa, new DERSequence(hostile)).getEncoded());
    VerificationKey other = key(ShapedCertificate.keys("RSA").getPublic().getEncoded());

    assertThat(one.isSameAs(other)).isFalse();
    assertThat(other.isSameAs(one)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(ints = {1024, 3072})
  void aDsaKeyOfAnOrdinarySizeIsChecked(int bits) throws Exception {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("DSA");
    generator.initialize(bits);
    KeyPair keys = generator.generateKeyPair();
    byte[] der =
        new PKCS10CertificationRequestBuilder(
                ShapedCertificate.name("CN=x"), ShapedCertificate.key(keys))
            .build(
                new JcaContentSignerBuilder("SHA256withDSA")
                    .setProvider(PROVIDER)
                    .build(keys.getPrivate()))
            .getEncoded();

    assertThat(SigningRequestReader.read(der, "a.csr").publicKey())
        .isEqualTo(keys.getPublic().getEncoded());
  }

  private static void assertUnknown(SubjectPublicKeyInfo key, String reason) {
    assertThatThrownBy(() -> read(key, DSA_WITH_SHA256))
        .isInstanceOf(RefusedException.class)
        .hasMessage("a.csr: its signature cannot be checked: " + reason);
  }

  private static void read(SubjectPublicKeyInfo key, String signing) throws IOException {
    ASN1Encodable[] info = {
      new ASN1Integer(0),
      ShapedCertificate.name("CN=x"),
      key,
      new DERTaggedObject(false, 0, new DERSequence())
    };
    ASN1Encodable[] signature = {new ASN1Integer(5), new ASN1Integer(7)};
    ASN1Encodable[] request = {
      new DERSequence(info),
      new AlgorithmIdentifier(new ASN1ObjectIdentifier(signing)),
      new DERBitString(new DERSequence(signature))
    };
    var unused = SigningRequestReader.read(new DERSequence(request).getEncoded(), "a.csr");
  }

  /** A key of DSA or DH: modulus, a second parameter, a generator. */
  private static SubjectPublicKeyInfo discreteLog(String algorithm, int bits) throws IOException {
    ASN1Encodable[] parameters = {number(bits), number(bits - 1), number(bits - 2)};
    return new SubjectPublicKeyInfo(
        new AlgorithmIdentifier(new ASN1ObjectIdentifier(algorithm), new DERSequence(parameters)),
        new ASN1Integer(BigInteger.TEN));
  }

  private static ASN1Integer number(int bits) {
    return new ASN1Integer(BigInteger.ONE.shiftLeft(bits).subtract(BigInteger.ONE));
  }

  private static VerificationKey key(byte[] info) throws IOException {
    return new VerificationKey(SubjectPublicKeyInfo.getInstance(info));
  }
}
