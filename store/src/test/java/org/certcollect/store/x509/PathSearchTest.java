package org.certcollect.store.x509;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.certcollect.store.x509.ShapedCertificate.key;

import java.nio.file.Path;
import java.security.KeyPair;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.AuthorityKeyIdentifier;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.SubjectKeyIdentifier;
import org.certcollect.store.CaCertificates;
import org.certcollect.store.Store;
import org.certcollect.store.domain.Actor;
import org.certcollect.store.domain.Digests;
import org.certcollect.store.domain.RefusedException;
import org.certcollect.store.jdbc.sqlite.SqliteStore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The newest CA certificate of a name was taken, whether it was valid or not. */
class PathSearchTest {
  private static final Ca ROOT = Ca.named("ISRG Root X1");
  private static final Ca OLD = Ca.named("DST Root CA X3");
  private static final Ca INTER = Ca.named("R3");
  private static final Ca SITE = Ca.named("www.example.com");

  @TempDir private Path folder;
  private OpenSslJudge openSsl;
  private Store store;
  private CaCertificates known;

  /** A name with a key, which signs certificates that are valid from one day to another. */
  private record Ca(X500Name name, KeyPair keys, boolean hasIdentifiers) {
    static Ca named(String commonName) {
      return new Ca(new X500Name("CN=" + commonName), newKeys(), false);
    }

    static Ca identified(String commonName) {
      return new Ca(new X500Name("CN=" + commonName), newKeys(), true);
    }

    private static KeyPair newKeys() {
      return ShapedCertificate.keys("secp256r1");
    }

    ParsedCertificate ca(Ca subject, int from, int to) {
      return certificate(subject, true, from, to);
    }

    ParsedCertificate root(int from, int to) {
      return certificate(this, true, from, to);
    }

    ParsedCertificate endEntity(Ca subject) {
      return certificate(subject, false, -1, 90);
    }

    private ParsedCertificate certificate(Ca subject, boolean isCa, int from, int to) {
      ShapedCertificate shape =
          new ShapedCertificate(name, subject.name, key(subject.keys), from, to).ca(isCa);
      if (hasIdentifiers) {
        shape
            .with(Extension.subjectKeyIdentifier, false, new SubjectKeyIdentifier(subject.id()))
            .with(Extension.authorityKeyIdentifier, false, new AuthorityKeyIdentifier(id()));
      }
      return shape.sign("SHA256withECDSA", keys.getPrivate());
    }

    private byte[] id() {
      return Digests.sha256(keys.getPublic().getEncoded());
    }
  }

  @BeforeEach
  void open() {
    openSsl = new OpenSslJudge(folder);
    store = SqliteStore.open(folder.resolve("store.sqlite"), Clock.systemUTC());
    known = store.caCertificates();
  }

  @AfterEach
  void close() {
    store.close();
  }

  @Test
  void anExpiredOrFutureRootDoesNotWinOverOneThatIsValid() {
    ParsedCertificate valid = ROOT.root(-400, 400);
    know(ROOT.root(-100, -10), valid, ROOT.root(10, 900));

    VerifiedChain chain = build(ROOT.endEntity(SITE));

    assertThat(chain.issuers()).containsExactly(valid.stored());
    openSsl.verifies(chain);
  }

  /** In September 2021 the root of the longer path expired. */
  @Test
  void theCrossSignedLayoutOf2021LeadsToTheValidRoot() {
    ParsedCertificate crossSigned = OLD.ca(ROOT, -200, 800);
    ParsedCertificate selfSigned = ROOT.root(-2000, 5000);
    ParsedCertificate inter = ROOT.ca(INTER, -300, 1000);
    know(OLD.root(-7000, -30), crossSigned, selfSigned, inter);
    ParsedCertificate leaf = INTER.endEntity(SITE);

    for (VerifiedChain chain : List.of(build(leaf), build(leaf, inter, crossSigned))) {
      assertThat(chain.issuers()).containsExactly(inter.stored(), selfSigned.stored());
      openSsl.verifies(chain);
    }
  }

  @Test
  void ofValidPathsTheLongestValidThenTheShortestIsTaken() {
    ParsedCertificate longest = ROOT.root(-50, 700);
    know(ROOT.root(-10, 300), longest, OLD.ca(ROOT, -5, 700), OLD.root(-900, 700));

    assertThat(build(ROOT.endEntity(SITE)).issuers()).containsExactly(longest.stored());

    ParsedCertificate later = OLD.ca(ROOT, -5, 800);
    ParsedCertificate laterRoot = OLD.root(-900, 800);
    know(later, laterRoot);
    assertThat(build(ROOT.endEntity(SITE)).issuers())
        .containsExactly(later.stored(), laterRoot.stored());
  }

  @Test
  void aPathThatEndsAtARootIsPreferredToOneWhoseNextIssuerIsUnknown() {
    ParsedCertificate root = ROOT.root(-10, 300);
    ParsedCertificate crossSigned = OLD.ca(ROOT, -5, 900);
    know(root, crossSigned);

    VerifiedChain chain = build(ROOT.endEntity(SITE));

    assertThat(chain.issuers()).containsExactly(root.stored());
    openSsl.verifies(chain);
    // The path that is valid longest is a dead end.
    VerifiedChain longest = new VerifiedChain(chain.endEntity(), List.of(crossSigned.stored()));
    assertThatThrownBy(() -> openSsl.verifies(longest)).hasMessageContaining("unable to get");
  }

