package org.certcollect.store.x509;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.certcollect.store.x509.ShapedCertificate.key;
import static org.certcollect.store.x509.ShapedCertificate.keys;
import static org.certcollect.store.x509.ShapedCertificate.name;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.KeyPair;
import java.time.Instant;
import java.util.List;
import java.util.TimeZone;
import org.bouncycastle.asn1.ASN1GeneralizedTime;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.ASN1UTCTime;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.DERUTF8String;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.RSAPublicKey;
import org.bouncycastle.asn1.sec.SECNamedCurves;
import org.bouncycastle.asn1.x500.RDN;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.asn1.x509.Time;
import org.bouncycastle.asn1.x9.X962Parameters;
import org.bouncycastle.asn1.x9.X9ECParameters;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;
import org.bouncycastle.jce.interfaces.ECPublicKey;
import org.certcollect.protocol.fixtures.Fixtures;
import org.certcollect.store.domain.RefusedException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Certificates that OpenSSL, Go and browsers read, and that the JDK's reader refused. */
class PeculiarCertificateTest {
  private static final X500Name ROOT = name("CN=Root");
  private static final X500Name SITE = name("CN=www.example.com");
  private static final KeyPair CA_KEYS = keys("secp256r1");
  private static final KeyPair SITE_KEYS = keys("secp256r1");
  private static final ASN1ObjectIdentifier FIRST = new ASN1ObjectIdentifier("1.2.3.4.5");
  private static final ASN1ObjectIdentifier SECOND = new ASN1ObjectIdentifier("1.2.3.4.6");

  @TempDir private Path folder;
  private OpenSslJudge openSsl;

  @BeforeEach
  void startTheJudge() {
    openSsl = new OpenSslJudge(folder);
  }

  /** They are checked by the JDK, which is faster than Bouncy Castle. */
  @Test
  void ordinaryKeysAreReadByTheJdkAndHaveNoWarning() {
    for (String fixture : Fixtures.chains()) {
      for (ParsedCertificate certificate : TestCa.fixture(fixture)) {
        assertThat(certificate.key().isKnownToJdk()).isTrue();
        VerifiedChain chain = new VerifiedChain(certificate.stored(), List.of());
        assertThat(ChainWarnings.of(chain, Instant.now()))
            .hasSize(certificate.saysThatItIsCa().orElse(false) ? 1 : 0)
            .allMatch(warning -> warning.contains("is the certificate of a CA"));
      }
    }
    for (String[] kind :
        new String[][] {{"RSA", "2048"}, {"EC", "521"}, {"Ed25519", "0"}, {"DSA", "2048"}}) {
      TestCa subject = TestCa.of("x", kind[0], Integer.parseInt(kind[1]), "SHA256withECDSA");
      assertThat(TestCa.ec("y").endEntity(subject).key().isKnownToJdk()).isTrue();
    }
  }

  /** Broke once: it was read in the time zone of the machine. */
  @Test
  void aTimeWithoutAZoneIsReadAsUtc() {
    TimeZone zone = TimeZone.getDefault();
    TimeZone.setDefault(TimeZone.getTimeZone("Asia/Tokyo"));
    try {
      Time from = new Time(new ASN1GeneralizedTime("20200101000000"));
      Time to = new Time(new ASN1GeneralizedTime("20500101000000Z"));
      Certificate read =
          new ShapedCertificate(ROOT, SITE, key(SITE_KEYS), from, to)
              .sign("SHA256withECDSA", CA_KEYS.getPrivate())
              .stored();
      assertThat(read.notBefore()).isEqualTo("2020-01-01T00:00:00Z");
      assertThat(read.notAfter()).isEqualTo("2050-01-01T00:00:00Z");

      Certificate utc =
          new ShapedCertificate(
                  ROOT,
                  SITE,
                  key(SITE_KEYS),
                  new Time(new ASN1GeneralizedTime("20200101000000Z")),
                  new Time(new ASN1UTCTime("490101000000Z")))
              .signReplacing(
                  times("20200101000000Z", "490101000000Z"),
                  times("20200101000000.0", "490101000000"),
                  "SHA256withECDSA",
                  CA_KEYS.getPrivate())
              .stored();
      assertThat(utc.notBefore()).isEqualTo("2020-01-01T00:00:00Z");
      assertThat(utc.notAfter()).isEqualTo("2049-01-01T00:00:00Z");
    } finally {
      TimeZone.setDefault(zone);
    }
  }

