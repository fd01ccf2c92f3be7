package org.certcollect.store.x509;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.assertj.core.api.AbstractThrowableAssert;
import org.certcollect.protocol.fixtures.Fixtures;
import org.certcollect.store.Actor;
import org.certcollect.store.CaCertificates;
import org.certcollect.store.RefusedException;
import org.certcollect.store.Store;
import org.certcollect.store.jdbc.sqlite.SqliteStore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class ChainBuilderTest {
  private static final TestCa ROOT = TestCa.ec("Root");
  private static final TestCa INTER = TestCa.ec("Intermediate");
  private static final TestCa LEAF = TestCa.ec("www.example.com");

  @TempDir private Path folder;
  private Store store;
  private CaCertificates known;

  @BeforeEach
  void open() {
    store = SqliteStore.open(folder.resolve("store.sqlite"), Clock.systemUTC());
    known = store.caCertificates();
  }

  @AfterEach
  void close() {
    store.close();
  }

  static List<String> fixtures() {
    return Fixtures.chains();
  }

  @ParameterizedTest
  @MethodSource("fixtures")
  void aShuffledChainIsPutRight(String fixture) {
    List<X509Certificate> wanted = Fixtures.certificates(fixture);
    for (int seed = 0; seed < 5; seed++) {
      List<X509Certificate> shuffled = new ArrayList<>(wanted);
      Collections.shuffle(shuffled, new Random(seed));

      assertChain(wanted, shuffled, List.of());
      shuffled.remove(wanted.get(0));
      assertChain(wanted, wanted.subList(0, 1), shuffled);
    }
  }

  @ParameterizedTest
  @MethodSource("fixtures")
  void aChainIsCompletedFromKnownCertificates(String fixture) {
    List<X509Certificate> wanted = Fixtures.certificates(fixture);
    wanted.stream().skip(1).forEach(this::know);

    assertChain(wanted, wanted.subList(0, 1), List.of());
  }

  @Test
  void aChainEndsWhereTheNextIssuerIsUnknown() {
    X509Certificate leaf = INTER.endEntity(LEAF);
    X509Certificate inter = ROOT.ca(INTER);

    assertChain(List.of(leaf), List.of(leaf), List.of());
    assertChain(List.of(leaf, inter), List.of(leaf), List.of(inter));
  }

  @Test
  void aCertificateGivenTwiceCountsOnce() {
    X509Certificate leaf = ROOT.endEntity(LEAF);
    List<X509Certificate> both = List.of(leaf, ROOT.root());
    know(ROOT.root());

    assertChain(both, both, both);
  }

  @ParameterizedTest
  @MethodSource("fixtures")
  void aTamperedSignatureIsRefused(String fixture) {
    List<X509Certificate> chain = new ArrayList<>(Fixtures.certificates(fixture));
    chain.set(0, tampered(chain.get(0)));

    assertRefused(chain, List.of()).hasMessageContaining("sign");
  }

  @Test
  void aTamperedCertificateIsRefusedWhenItsIssuerIsKnown() {
    know(ROOT.root());

    assertRefused(List.of(tampered(ROOT.endEntity(LEAF))), List.of())
        .hasMessage("\"www.example.com\" was not signed by \"Root\", which it names as its issuer");
  }

  @Test
  void anIssuerOfTheRightNameWithAnotherKeyIsRefused() {
    X509Certificate impostor = TestCa.ec("Root").root();

    assertRefused(List.of(ROOT.endEntity(LEAF)), List.of(impostor))
        .hasMessageContaining("was not signed by \"Root\"");
  }

  @Test
  void aKnownImpostorDoesNotHinderTheRightIssuer() {
    know(TestCa.ec("Root").root());
    X509Certificate leaf = ROOT.endEntity(LEAF);
    X509Certificate root = ROOT.root();

    assertChain(List.of(leaf, root), List.of(leaf), List.of(root));
  }

  @Test
  void aCertificateThatIsNoPartOfTheChainIsRefused() {
    X509Certificate foreign = TestCa.ec("Foreign").root();

    assertRefused(List.of(ROOT.endEntity(LEAF), ROOT.root()), List.of(foreign))
        .hasMessage("\"Foreign\" is not part of the chain of \"www.example.com\"");
    assertRefused(List.of(ROOT.endEntity(LEAF), ROOT.endEntity(INTER)), List.of())
        .hasMessage("\"Intermediate\" is not part of the chain of \"www.example.com\"");
  }

  @Test
  void anIssuerThatIsNoCaIsRefused() {
    X509Certificate leaf = INTER.endEntity(LEAF);

    assertRefused(List.of(leaf), List.of(ROOT.endEntity(INTER)))
        .hasMessage("\"Intermediate\" is not a CA certificate");
    assertRefused(List.of(leaf), List.of(ROOT.silent(INTER)))
        .hasMessage("\"Intermediate\" is not a CA certificate");
  }

  @Test
  void aCaIsNoEndEntityButWhatSignedItselfMayBe() {
    X509Certificate inter = ROOT.ca(INTER);

    for (List<X509Certificate> chain : List.of(List.of(ROOT.root()), List.<X509Certificate>of())) {
      assertRefused(List.of(inter), chain)
          .hasMessageStartingWith("\"Intermediate\" is a CA certificate, not an end entity's");
    }
    assertRefused(List.of(inter), List.of(INTER.endEntity(LEAF)))
        .hasMessageContaining("is a CA certificate");
    X509Certificate selfSigned = LEAF.root();
    assertChain(List.of(selfSigned), List.of(selfSigned), List.of());
  }

  @Test
  void anOldRootThatDoesNotSayThatItIsACaIsOne() {
    X509Certificate leaf = ROOT.endEntity(LEAF);
    for (X509Certificate root : List.of(ROOT.silent(ROOT), ROOT.version1(ROOT))) {
      assertChain(List.of(leaf, root), List.of(leaf), List.of(root));
    }
  }

  @Test
  void aChainHasAtMostTenCertificates() {
    List<X509Certificate> chain = new ArrayList<>();
    TestCa issuer = ROOT;
    chain.add(ROOT.root());
    for (int i = 0; i < 8; i++) {
      TestCa next = TestCa.ec("CA " + i);
      chain.add(issuer.ca(next));
      issuer = next;
    }
    X509Certificate tenth = issuer.endEntity(LEAF);
    X509Certificate tenthCa = issuer.ca(INTER);
    X509Certificate eleventh = INTER.endEntity(LEAF);

    assertThat(build(List.of(tenth), chain).issuers()).hasSize(9);
    chain.add(tenthCa);
    assertRefused(List.of(eleventh), chain).hasMessageContaining("more than 10");
  }

  @Test
  void authoritiesThatCertifyEachOtherEndSomewhere() {
    TestCa other = TestCa.ec("Other");
    X509Certificate leaf = ROOT.endEntity(LEAF);
    X509Certificate byOther = other.ca(ROOT);
    X509Certificate byRoot = ROOT.ca(other);

    assertChain(List.of(leaf, byOther, byRoot), List.of(leaf), List.of(byRoot, byOther));
  }

  @Test
  void aFileOfNothingButALoopHasNoEndEntity() {
    TestCa other = TestCa.ec("Other");

    assertRefused(List.of(other.ca(ROOT), ROOT.ca(other)), List.of())
        .hasMessage("there is no end entity's certificate");
  }

  @Test
  void ofCrossSignedAlternativesAPresentedOneIsPreferred() {
    X509Certificate leaf = INTER.endEntity(LEAF);
    X509Certificate presented = ROOT.ca(INTER);
    TestCa other = TestCa.ec("Other");
    know(other.ca(INTER, 30));
    know(other.root());

    assertChain(List.of(leaf, presented), List.of(leaf), List.of(presented));
  }

  @Test
  void ofCrossSignedAlternativesOneThatLeadsOnIsPreferred() {
    X509Certificate leaf = INTER.endEntity(LEAF);
    X509Certificate leadsOn = ROOT.ca(INTER);
    X509Certificate ends = TestCa.ec("Unknown").ca(INTER, 30);
    X509Certificate root = ROOT.root();
    know(root);

    assertChain(List.of(leaf, leadsOn, root), List.of(leaf), List.of(ends, leadsOn));
  }

  @Test
  void ofEqualAlternativesTheNewestIsPreferred() {
    X509Certificate leaf = INTER.endEntity(LEAF);
    know(ROOT.ca(INTER, 10));
    X509Certificate newest = ROOT.ca(INTER, 20);
    know(newest);
    know(ROOT.ca(INTER, 0));

    assertChain(List.of(leaf, newest), List.of(leaf), List.of());
  }

  @Test
  void bothWaysOfACrossSignedBundleMayBePresented() {
    TestCa old = TestCa.ec("Old Root");
    X509Certificate leaf = ROOT.endEntity(LEAF);
    X509Certificate newRoot = ROOT.ca(ROOT, 20);

    assertChain(List.of(leaf, newRoot), List.of(leaf), List.of(old.root(), old.ca(ROOT), newRoot));
  }

  /** One line of an import could hold it up for minutes: each was checked against each other. */
  @Test
  void moreThanTwentyCertificatesAreNotLookedAt() {
    List<X509Certificate> given = new ArrayList<>(List.of(INTER.endEntity(LEAF)));
    for (int days = 0; days < 19; days++) {
      given.add(ROOT.ca(INTER, days));
    }
    assertThat(build(given, List.of()).issuers()).containsExactly(Certificate.of(given.get(19)));
    assertThat(build(given, given).issuers()).hasSize(1);

    // Any look at it would find it wrong.
    List<X509Certificate> more = List.of(tampered(ROOT.root()));
    assertRefused(given, more)
        .hasMessage(
            "21 certificates were given, but a chain has at most 10: give those of the chain"
                + " alone");
    assertThatThrownBy(() -> new GivenChain().verify(given, more))
        .hasMessageStartingWith("21 certificates were given");
  }

  @ParameterizedTest
  @CsvSource({
    "RSA, 2048, SHA256withRSA",
    "RSA, 2048, SHA1withRSA",
    "RSA, 2048, SHA256withRSAandMGF1",
    "EC, 384, SHA384withECDSA",
    "EC, 256, SHA1withECDSA",
    "Ed25519, 0, Ed25519"
  })
  void signaturesOfEveryUsualKindAreChecked(String keyType, int bits, String algorithm) {
    TestCa root = TestCa.of("Root", keyType, bits, algorithm);
    X509Certificate leaf = root.endEntity(LEAF);
    X509Certificate issuer = root.root();

    assertChain(List.of(leaf, issuer), List.of(leaf), List.of(issuer));
    assertRefused(List.of(tampered(leaf)), List.of(issuer)).hasMessageContaining("signed");
  }

  private VerifiedChain build(List<X509Certificate> certificate, List<X509Certificate> chain) {
    return new ChainBuilder(known).build(certificate, chain);
  }

  private void assertChain(
      List<X509Certificate> wanted,
      List<X509Certificate> certificate,
      List<X509Certificate> chain) {
    List<Certificate> all = wanted.stream().map(Certificate::of).toList();
    assertThat(build(certificate, chain))
        .isEqualTo(new VerifiedChain(all.get(0), all.subList(1, all.size())));
  }

  private AbstractThrowableAssert<?, ?> assertRefused(
      List<X509Certificate> certificate, List<X509Certificate> chain) {
    return assertThatThrownBy(() -> build(certificate, chain))
        .isInstanceOfSatisfying(
            RefusedException.class,
            e -> assertThat(e.reason()).isEqualTo(RefusedException.Reason.BAD_CERTIFICATE));
  }

  private void know(X509Certificate certificate) {
    known.add(Certificate.of(certificate), new Actor("test"));
  }

  /** The same certificate with one bit of its signature turned. */
  private static X509Certificate tampered(X509Certificate certificate) {
    byte[] der = Encodings.der(certificate);
    der[der.length - 1] ^= 1;
    return CertificateReader.read(der, "tampered").get(0);
  }
}
