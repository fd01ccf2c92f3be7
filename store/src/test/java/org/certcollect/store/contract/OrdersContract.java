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
import static org.certcollect.store.contract.Samples.request;
import static org.certcollect.store.contract.Samples.with;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.certcollect.store.IssuedReference;
import org.certcollect.store.Order;
import org.certcollect.store.OrderStatistics;
import org.certcollect.store.Orders;
import org.certcollect.store.domain.MailContact;
import org.certcollect.store.domain.OrderRemarks;
import org.certcollect.store.domain.OrderState;
import org.certcollect.store.domain.Product;
import org.certcollect.store.domain.RefusedException.Reason;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The contract of {@link Orders}, apart from its transitions and lists. */
public abstract class OrdersContract extends StoreContract {
  @BeforeEach
  void addAccount() {
    store.accounts().add("demo", HASH, BOTH, ALICE);
  }

  @Test
  void ordersAreCountedByStateAndByWhatSoonNeedsCare() {
    Instant start = clock.instant();
    Order oldest = orderIn(store, OrderState.PROCESSING, order("demo", Product.SSL));
    clock.tick();
    orderIn(store, OrderState.PROCESSING, order("demo", Product.SSL));
    orderIn(store, OrderState.REVOKED, order("demo", Product.SSL));
    Instant end =
        orderIn(store, OrderState.ISSUED, order("demo", Product.SSL))
            .certificate()
            .orElseThrow()
            .notAfter();
    Duration left = Duration.between(start, end);

    OrderStatistics counted =
        store.orders().statistics(List.of(left.minusDays(1), left.plusDays(1)));

    assertThat(counted.byState())
        .containsEntry(OrderState.PROCESSING, 2L)
        .containsEntry(OrderState.REVOKED, 1L)
        .containsEntry(OrderState.ISSUED, 1L)
        .containsEntry(OrderState.REJECTED, 0L);
    assertThat(counted.oldestProcessing()).isEqualTo(oldest.processingSince());
    assertThat(counted.expiring())
        .containsEntry(left.minusDays(1), 0L)
        .containsEntry(left.plusDays(1), 1L);
    assertThat(store.pool().busy()).isLessThanOrEqualTo(store.pool().max());
  }

  @Test
  void anAddedOrderAwaitsPayment() {
    Order added = store.orders().add(order("demo", Product.SSL, 7), ALICE);

    Instant now = clock.instant();
    assertThat(added)
        .isEqualTo(
            new Order(
                7,
                "demo",
                Product.SSL,
                OrderState.AWAITING_PAYMENT,
                Optional.empty(),
                now,
                now,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                OrderRemarks.NONE,
                MailContact.NONE,
                Optional.empty()));
    assertThat(store.orders().find(7)).contains(added);
  }

  @Test
  void anOrderAddedAsPaidIsBeingProcessed() {
    Order added = store.orders().add(paid(order("demo", Product.SSL)), ALICE);

    assertThat(added.state()).isEqualTo(OrderState.PROCESSING);
  }

  @Test
  void numbersAreHandedOutUpwardsFrom1000001() {
    long first = store.orders().add(order("demo", Product.SSL), ALICE).number();
    long second = store.orders().add(order("demo", Product.CCC), ALICE).number();

    assertThat(first).isEqualTo(1_000_001);
    assertThat(second).isEqualTo(1_000_002);
  }

