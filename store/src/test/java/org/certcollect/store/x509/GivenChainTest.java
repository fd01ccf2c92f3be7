package org.certcollect.store.x509;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.certcollect.protocol.fixtures.Fixtures;
import org.certcollect.store.domain.RefusedException;
import org.junit.jupiter.api.Test;

class GivenChainTest {
  private static final TestCa ROOT = TestCa.ec("Root");
  private static final TestCa CA = TestCa.ec("CA");
  private static final TestCa SITE = TestCa.ec("www.example.com");
  private static final ParsedCertificate END = CA.endEntity(SITE);

  private final GivenChain given = new GivenChain(UnknownAlgorithms.REFUSE);

  @Test
  void everyFixtureStaysAsItIs() {
    for (String fixture : Fixtures.chains()) {
      List<ParsedCertificate> all = TestCa.fixture(fixture);
      assertThat(certificates(given.verify(all.subList(0, 1), all.subList(1, all.size()))))
          .isEqualTo(all.stream().map(ParsedCertificate::stored).toList());
    }
  }

  @Test
  void aChainInAnotherOrderIsPutRight() {
    List<ParsedCertificate> all = TestCa.fixture("chain-4");
    List<ParsedCertificate> mixed = new ArrayList<>(all);
    Collections.reverse(mixed);
    assertThat(certificates(given.verify(mixed, List.of())))
        .isEqualTo(all.stream().map(ParsedCertificate::stored).toList());
  }

  @Test
  void nothingIsAddedToAChainThatEndsEarly() {
    assertThat(given.verify(List.of(END), List.of()).issuers()).isEmpty();
    assertThat(given.verify(List.of(END), List.of(ROOT.ca(CA))).issuers()).hasSize(1);
  }

  @Test
  void aWrongSignatureIsRefusedAlsoWhenTheIssuersWereFoundRightBefore() {
    List<ParsedCertificate> issuers = List.of(ROOT.ca(CA), ROOT.root());
    assertThat(given.verify(List.of(END), issuers).issuers()).hasSize(2);
    ParsedCertificate forged = TestCa.ec("CA").endEntity(SITE);
    assertRefused(List.of(forged), issuers);
  }

  @Test
  void aWrongLinkBetweenIssuersIsRefused() {
    assertRefused(List.of(END), List.of(ROOT.ca(CA), TestCa.ec("Root").root()));
  }

  @Test
  void anIssuerThatIsNoCaIsRefused() {
    assertRefused(List.of(END), List.of(ROOT.endEntity(CA)));
  }

  @Test
  void aCaInPlaceOfTheEndEntityIsRefused() {
    assertRefused(List.of(ROOT.ca(CA)), List.of(ROOT.root()));
    assertRefused(List.of(ROOT.ca(CA)), List.of());
  }

  @Test
  void aCertificateAfterARootIsRefused() {
    ParsedCertificate root = ROOT.root();
    assertRefused(List.of(root), List.of(TestCa.ec("Other").root()));
    assertThat(given.verify(List.of(root), List.of(root)).issuers()).isEmpty();
  }

  @Test
  void aCertificateThatNamesItselfButIsNotSelfSignedIsRefused() {
    ParsedCertificate liar = TestCa.ec("Root").ca(ROOT);
    assertRefused(List.of(liar), List.of());
    assertRefused(List.of(ROOT.endEntity(SITE)), List.of(liar));
  }

  @Test
  void moreThanTenCertificatesAreRefused() {
    List<TestCa> names = new ArrayList<>();
    for (int i = 0; i < 11; i++) {
      names.add(TestCa.ec("CA " + i));
    }
    List<ParsedCertificate> chain = new ArrayList<>();
    for (int i = 9; i > 0; i--) {
      chain.add(names.get(i - 1).ca(names.get(i)));
    }
    chain.add(names.get(0).root());
    assertThat(chain).hasSize(10);
    assertRefused(List.of(names.get(9).endEntity(SITE)), chain);
  }

  private void assertRefused(List<ParsedCertificate> certificate, List<ParsedCertificate> chain) {
    assertThatThrownBy(() -> given.verify(certificate, chain))
        .isInstanceOfSatisfying(
            RefusedException.class,
            e -> assertThat(e.reason()).isEqualTo(RefusedException.Reason.BAD_CERTIFICATE));
  }

  private static List<Certificate> certificates(VerifiedChain chain) {
    List<Certificate> all = new ArrayList<>(List.of(chain.endEntity()));
    all.addAll(chain.issuers());
    return all;
  }
}