  private static byte[] times(String general, String utc) {
    String both =
        "\u0018" + (char) general.length() + general + "\u0017" + (char) utc.length() + utc;
    return both.getBytes(StandardCharsets.US_ASCII);
  }

  @Test
  void anEmptySubjectWithAnAlternativeNameThatIsNotCriticalIsTaken() {
    ParsedCertificate made =
        sign(
            endEntity(new X500Name(new RDN[0]), key(SITE_KEYS))
                .with(Extension.subjectAlternativeName, false, dns("empty.example.com")));

    assertTaken(made, "has an empty subject");
    assertThat(made.stored().dnsName()).contains("empty.example.com");
    assertThat(made.shown()).isEqualTo("\"empty.example.com\"");
  }

  @Test
  void anExtensionThatStandsTwiceIsTaken() {
    ParsedCertificate made =
        endEntity(SITE, key(SITE_KEYS))
            .with(FIRST, false, DERNull.INSTANCE)
            .with(SECOND, false, DERNull.INSTANCE)
            .signReplacing(
                new byte[] {0x2A, 3, 4, 6},
                new byte[] {0x2A, 3, 4, 5},
                "SHA256withECDSA",
                CA_KEYS.getPrivate());

    assertTaken(made, "has the extension 1.2.3.4.5 twice");
  }

  @Test
  void aKeyOnAnyCurveIsTaken() {
    assertTaken(
        sign(endEntity(SITE, key(keys("sm2p256v1")))), "a public key (1.2.156.10197.1.301)");
    assertTaken(sign(endEntity(SITE, key(keys("secp256k1")))), "a public key (1.3.132.0.10)");
    AlgorithmIdentifier unknownCurve =
        new AlgorithmIdentifier(
            X9ObjectIdentifiers.id_ecPublicKey, new ASN1ObjectIdentifier("1.2.3.4.7"));
    assertTaken(
        sign(endEntity(SITE, new SubjectPublicKeyInfo(unknownCurve, new byte[65]))),
        "a public key (1.2.3.4.7)");
  }

  @Test
  void aPointMayBeCompressedAndACurveExplicit() {
    ECPublicKey point = (ECPublicKey) SITE_KEYS.getPublic();
    X9ECParameters curve = SECNamedCurves.getByName("secp256r1");
    SubjectPublicKeyInfo compressed =
        new SubjectPublicKeyInfo(key(SITE_KEYS).getAlgorithm(), point.getQ().getEncoded(true));
    SubjectPublicKeyInfo explicit =
        new SubjectPublicKeyInfo(
            new AlgorithmIdentifier(X9ObjectIdentifiers.id_ecPublicKey, new X962Parameters(curve)),
            point.getQ().getEncoded(false));
    for (SubjectPublicKeyInfo key : List.of(compressed, explicit)) {
      ParsedCertificate made = sign(endEntity(SITE, key));

      assertTaken(made, "has a public key");
      assertThat(made.stored().hasKey(encoded(key(SITE_KEYS)))).isTrue();
    }
  }

  @Test
  void anRsaExponentMayBeBig() throws Exception {
    RSAPublicKey key =
        new RSAPublicKey(
            BigInteger.ONE.shiftLeft(4095).add(BigInteger.ONE),
            BigInteger.ONE.shiftLeft(100).add(BigInteger.ONE));
    AlgorithmIdentifier rsa =
        new AlgorithmIdentifier(PKCSObjectIdentifiers.rsaEncryption, DERNull.INSTANCE);

    assertTaken(sign(endEntity(SITE, new SubjectPublicKeyInfo(rsa, key))), "has a public key");
  }

  @Test
  void anOddAlternativeNameDoesNotLoseTheDnsNamesBesideIt() {
    GeneralName[] odd = {
      new GeneralName(GeneralName.rfc822Name, "operator@"),
      new GeneralName(GeneralName.uniformResourceIdentifier, "::no uri"),
      new GeneralName(GeneralName.iPAddress, new DEROctetString(new byte[3]))
    };
    for (GeneralName name : odd) {
      GeneralName[] names = {name, new GeneralName(GeneralName.dNSName, "www.example.com")};
      ParsedCertificate made =
          sign(
              endEntity(SITE, key(SITE_KEYS))
                  .with(Extension.subjectAlternativeName, false, new GeneralNames(names)));

      openSsl.reads(made);
      assertThat(made.stored().dnsName()).contains("www.example.com");
    }
  }