  @Test
  void numbersTakenByHandAreSkipped() {
    for (long number = 1_000_001; number <= 1_000_020; number++) {
      store.orders().add(order("demo", Product.SSL, number), ALICE);
    }

    long first = store.orders().add(order("demo", Product.SSL), ALICE).number();
    long second = store.orders().add(order("demo", Product.SSL), ALICE).number();

    assertThat(first).isGreaterThan(1_000_020);
    assertThat(second).isEqualTo(first + 1);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 42, Long.MAX_VALUE})
  void anyPositiveNumberMayBeWanted(long number) {
    store.orders().add(order("demo", Product.SSL, number), ALICE);

    assertThat(store.orders().find(number)).isPresent();
    assertThat(store.orders().add(order("demo", Product.SSL), ALICE).number()).isEqualTo(1_000_001);
  }

  @ParameterizedTest
  @ValueSource(longs = {0, -1, Long.MIN_VALUE})
  void aNumberBelowOneIsRefused(long number) {
    assertRefused(
        Reason.BAD_ORDER_NUMBER,
        () -> store.orders().add(order("demo", Product.SSL, number), ALICE));
    assertThat(store.orders().find(number)).isEmpty();
  }

  @Test
  void aTakenNumberIsRefused() {
    Order first = store.orders().add(order("demo", Product.SSL, 7), ALICE);

    assertRefused(
        Reason.ORDER_EXISTS, () -> store.orders().add(order("demo", Product.CCC, 7), ALICE));
    assertThat(store.orders().find(7)).contains(first);
  }

  @Test
  void anOrderOfAnUnknownAccountIsRefused() {
    assertRefused(
        Reason.UNKNOWN_ACCOUNT, () -> store.orders().add(order("nobody", Product.SSL), ALICE));
    assertRefused(
        Reason.UNKNOWN_ACCOUNT, () -> store.orders().add(order("de\u0000mo", Product.SSL), ALICE));
  }

  @Test
  void onlyAnOrderForAClientCertificateMayHaveACode() {
    assertRefused(
        Reason.WRONG_PRODUCT,
        () -> store.orders().add(with(order("demo", Product.SSL), code("A")), ALICE));
    long number = store.orders().add(order("demo", Product.SSL), ALICE).number();
    assertRefused(Reason.WRONG_PRODUCT, () -> store.orders().setCode(number, code("A"), ALICE));
    assertThat(store.collects().byCode(code("A"))).isEmpty();
  }

  @Test
  void aNewCodeEndsTheOneBeforeIt() {
    long number = store.orders().add(with(order("demo", Product.CCC), code("A")), ALICE).number();
    Instant later = clock.tick();

    Order changed = store.orders().setCode(number, code("B"), ALICE);

    assertThat(changed.changed()).isEqualTo(later);
    assertThat(store.collects().byCode(code("A"))).isEmpty();
    assertThat(store.collects().byCode(code("B")).orElseThrow().number()).isEqualTo(number);
  }

  @Test
  void whetherAnyOrderHasACodeIsTold() {
    store.orders().add(order("demo", Product.CCC, 1), ALICE);
    assertThat(store.orders().anyCode()).isFalse();
    store.orders().add(with(order("demo", Product.CCC, 2), code("A")), ALICE);
    assertThat(store.orders().anyCode()).isTrue();
  }

  @Test
  void aCodeBelongsToOneOrderOnly() {
    store.orders().add(with(order("demo", Product.CCC, 1), code("A")), ALICE);
    store.orders().add(order("demo", Product.CCC, 2), ALICE);

    assertRefused(Reason.CODE_EXISTS, () -> store.orders().setCode(2, code("A"), ALICE));
    assertRefused(
        Reason.CODE_EXISTS,
        () -> store.orders().add(with(order("demo", Product.CCC), code("A")), ALICE));
    assertThatThrownBy(
            () -> store.orders().add(with(order("demo", Product.CCC, 3), code("A")), ALICE))
        .hasMessage("another order already has that collection code");
    assertThat(store.orders().find(3)).isEmpty();
    assertThat(store.orders().setCode(1, code("A"), ALICE).number()).isEqualTo(1);
    assertThat(store.collects().byCode(code("A")).orElseThrow().number()).isEqualTo(1);
  }

  @Test
  void anIssuedOrderPointsAtItsCertificate() {
    Order issued = orderIn(store, OrderState.ISSUED, order("demo", Product.SSL));

    IssuedReference reference = issued.certificate().orElseThrow();
    assertThat(reference.notBefore()).isEqualTo(chain("chain-3").endEntity().notBefore());
    assertThat(reference.notAfter()).isEqualTo(chain("chain-3").endEntity().notAfter());
    assertThat(store.collects().chain(reference)).isEqualTo(chain("chain-3"));
  }

  @Test
  void aReissueServesTheNewestCertificateAndKeepsTheOlder() {
    long number = orderIn(store, OrderState.ISSUED, order("demo", Product.SSL)).number();

    Order reissued = store.orders().issue(number, chain("chain-4"), ALICE);

    var all = store.orders().certificates(number);
    assertThat(all).hasSize(2);
    assertThat(reissued.certificate()).contains(all.get(0));
    assertThat(store.collects().chain(all.get(0))).isEqualTo(chain("chain-4"));
    assertThat(store.collects().chain(all.get(1))).isEqualTo(chain("chain-3"));
  }

  @Test
  void anOrderWithoutACertificateHasNoneListed() {
    long number = store.orders().add(order("demo", Product.SSL), ALICE).number();

    assertThat(store.orders().certificates(number)).isEmpty();
    assertThat(store.orders().certificates(404)).isEmpty();
  }

  @Test
  void aCertificateMustCarryTheKeyOfTheSigningRequest() {
    var wanted = with(paid(order("demo", Product.SSL)), request("chain-3"));
    Order order = store.orders().add(wanted, ALICE);

    assertRefused(
        Reason.WRONG_KEY, () -> store.orders().issue(order.number(), chain("chain-4"), ALICE));
    assertThat(store.orders().find(order.number())).contains(order);
    assertThat(store.orders().certificates(order.number())).isEmpty();

    Order issued = store.orders().issue(order.number(), chain("chain-3"), ALICE);
    assertThat(issued.state()).isEqualTo(OrderState.ISSUED);
    assertRefused(
        Reason.WRONG_KEY, () -> store.orders().issue(order.number(), chain("rsa-4096"), ALICE));
  }

  @Test
  void aReasonThatCannotBeStoredIsStoredWithReplacements() {
    long number = store.orders().add(order("demo", Product.SSL), ALICE).number();

    Order rejected = store.orders().reject(number, Optional.of("a\u0000b\ud800"), ALICE);

    assertThat(rejected.reason()).contains("a\ufffdb\ufffd");
  }

  @Test
  void aChangeOfAnUnknownOrderIsRefused() {
    Orders orders = store.orders();
    assertRefused(Reason.UNKNOWN_ORDER, () -> orders.pay(404, ALICE));
    assertRefused(Reason.UNKNOWN_ORDER, () -> orders.reject(404, Optional.empty(), ALICE));
    assertRefused(Reason.UNKNOWN_ORDER, () -> orders.issue(404, chain("chain-1"), ALICE));
    assertRefused(Reason.UNKNOWN_ORDER, () -> orders.revoke(404, Optional.empty(), ALICE));
    assertRefused(Reason.UNKNOWN_ORDER, () -> orders.setCode(404, code("A"), ALICE));
    assertThat(orders.find(404)).isEmpty();
  }
}
