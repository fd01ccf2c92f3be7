package org.certcollect.store.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.certcollect.store.contract.Samples.ALICE;
import static org.certcollect.store.contract.Samples.BOTH;
import static org.certcollect.store.contract.Samples.HASH;
import static org.certcollect.store.contract.Samples.chain;
import static org.certcollect.store.contract.Samples.code;
import static org.certcollect.store.contract.Samples.order;
import static org.certcollect.store.contract.Samples.orderIn;
import static org.certcollect.store.contract.Samples.paid;
import static org.certcollect.store.contract.Samples.with;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.certcollect.store.Account;
import org.certcollect.store.Collects;
import org.certcollect.store.Collects.AccountAndOrder;
import org.certcollect.store.Collects.OrderClaim;
import org.certcollect.store.Collects.OrderStatus;
import org.certcollect.store.IssuedReference;
import org.certcollect.store.Order;
import org.certcollect.store.Retention.Rule;
import org.certcollect.store.domain.MailAddress;
import org.certcollect.store.domain.MailContact;
import org.certcollect.store.domain.OrderState;
import org.certcollect.store.domain.Product;
import org.certcollect.store.domain.StoreException;
import org.certcollect.store.x509.Certificate;
import org.certcollect.store.x509.VerifiedChain;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The contract of {@link org.certcollect.store.Collects}. */
public abstract class CollectsContract extends StoreContract {
  private Account demo;

  /** The reads that are under test. */
  protected Collects collects() {
    return store.collects();
  }

  @BeforeEach
  void addAccounts() {
    demo = store.accounts().add("demo", HASH, BOTH, ALICE);
    store.accounts().add("other", HASH, BOTH, ALICE);
  }

  @ParameterizedTest
  @EnumSource(OrderState.class)
  void anAccountAndItsOrderAreFoundTogether(OrderState state) {
    Order order = orderIn(store, state, order("demo", Product.SSL));

    AccountAndOrder found = collects().byLogin("demo", order.number()).orElseThrow();

    assertThat(found.account()).isEqualTo(demo);
    assertThat(found.order())
        .contains(new OrderStatus(order.number(), Product.SSL, state, order.certificate(), false));
    assertThat(order.certificate().isPresent())
        .isEqualTo(state == OrderState.ISSUED || state == OrderState.REVOKED);
  }

  @Test
  void claimsThatComeTogetherFindTheSameAsEachAlone() {
    List<OrderClaim> claims = new ArrayList<>();
    for (OrderState state : OrderState.values()) {
      claims.add(
          new OrderClaim("demo", orderIn(store, state, order("demo", Product.SSL)).number()));
    }
    long own = claims.get(0).orderNumber();
    claims.add(claims.get(0));
    claims.add(new OrderClaim("other", own));
    claims.add(new OrderClaim("demo", 404));
    claims.add(new OrderClaim("demo", Long.MAX_VALUE));
    claims.add(new OrderClaim("nobody", own));
    claims.add(new OrderClaim("", own));
    claims.add(new OrderClaim("de\0mo", own));
    claims.add(new OrderClaim("\ud800", own));
    claims.add(new OrderClaim("{\"demo\",NULL}", own));
    claims.add(1, new OrderClaim("'); DROP TABLE account; --", own));

    assertThat(collects().byLogins(claims))
        .containsExactlyElementsOf(
            claims.stream().map(c -> collects().byLogin(c.login(), c.orderNumber())).toList());
    assertThat(collects().byLogins(claims.subList(0, 1))).hasSize(1).doesNotContain(none());
    assertThat(collects().byLogins(List.of())).isEmpty();
  }

  private static Optional<AccountAndOrder> none() {
    return Optional.empty();
  }

  @ParameterizedTest
  @ValueSource(longs = {404, 0, -1, Long.MAX_VALUE})
  void anUnknownNumberFindsTheAccountAlone(long number) {
    AccountAndOrder found = collects().byLogin("demo", number).orElseThrow();

    assertThat(found).isEqualTo(new AccountAndOrder(demo, Optional.empty(), false));
  }