  /** A library that writes the structure anew would check the signature of other bytes. */
  @Test
  void lengthsLongerThanDerWritesThemAreKeptAndTheSignatureIsOfThem() {
    ParsedCertificate made =
        endEntity(SITE, key(SITE_KEYS)).signWithLongLength("SHA256withECDSA", CA_KEYS.getPrivate());

    assertTaken(made, "");
  }

  @Test
  void aNameThatIsNotUtf8IsTakenAndComparedByItsBytes() {
    X500Name site = new X500Name(new RDN[] {new RDN(BCStyle.CN, new DERUTF8String("\u00E4"))});
    ParsedCertificate made =
        endEntity(site, key(SITE_KEYS))
            .signReplacing(
                new byte[] {(byte) 0xC3, (byte) 0xA4},
                new byte[] {'x', (byte) 0xE4},
                "SHA256withECDSA",
                CA_KEYS.getPrivate());

    assertThat(made.stored().commonName()).contains("x\uFFFD");
    assertThat(made.subject()).isEqualTo(DistinguishedName.of(made.subject().der()));
    assertThat(made.subject())
        .isNotEqualTo(
            DistinguishedName.of(replaced(made.subject().der(), (byte) 0xE4, (byte) 0xE5)));
    assertThat(made.shown()).isEqualTo("\"x\uFFFD\"");
  }

  private static byte[] replaced(byte[] bytes, byte old, byte by) {
    byte[] replaced = bytes.clone();
    for (int i = 0; i < bytes.length; i++) {
      replaced[i] = bytes[i] == old ? by : bytes[i];
    }
    return replaced;
  }

  /** Tag 29 is that of no type that Bouncy Castle knows, and no relative OID is empty. */
  @Test
  void aNameWithAValueThatCannotBeReadIsTaken() {
    X500Name site = name("C=DE,CN=www.example.com");
    for (byte[] odd : new byte[][] {{29, 2, 'D', 'E'}, {13, 2, 'D', (byte) 0xC5}}) {
      ParsedCertificate made =
          endEntity(site, key(SITE_KEYS))
              .signReplacing(
                  new byte[] {0x13, 2, 'D', 'E'}, odd, "SHA256withECDSA", CA_KEYS.getPrivate());

      assertTaken(made, "");
      assertThat(made.stored().commonName()).contains("www.example.com");
      assertThat(made.subject()).isEqualTo(DistinguishedName.of(made.subject().der()));
      assertThat(made.subject()).isNotEqualTo(sign(endEntity(site, key(SITE_KEYS))).subject());
    }
  }

  @Test
  void bytesThatAreNoCertificateAreRefusedWithoutTheNameOfAClass() {
    byte[] der = sign(endEntity(SITE, key(SITE_KEYS))).der();
    der[5] = 0x31;

    assertThatThrownBy(() -> CertificateReader.read(der, "bad.der"))
        .isInstanceOf(RefusedException.class)
        .hasMessageStartingWith("bad.der: ")
        .hasMessageNotContaining("java")
        .hasMessageNotContaining("Exception");
  }

  /** Read, byte for byte the same, in a chain, with a warning; and OpenSSL reads it, too. */
  private void assertTaken(ParsedCertificate made, String warning) {
    ParsedCertificate root =
        new ShapedCertificate(ROOT, ROOT, key(CA_KEYS), -10, 400)
            .ca(true)
            .sign("SHA256withECDSA", CA_KEYS.getPrivate());
    List<ParsedCertificate> read = CertificateReader.read(made.der(), "made.der");
    VerifiedChain chain = new GivenChain(UnknownAlgorithms.REFUSE).verify(read, List.of(root));

    assertThat(chain.endEntity().der()).isEqualTo(made.der());
    assertThat(chain.issuers()).containsExactly(root.stored());
    assertThat(ChainWarnings.of(chain, Instant.now()).toString()).contains(warning);
    openSsl.reads(made);
  }

  private static ShapedCertificate endEntity(X500Name subject, SubjectPublicKeyInfo key) {
    return new ShapedCertificate(ROOT, subject, key, -1, 90).ca(false);
  }

  private static ParsedCertificate sign(ShapedCertificate shape) {
    return shape.sign("SHA256withECDSA", CA_KEYS.getPrivate());
  }

  private static GeneralNames dns(String name) {
    return new GeneralNames(new GeneralName(GeneralName.dNSName, name));
  }

  private static byte[] encoded(SubjectPublicKeyInfo key) {
    try {
      return key.getEncoded();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }
}