  @Test
  void aDeadEndOneLevelUpDoesNotBlockAnotherPath() {
    ParsedCertificate byOld = OLD.ca(INTER, -5, 900);
    ParsedCertificate byRoot = ROOT.ca(INTER, -10, 300);
    ParsedCertificate root = ROOT.root(-900, 900);
    // It bears the name of the CA that signed byOld, and has another key.
    know(Ca.named("DST Root CA X3").root(-900, 900), byOld, byRoot, root);

    VerifiedChain chain = build(INTER.endEntity(SITE));

    assertThat(chain.issuers()).containsExactly(byRoot.stored(), root.stored());
    openSsl.verifies(chain);
  }

  @Test
  void aStoredCaOfTheSameNameAndAnotherKeyIdentifierIsNotTheIssuer() {
    Ca root = Ca.identified("Root");
    Ca inter = Ca.identified("Inter");
    know(Ca.identified("Root").root(-9, 90));
    ParsedCertificate interByRoot = root.ca(inter, -9, 90);

    VerifiedChain chain = build(inter.endEntity(SITE), interByRoot);

    assertThat(chain.issuers()).containsExactly(interByRoot.stored());
    assertThat(ChainEnd.of(chain)).isInstanceOf(ChainEnd.UnknownIssuer.class);
    know(root.root(-9, 90));
    assertThat(build(inter.endEntity(SITE), interByRoot).issuers()).hasSize(2);
    assertThatThrownBy(() -> build(tampered(inter.endEntity(SITE)), interByRoot))
        .isInstanceOf(RefusedException.class)
        .hasMessageContaining("was not signed by");
  }

  @Test
  void aLoopOfTwoCasIsToldAsALoop() {
    know(OLD.ca(ROOT, -5, 90), ROOT.ca(OLD, -5, 90));

    VerifiedChain chain = build(ROOT.endEntity(SITE));

    assertThat(chain.issuers()).hasSize(2);
    assertThat(ChainEnd.of(chain))
        .isEqualTo(new ChainEnd.Loop(List.of("CN=ISRG Root X1", "CN=DST Root CA X3")));
  }

  @Test
  void expiredCertificatesAreHandedOutAndSaidToBeSo() {
    ParsedCertificate expired = ROOT.root(-900, -9);
    know(expired);

    VerifiedChain chain = build(ROOT.endEntity(SITE));

    assertThat(chain.issuers()).containsExactly(expired.stored());
    assertThat(ChainWarnings.of(chain, Clock.systemUTC().instant()).toString())
        .contains("The CA certificate \"ISRG Root X1\" is valid from");
  }

  /** Four CAs used up the steps in loops that had one CA twice, and the root was not found. */
  @ParameterizedTest
  @ValueSource(ints = {4, 5})
  void mutualCasDoNotHideARootThatExpiresBeforeTheirCrossCertificates(int count) {
    List<Ca> cas = mutualCas(count);
    ParsedCertificate root = cas.get(0).root(-5, 60);
    know(root);
    List<String> warnings = new ArrayList<>();

    VerifiedChain chain =
        new ChainBuilder(known)
            .build(List.of(cas.get(0).endEntity(SITE)), List.of(), warnings::add);

    assertThat(chain.issuers()).containsExactly(root.stored());
    assertThat(warnings).isEmpty();
    openSsl.verifies(chain);
  }

  /** A chain was served on which a CA had two certificates. */
  @Test
  void aCaStandsOnAPathOnce() {
    ParsedCertificate crossSigned = OLD.ca(ROOT, -5, 900);
    ParsedCertificate back = ROOT.ca(OLD, -5, 900);
    know(crossSigned, back, INTER.ca(ROOT, -4, 800));

    VerifiedChain chain = build(ROOT.endEntity(SITE), crossSigned, back);

    assertThat(chain.issuers()).containsExactly(crossSigned.stored(), back.stored());
    assertThat(ChainEnd.of(chain)).isInstanceOf(ChainEnd.Loop.class);
  }

  /** Twelve CAs that all certify each other have millions of paths, and none has a root. */
  @Test
  @Timeout(60)
  void aHostileSetOfCasEndsTheSearchAfterItsSteps() {
    List<Ca> cas = mutualCas(12);
    ParsedCertificate leaf = cas.get(0).endEntity(SITE);
    Clock clock = Clock.systemUTC();
    long start = clock.millis();

    List<String> warnings = new ArrayList<>();
    VerifiedChain loop = new ChainBuilder(known).build(List.of(leaf), List.of(), warnings::add);
    assertThat(ChainEnd.of(loop)).isInstanceOf(ChainEnd.Loop.class);
    assertThat(warnings).singleElement().asString().contains("ended after 1000 steps");
    assertThat(clock.millis() - start).isLessThan(Duration.ofSeconds(30).toMillis());

    ParsedCertificate root = cas.get(5).root(-5, 90);
    know(root);
    VerifiedChain found = build(leaf);
    assertThat(found.issuers()).contains(root.stored());
    openSsl.verifies(found);
  }

  private List<Ca> mutualCas(int count) {
    List<Ca> cas = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      cas.add(Ca.named("CA " + i));
    }
    for (Ca issuer : cas) {
      cas.stream().filter(ca -> !ca.equals(issuer)).forEach(ca -> know(issuer.ca(ca, -5, 90)));
    }
    return cas;
  }

  private void know(ParsedCertificate... certificates) {
    for (ParsedCertificate certificate : certificates) {
      known.add(certificate.stored(), new Actor("test"));
    }
  }

  private VerifiedChain build(ParsedCertificate leaf, ParsedCertificate... chain) {
    return new ChainBuilder(known).build(List.of(leaf), List.of(chain));
  }

  private static ParsedCertificate tampered(ParsedCertificate certificate) {
    byte[] der = certificate.der();
    der[der.length - 1] ^= 1;
    return ParsedCertificate.of(der);
  }
}
