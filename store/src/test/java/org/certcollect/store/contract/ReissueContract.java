package org.certcollect.store.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.certcollect.store.contract.Samples.ALICE;
import static org.certcollect.store.contract.Samples.BOTH;
import static org.certcollect.store.contract.Samples.HASH;
import static org.certcollect.store.contract.Samples.chain;
import static org.certcollect.store.contract.Samples.order;
import static org.certcollect.store.contract.Samples.orderIn;
import static org.certcollect.store.contract.Samples.request;
import static org.certcollect.store.contract.Samples.with;

import java.time.Instant;
import java.util.Optional;
import org.certcollect.store.Order;
import org.certcollect.store.Store;
import org.certcollect.store.domain.OrderState;
import org.certcollect.store.domain.Product;
import org.certcollect.store.domain.RefusedException.Reason;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The contract of reissues that are under way. */
public abstract class ReissueContract extends StoreContract {
  @BeforeEach
  void addAccount() {
    store.accounts().add("demo", HASH, BOTH, ALICE);
  }

  @Test
  void aReissueIsUnderWayUntilACertificateIsIssued() {
    long number = issued();
    Instant begun = clock.tick();

    Order reissue = store.orders().reissue(number, Optional.empty(), ALICE);

    assertThat(reissue.state()).isEqualTo(OrderState.ISSUED);
    assertThat(reissue.reissueSince()).contains(begun);
    assertThat(reissue.changed()).isEqualTo(begun);
    assertThat(store.orders().find(number)).contains(reissue);
    clock.tick();
    Order ended = store.orders().issue(number, chain("chain-3"), ALICE);
    assertThat(ended.reissueSince()).isEmpty();
    assertThat(ended.certificate()).isNotEqualTo(reissue.certificate());
    assertThat(store.orders().certificates(number)).hasSize(2);
  }

  @Test
  void aReissueWithARequestNeedsThatKeyFromThenOn() {
    long number = issued();
    store.orders().reissue(number, Optional.of(request("chain-4")), ALICE);

    assertRefused(Reason.WRONG_KEY, () -> store.orders().issue(number, chain("chain-3"), ALICE));
    assertThat(store.orders().find(number).orElseThrow().reissueSince()).isPresent();
    store.orders().issue(number, chain("chain-4"), ALICE);
    assertRefused(Reason.WRONG_KEY, () -> store.orders().issue(number, chain("chain-3"), ALICE));
    assertThat(store.orders().issue(number, chain("chain-4"), ALICE).reissueSince()).isEmpty();
  }

  @Test
  void aReissueWithoutARequestNeedsTheKeyOfTheOrdersRequest() {
    long number = issued();
    store.orders().reissue(number, Optional.empty(), ALICE);

    assertRefused(Reason.WRONG_KEY, () -> store.orders().issue(number, chain("chain-4"), ALICE));
  }

  @Test
  void aReissueThatIsGivenUpLeavesTheOrderAsItWas() {
    long number = issued();
    Order before = store.orders().find(number).orElseThrow();
    store.orders().reissue(number, Optional.of(request("chain-4")), ALICE);

    Order after = store.orders().cancelReissue(number, ALICE);

    assertThat(after.reissueSince()).isEmpty();
    assertThat(after.certificate()).isEqualTo(before.certificate());
    assertThat(store.collects().byLogin("demo", number).orElseThrow().order().orElseThrow().state())
        .isEqualTo(OrderState.ISSUED);
    assertRefused(Reason.WRONG_KEY, () -> store.orders().issue(number, chain("chain-4"), ALICE));
    store.orders().reissue(number, Optional.empty(), ALICE);
    store.orders().issue(number, chain("chain-3"), ALICE);
  }

  @Test
  void aReissueEndsWithTheRevocation() {
    long number = issued();
    store.orders().reissue(number, Optional.of(request("chain-4")), ALICE);

    Order revoked = store.orders().revoke(number, Optional.of("key lost"), ALICE);

    assertThat(revoked.state()).isEqualTo(OrderState.REVOKED);
    assertThat(revoked.reissueSince()).isEmpty();
    assertRefused(Reason.FORBIDDEN_TRANSITION, () -> store.orders().cancelReissue(number, ALICE));
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "ISSUED")
  void onlyAnIssuedOrderCanBeReissued(OrderState state) {
    Order order = orderIn(store, state, order("demo", Product.SSL));

    assertRefused(
        Reason.FORBIDDEN_TRANSITION,
        () -> store.orders().reissue(order.number(), Optional.empty(), ALICE));
    assertRefused(
        Reason.FORBIDDEN_TRANSITION, () -> store.orders().cancelReissue(order.number(), ALICE));
    assertThat(store.orders().find(order.number())).contains(order);
  }

  @Test
  void aSecondReissueIsRefusedAndNothingElseIsPossible() {
    long number = issued();
    Order under = store.orders().reissue(number, Optional.of(request("chain-4")), ALICE);
    clock.tick();

    assertThatThrownBy(() -> store.orders().reissue(number, Optional.of(request("chain-2")), ALICE))
        .hasMessage(
            "order 1000001 has a reissue under way already, since "
                + under.reissueSince().orElseThrow());
    assertRefused(Reason.FORBIDDEN_TRANSITION, () -> store.orders().pay(number, ALICE));
    assertRefused(
        Reason.FORBIDDEN_TRANSITION, () -> store.orders().reject(number, Optional.empty(), ALICE));
    assertThat(store.orders().find(number)).contains(under);
  }

  @Test
  void aRefusalSaysThatNoReissueIsUnderWay() {
    long number = issued();

    assertThatThrownBy(() -> store.orders().cancelReissue(number, ALICE))
        .hasMessage("order 1000001 is issued, and no reissue is under way");
    assertRefused(Reason.UNKNOWN_ORDER, () -> store.orders().reissue(404, Optional.empty(), ALICE));
    assertRefused(Reason.UNKNOWN_ORDER, () -> store.orders().cancelReissue(404, ALICE));
  }

  @Test
  void aReissueThatOneNodeBeginsIsSeenByTheNextRequestOnAnother() throws Exception {
    Store another = openAnother();
    long number = issued();
    for (int round = 0; round < 20; round++) {
      store.orders().reissue(number, Optional.empty(), ALICE);
      assertThat(stateOn(another, number)).isEqualTo(OrderState.PROCESSING);
      another.orders().cancelReissue(number, ALICE);
      assertThat(stateOn(store, number)).isEqualTo(OrderState.ISSUED);
    }
  }

  private static OrderState stateOn(Store node, long number) {
    return node.collects().byLogin("demo", number).orElseThrow().order().orElseThrow().state();
  }

  private long issued() {
    return orderIn(store, OrderState.ISSUED, with(order("demo", Product.SSL), request("chain-3")))
        .number();
  }
}