  @Test
  void anotherAccountsOrderIsNotFound() {
    long number = store.orders().add(order("other", Product.SSL), ALICE).number();

    assertThat(collects().byLogin("demo", number))
        .contains(new AccountAndOrder(demo, Optional.empty(), true));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "nobody", "DEMO", "demo ", "demo\u0000", "\ud800", "' OR 1=1 --"})
  void anUnknownLoginFindsNothing(String login) {
    assertThat(collects().byLogin(login, 1)).isEmpty();
  }

  @Test
  void theDateOfARevocationIsNotThatOfALaterChange() {
    Order order = orderIn(store, OrderState.REVOKED, with(order("demo", Product.CCC), code("A")));
    clock.tick();
    assertThat(collects().byCode(code("A"))).isPresent();
    store.orders().setCode(order.number(), code("B"), ALICE);

    assertThat(collects().byCode(code("A"))).isEmpty();
    assertThat(collects().byCode(code("B")).orElseThrow().since()).contains(order.changed());
    Rule allEvents = new Rule(Optional.of(clock.tick()), Optional.empty(), Optional.empty());
    store.retention().prune(allEvents, ALICE, counts -> {});
    assertThat(collects().byCode(code("B")).orElseThrow().since()).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(OrderState.class)
  void anOrderIsFoundByItsCode(OrderState state) {
    Order order = orderIn(store, state, with(order("demo", Product.CCC), code("A")));

    assertThat(collects().byCode(code("A")))
        .contains(
            new OrderStatus(order.number(), Product.CCC, state, order.certificate(), false)
                .since(Optional.of(order.changed()).filter(at -> state == OrderState.REVOKED)));
    assertThat(collects().byCode(code("B"))).isEmpty();
  }

  @Test
  void theAddressOfAnOrderIsFoundByItsCodeAfterEachChange() {
    Order order = orderIn(store, OrderState.ISSUED, with(order("demo", Product.CCC), code("A")));
    for (Optional<String> email :
        List.of(Optional.of("jane@example.com"), Optional.<String>empty())) {
      MailContact contact = new MailContact(email.map(MailAddress::new), Optional.empty(), false);
      store.orders().setContact(order.number(), former -> contact, ALICE);
      assertThat(collects().byCode(code("A")).orElseThrow().email()).isEqualTo(email);
    }
  }

  static List<String> chains() {
    return Samples.CHAINS;
  }

  @ParameterizedTest
  @MethodSource("chains")
  void aChainIsRestoredByteForByteInItsOrder(String name) {
    long number = store.orders().add(paid(order("demo", Product.SSL)), ALICE).number();
    IssuedReference issued =
        store.orders().issue(number, chain(name), ALICE).certificate().orElseThrow();

    VerifiedChain restored = collects().chain(issued);

    assertThat(restored).isEqualTo(chain(name));
    assertSame(restored.endEntity(), chain(name).endEntity());
    for (int i = 0; i < restored.issuers().size(); i++) {
      assertSame(restored.issuers().get(i), chain(name).issuers().get(i));
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"ISSUED", "REVOKED"})
  void anAccountAndItsOrderAreFoundByACertificate(OrderState state) {
    Order order = orderIn(store, state, order("demo", Product.SSL));
    IssuedReference certificate = order.certificate().orElseThrow();

    assertThat(collects().byCertificate("demo", certificate.id()))
        .contains(
            new AccountAndOrder(
                demo,
                Optional.of(
                    new OrderStatus(
                        order.number(), Product.SSL, state, order.certificate(), false)),
                false));
    AccountAndOrder foreign = collects().byCertificate("other", certificate.id()).orElseThrow();
    assertThat(foreign.order()).isEmpty();
    assertThat(foreign.foreign()).isTrue();
    assertThat(collects().byCertificate("nobody", certificate.id())).isEmpty();
    assertThat(collects().byLogin("demo", certificate.id()).orElseThrow().order()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 404, 10_000_000_000L, 10_000_000_777L, Long.MAX_VALUE, 0, -1})
  void anUnknownCertificateFindsTheAccountAlone(long id) {
    orderIn(store, OrderState.ISSUED, order("demo", Product.SSL));

    assertThat(collects().byCertificate("demo", id))
        .contains(new AccountAndOrder(demo, Optional.empty(), false));
  }

  @Test
  void aReplacedCertificateIsFoundByItsId() {
    Order first = orderIn(store, OrderState.ISSUED, order("demo", Product.SSL));
    Order second = store.orders().issue(first.number(), chain("chain-4"), ALICE);

    OrderStatus older = byCertificate(first);
    OrderStatus newer = byCertificate(second);

    assertThat(older.certificate()).isEqualTo(first.certificate());
    assertThat(older.replaced()).isTrue();
    assertThat(collects().chain(older.certificate().orElseThrow())).isEqualTo(chain("chain-3"));
    assertThat(newer.certificate()).isEqualTo(second.certificate());
    assertThat(newer.replaced()).isFalse();
  }

  @Test
  void aReissueUnderWayIsBeingProcessedExceptByItsCertificate() {
    Order issued = orderIn(store, OrderState.ISSUED, with(order("demo", Product.CCC), code("A")));
    Order reissue = store.orders().reissue(issued.number(), Optional.empty(), ALICE);

    OrderStatus processing =
        new OrderStatus(
            issued.number(), Product.CCC, OrderState.PROCESSING, Optional.empty(), false);
    assertThat(collects().byLogin("demo", issued.number()).orElseThrow().order())
        .contains(processing);
    assertThat(collects().byCode(code("A"))).contains(processing);
    assertThat(byCertificate(issued).state()).isEqualTo(OrderState.ISSUED);
    assertThat(byCertificate(issued).certificate()).isEqualTo(reissue.certificate());
    assertThat(byCertificate(issued).replaced()).isFalse();
  }

  private OrderStatus byCertificate(Order order) {
    long id = order.certificate().orElseThrow().id();
    return collects().byCertificate("demo", id).orElseThrow().order().orElseThrow();
  }

  @Test
  void anUnknownReferenceIsAnError() {
    IssuedReference unknown = new IssuedReference(404, Instant.EPOCH, Instant.EPOCH);

    assertThatThrownBy(() -> collects().chain(unknown)).isInstanceOf(StoreException.class);
  }

  @Test
  void theStoreSaysThatItIsWellUntilItIsClosed() {
    assertThat(store.check().ok()).isTrue();

    store.close();

    assertThat(store.check().ok()).isFalse();
    assertThatThrownBy(() -> store.orders().find(1)).isInstanceOf(StoreException.class);
    assertThatThrownBy(() -> store.orders().pay(1, ALICE)).isInstanceOf(StoreException.class);
  }

  private static void assertSame(Certificate found, Certificate wanted) {
    assertThat(found.der()).isEqualTo(wanted.der());
    assertThat(found.sha256()).isEqualTo(wanted.sha256());
    assertThat(found.subject()).isEqualTo(wanted.subject());
    assertThat(found.commonName()).isEqualTo(wanted.commonName());
    assertThat(found.dnsName()).isEqualTo(wanted.dnsName());
    assertThat(found.notBefore()).isEqualTo(wanted.notBefore());
    assertThat(found.notAfter()).isEqualTo(wanted.notAfter());
  }
}
