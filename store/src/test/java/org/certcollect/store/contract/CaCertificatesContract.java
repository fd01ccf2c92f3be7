package org.certcollect.store.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.certcollect.store.contract.Samples.ALICE;
import static org.certcollect.store.contract.Samples.BOTH;
import static org.certcollect.store.contract.Samples.HASH;
import static org.certcollect.store.contract.Samples.chain;
import static org.certcollect.store.contract.Samples.order;
import static org.certcollect.store.contract.Samples.orderIn;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import javax.security.auth.x500.X500Principal;
import org.certcollect.store.Order;
import org.certcollect.store.domain.OrderState;
import org.certcollect.store.domain.Product;
import org.certcollect.store.domain.RefusedException.Reason;
import org.certcollect.store.x509.Certificate;
import org.certcollect.store.x509.DistinguishedName;
import org.junit.jupiter.api.Test;

/** The contract of {@link org.certcollect.store.CaCertificates}. */
public abstract class CaCertificatesContract extends StoreContract {
  private final Certificate root = chain("chain-3").issuers().get(1);

  @Test
  void anAddedCertificateIsFoundAsItWasAdded() {
    assertThat(store.caCertificates().add(root, ALICE)).isTrue();

    Certificate found =
        store.caCertificates().withSubject(DistinguishedName.of(root.subject())).get(0);
    assertThat(found).isEqualTo(root);
    assertThat(found.fingerprint()).isEqualTo(root.fingerprint());
    assertThat(found.subject()).isEqualTo(root.subject());
    assertThat(found.commonName()).isEqualTo(root.commonName());
    assertThat(found.dnsName()).isEqualTo(root.dnsName());
    assertThat(found.notBefore()).isEqualTo(root.notBefore());
    assertThat(found.notAfter()).isEqualTo(root.notAfter());
  }

  @Test
  void aCertificateIsKeptOnce() {
    store.caCertificates().add(root, ALICE);

    assertThat(store.caCertificates().add(root, ALICE)).isFalse();
    assertThat(store.caCertificates().list()).containsExactly(root);
  }

  @Test
  void anotherSubjectFindsNothing() {
    store.caCertificates().add(root, ALICE);

    DistinguishedName none = DistinguishedName.of(new byte[] {0x30, 0});
    assertThat(store.caCertificates().withSubject(none)).isEmpty();
  }

  @Test
  void theNewestCertificateOfOneSubjectComesFirst() {
    Certificate newer = like(root, 1);
    Certificate newest = like(root, 2);
    for (Certificate certificate : List.of(newer, root, newest)) {
      store.caCertificates().add(certificate, ALICE);
    }

    assertThat(store.caCertificates().withSubject(DistinguishedName.of(root.subject())))
        .containsExactly(newest, newer, root);
  }

  @Test
  void theIssuersOfAnIssuedCertificateAreKeptForLaterChains() {
    store.accounts().add("demo", HASH, BOTH, ALICE);
    orderIn(store, OrderState.ISSUED, order("demo", Product.SSL));
    orderIn(store, OrderState.ISSUED, order("demo", Product.SSL));

    assertThat(store.caCertificates().list()).isEqualTo(chain("chain-3").issuers());
    assertThat(store.caCertificates().add(root, ALICE)).isFalse();
  }

  @Test
  void aSubjectThatIsWrittenInAnotherWayIsFound() {
    Certificate plain = like(root, 1, new X500Principal("CN=Root CA,O=Org").getEncoded());
    Certificate blanks = like(root, 2, new X500Principal("CN=ROOT   ca,O=org").getEncoded());
    Certificate other = like(root, 3, new X500Principal("CN=Root CB,O=Org").getEncoded());
    for (Certificate certificate : List.of(plain, blanks, other)) {
      store.caCertificates().add(certificate, ALICE);
    }

    assertThat(store.caCertificates().withSubject(DistinguishedName.of(plain.subject())))
        .containsExactly(blanks, plain);
  }

  /** Another certificate of the same name, some days newer. */
  private static Certificate like(Certificate certificate, int days) {
    return like(certificate, days, certificate.subject());
  }

  private static Certificate like(Certificate certificate, int days, byte[] subject) {
    byte[] der = {(byte) days};
    return new Certificate(
        der,
        der,
        subject,
        certificate.commonName(),
        Optional.empty(),
        certificate.notBefore().plus(Duration.ofDays(days)),
        certificate.notAfter());
  }

  @Test
  void aCaCertificateIsRemovedOnlyIfNoChainHasIt() {
    Certificate used = chain("chain-3").issuers().get(0);
    Certificate unused = chain("wildcard").issuers().get(0);
    store.accounts().add("remover", HASH, BOTH, ALICE);
    Order order = orderIn(store, OrderState.ISSUED, order("remover", Product.SSL));
    store.caCertificates().add(unused, ALICE);
    int count = store.caCertificates().list().size();

    assertRefused(
        Reason.CA_CERTIFICATE_IN_USE,
        () -> store.caCertificates().remove(used.fingerprint(), ALICE));
    assertRefused(
        Reason.UNKNOWN_CA_CERTIFICATE, () -> store.caCertificates().remove("no hex", ALICE));
    assertThat(order.certificate()).isPresent();
    if (!chain("chain-3").issuers().contains(unused)) {
      store.caCertificates().remove(unused.fingerprint(), ALICE);
      assertThat(store.caCertificates().list()).hasSize(count - 1).doesNotContain(unused);
    }
  }
}
