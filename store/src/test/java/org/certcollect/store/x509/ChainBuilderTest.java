package org.certcollect.store.x509;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.assertj.core.api.AbstractThrowableAssert;
import org.certcollect.protocol.fixtures.Fixtures;
import org.certcollect.store.CaCertificates;
import org.certcollect.store.Store;
import org.certcollect.store.domain.Actor;
import org.certcollect.store.domain.RefusedException;
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
    List<ParsedCertificate> wanted = TestCa.fixture(fixture);
    for (int seed = 0; seed < 5; seed++) {
      List<ParsedCertificate> shuffled = new ArrayList<>(wanted);
      Collections.shuffle(shuffled, new Random(seed));

      assertChain(wanted, shuffled, List.of());
      shuffled.remove(wanted.get(0));
      assertChain(wanted, wanted.subList(0, 1), shuffled);
    }
  }

  @ParameterizedTest
  @MethodSource("fixtures")
  void aChainIsCompletedFromKnownCertificates(String fixture) {
    List<ParsedCertificate> wanted = TestCa.fixture(fixture);
    wanted.stream().skip(1).forEach(this::know);

    assertChain(wanted, wanted.subList(0, 1), List.of());
  }

  @Test
  void aChainEndsWhereTheNextIssuerIsUnknown() {
    ParsedCertificate leaf = INTER.endEntity(LEAF);
    ParsedCertificate inter = ROOT.ca(INTER);

    assertChain(List.of(leaf), List.of(leaf), List.of());
    assertChain(List.of(leaf, inter), List.of(leaf), List.of(inter));
  }

  @Test
  void aCertificateGivenTwiceCountsOnce() {
    ParsedCertificate leaf = ROOT.endEntity(LEAF);
    List<ParsedCertificate> both = List.of(leaf, ROOT.root());
    know(ROOT.root());

    assertChain(both, both, both);
  }

  @ParameterizedTest
  @MethodSource("fixtures")
  void aTamperedSignatureIsRefused(String fixture) {
    List<ParsedCertificate> chain = new ArrayList<>(TestCa.fixture(fixture));
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
    ParsedCertificate impostor = TestCa.ec("Root").root();

    assertRefused(List.of(ROOT.endEntity(LEAF)), List.of(impostor))
        .hasMessageContaining("was not signed by \"Root\"");
  }

  @Test
  void aKnownImpostorDoesNotHinderTheRightIssuer() {
    know(TestCa.ec("Root").root());
    ParsedCertificate leaf = ROOT.endEntity(LEAF);
    ParsedCertificate root = ROOT.root();

    assertChain(List.of(leaf, root), List.of(leaf), List.of(root));
  }

  @Test
  void aCertificateThatIsNoPartOfTheChainIsRefused() {
    ParsedCertificate foreign = TestCa.ec("Foreign").root();

    assertRefused(List.of(ROOT.endEntity(LEAF), ROOT.root()), List.of(foreign))
        .hasMessage("\"Foreign\" is not part of the chain of \"www.example.com\"");
    assertRefused(List.of(ROOT.endEntity(LEAF), ROOT.endEntity(INTER)), List.of())
        .hasMessage("\"Intermediate\" is not part of the chain of \"www.example.com\"");
  }

  @Test
  void anIssuerThatIsNoCaIsRefused() {
    ParsedCertificate leaf = INTER.endEntity(LEAF);

    assertRefused(List.of(leaf), List.of(ROOT.endEntity(INTER)))
        .hasMessage("\"Intermediate\" is not a CA certificate");
    assertRefused(List.of(leaf), List.of(ROOT.silent(INTER)))
        .hasMessage("\"Intermediate\" is not a CA certificate");
  }

  @Test
  void aCaIsNoEndEntityButASelfSignedCertificateMayBe() {
    ParsedCertificate inter = ROOT.ca(INTER);

    for (List<ParsedCertificate> chain :
        List.of(List.of(ROOT.root()), List.<ParsedCertificate>of())) {
      assertRefused(List.of(inter), chain)
          .hasMessageStartingWith("\"Intermediate\" is a CA certificate, not an end entity's");
    }
    assertRefused(List.of(inter), List.of(INTER.endEntity(LEAF)))
        .hasMessageContaining("is a CA certificate");
    ParsedCertificate selfSigned = LEAF.root();
    assertChain(List.of(selfSigned), List.of(selfSigned), List.of());
  }

  @Test
  void anOldRootThatDoesNotSayThatItIsACaIsOne() {
    ParsedCertificate leaf = ROOT.endEntity(LEAF);
    for (ParsedCertificate root : List.of(ROOT.silent(ROOT), ROOT.version1(ROOT))) {
      assertChain(List.of(leaf, root), List.of(leaf), List.of(root));
    }
  }

  @Test
  void aChainHasAtMostTenCertificates() {
    List<ParsedCertificate> chain = new ArrayList<>();
    TestCa issuer = ROOT;
    chain.add(ROOT.root());
    for (int i = 0; i < 8; i++) {
      TestCa next = TestCa.ec("CA " + i);
      chain.add(issuer.ca(next));
      issuer = next;
    }
    ParsedCertificate tenth = issuer.endEntity(LEAF);
    ParsedCertificate tenthCa = issuer.ca(INTER);
    ParsedCertificate eleventh = INTER.endEntity(LEAF);

    assertThat(build(List.of(tenth), chain).issuers()).hasSize(9);
    chain.add(tenthCa);
    assertRefused(List.of(eleventh), chain).hasMessageContaining("more than 10");
  }

  @Test
  void authoritiesThatCertifyEachOtherEndSomewhere() {
    TestCa other = TestCa.ec("Other");
    ParsedCertificate leaf = ROOT.endEntity(LEAF);
    ParsedCertificate byOther = other.ca(ROOT);
    ParsedCertificate byRoot = ROOT.ca(other);

    assertChain(List.of(leaf, byOther, byRoot), List.of(leaf), List.of(byRoot, byOther));
  }

  @Test
  void aFileOfNothingButALoopHasNoEndEntity() {
    TestCa other = TestCa.ec("Other");

    assertRefused(List.of(other.ca(ROOT), ROOT.ca(other)), List.of())
        .hasMessage("there is no end entity's certificate, but a loop of CAs: \"Root\", \"Other\"");
  }

  @Test
  void ofCrossSignedAlternativesAPresentedOneIsPreferred() {
    ParsedCertificate leaf = INTER.endEntity(LEAF);
    ParsedCertificate presented = ROOT.ca(INTER);
    TestCa other = TestCa.ec("Other");
    know(other.ca(INTER, 30));
    know(other.root());

    assertChain(List.of(leaf, presented), List.of(leaf), List.of(presented));
  }

  @Test
  void ofCrossSignedAlternativesOneThatLeadsOnIsPreferred() {
    ParsedCertificate leaf = INTER.endEntity(LEAF);
    ParsedCertificate leadsOn = ROOT.ca(INTER);
    ParsedCertificate ends = TestCa.ec("Unknown").ca(INTER, 30);
    ParsedCertificate root = ROOT.root();
    know(root);

    assertChain(List.of(leaf, leadsOn, root), List.of(leaf), List.of(ends, leadsOn));
  }

  @Test
  void ofEqualAlternativesTheNewestIsPreferred() {
    ParsedCertificate leaf = INTER.endEntity(LEAF);
    know(ROOT.ca(INTER, 10));
    ParsedCertificate newest = ROOT.ca(INTER, 20);
    know(newest);
    know(ROOT.ca(INTER, 0));

    assertChain(List.of(leaf, newest), List.of(leaf), List.of());
  }

  @Test
  void bothWaysOfACrossSignedBundleMayBePresented() {
    TestCa old = TestCa.ec("Old Root");
    ParsedCertificate leaf = ROOT.endEntity(LEAF);
    ParsedCertificate newRoot = ROOT.ca(ROOT, 20);

    assertChain(List.of(leaf, newRoot), List.of(leaf), List.of(old.root(), old.ca(ROOT), newRoot));
  }

  /** One line of an import could hold it up for minutes: each was checked against each other. */
  @Test
  void moreThanTwentyCertificatesAreNotLookedAt() {
    List<ParsedCertificate> given = new ArrayList<>(List.of(INTER.endEntity(LEAF)));
    for (int days = 0; days < 19; days++) {
      given.add(ROOT.ca(INTER, days));
    }
    assertThat(build(given, List.of()).issuers()).containsExactly(given.get(19).stored());
    assertThat(build(given, given).issuers()).hasSize(1);

    // Any look at it would find it wrong.
    List<ParsedCertificate> more = List.of(tampered(ROOT.root()));
    assertRefused(given, more)
        .hasMessage(
            "21 certificates were given, but a chain has at most 10: give those of the chain"
                + " alone");
    assertThatThrownBy(() -> new GivenChain(UnknownAlgorithms.REFUSE).verify(given, more))
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
    ParsedCertificate leaf = root.endEntity(LEAF);
    ParsedCertificate issuer = root.root();

    assertChain(List.of(leaf, issuer), List.of(leaf), List.of(issuer));
    assertRefused(List.of(tampered(leaf)), List.of(issuer)).hasMessageContaining("signed");
  }

  private VerifiedChain build(List<ParsedCertificate> certificate, List<ParsedCertificate> chain) {
    return new ChainBuilder(known).build(certificate, chain);
  }

  private void assertChain(
      List<ParsedCertificate> wanted,
      List<ParsedCertificate> certificate,
      List<ParsedCertificate> chain) {
    List<Certificate> all = wanted.stream().map(ParsedCertificate::stored).toList();
    assertThat(build(certificate, chain))
        .isEqualTo(new VerifiedChain(all.get(0), all.subList(1, all.size())));
  }

  private AbstractThrowableAssert<?, ?> assertRefused(
      List<ParsedCertificate> certificate, List<ParsedCertificate> chain) {
    return assertThatThrownBy(() -> build(certificate, chain))
        .isInstanceOfSatisfying(
            RefusedException.class,
            e -> assertThat(e.reason()).isEqualTo(RefusedException.Reason.BAD_CERTIFICATE));
  }

  private void know(ParsedCertificate certificate) {
    known.add(certificate.stored(), new Actor("test"));
  }

  /** The same certificate with one bit of its signature turned. */
  private static ParsedCertificate tampered(ParsedCertificate certificate) {
    byte[] der = certificate.der();
    der[der.length - 1] ^= 1;
    return CertificateReader.read(der, "tampered").get(0);
  }
}
