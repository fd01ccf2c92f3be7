package org.certcollect.store.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.certcollect.store.contract.Samples.ALICE;
import static org.certcollect.store.contract.Samples.BOTH;
import static org.certcollect.store.contract.Samples.HASH;
import static org.certcollect.store.contract.Samples.chain;
import static org.certcollect.store.contract.Samples.order;
import static org.certcollect.store.contract.Samples.orderIn;
import static org.certcollect.store.contract.Samples.request;
import static org.certcollect.store.contract.Samples.with;

import java.util.List;
import java.util.Optional;
import org.certcollect.store.Account;
import org.certcollect.store.Event;
import org.certcollect.store.Order;
import org.certcollect.store.domain.OrderState;
import org.certcollect.store.domain.Product;
import org.certcollect.store.domain.RefusedException.Reason;
import org.certcollect.store.x509.VerifiedChain;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The contract of what puts an operator's mistake right: requests, accounts, repeated issues. */
public abstract class CorrectionsContract extends StoreContract {
  @BeforeEach
  void addAccounts() {
    store.accounts().add("demo", HASH, BOTH, ALICE);
    store.accounts().add("other", HASH, BOTH, ALICE);
  }

  @Test
  void aRequestIsReplacedUntilTheCertificateIsIssued() {
    for (OrderState state : List.of(OrderState.AWAITING_PAYMENT, OrderState.PROCESSING)) {
      Order order = orderIn(store, state, with(order("demo", Product.SSL), request("chain-2")));
      long number = order.number();

      Order replaced = store.orders().setRequest(number, request("chain-3"), ALICE);

      assertThat(replaced.state()).isEqualTo(state);
      assertThat(replaced.reissueSince()).isEmpty();
      assertThat(store.orders().request(number).orElseThrow().publicKey())
          .isEqualTo(request("chain-3").publicKey());
      assertThat(actions(number)).endsWith("order.csr");
    }
    assertRefused(Reason.WRONG_KEY, () -> store.orders().issue(1000002, chain("chain-2"), ALICE));
    store.orders().issue(1000002, chain("chain-3"), ALICE);
  }

  @Test
  void aRequestForAnIssuedOrderBeginsAReissueOrChangesItsRequest() {
    long number =
        orderIn(store, OrderState.ISSUED, with(order("demo", Product.SSL), request("chain-3")))
            .number();

    assertThat(store.orders().setRequest(number, request("chain-2"), ALICE).reissueSince())
        .isPresent();
    store.orders().setRequest(number, request("chain-4"), ALICE);

    assertThat(actions(number)).endsWith("order.reissue", "order.csr");
    assertRefused(Reason.WRONG_KEY, () -> store.orders().issue(number, chain("chain-2"), ALICE));
    store.orders().issue(number, chain("chain-4"), ALICE);
    assertThat(store.orders().request(number).orElseThrow().publicKey())
        .isEqualTo(request("chain-4").publicKey());
  }

  @Test
  void anOrderThatEndedGetsNoRequest() {
    long number = orderIn(store, OrderState.REVOKED, order("demo", Product.SSL)).number();
    assertRefused(
        Reason.FORBIDDEN_TRANSITION,
        () -> store.orders().setRequest(number, request("chain-2"), ALICE));
    assertRefused(
        Reason.UNKNOWN_ORDER, () -> store.orders().setRequest(404, request("chain-2"), ALICE));
    assertThat(store.orders().request(number)).isEmpty();
  }

  @Test
  void anIdenticalReissueChangesNothing() {
    long number = orderIn(store, OrderState.ISSUED, order("demo", Product.SSL)).number();
    Order before = store.orders().find(number).orElseThrow();
    clock.tick();

    assertThat(store.orders().issue(number, chain("chain-3"), ALICE)).isEqualTo(before);
    assertThat(store.orders().certificates(number)).hasSize(1);
    assertThat(actions(number)).hasSize(3);
  }

  @Test
  void anotherChainIsNoIdenticalReissueNorIsAnOlderCertificate() {
    long number = orderIn(store, OrderState.ISSUED, order("demo", Product.SSL)).number();
    VerifiedChain shorter = new VerifiedChain(chain("chain-3").endEntity(), List.of());
    store.orders().issue(number, shorter, ALICE);
    store.orders().issue(number, chain("chain-2"), ALICE);
    store.orders().issue(number, chain("chain-3"), ALICE);
    assertThat(store.orders().certificates(number)).hasSize(4);
    store.orders().reissue(number, Optional.empty(), ALICE);
    assertThat(store.orders().issue(number, chain("chain-3"), ALICE).reissueSince()).isEmpty();
    assertThat(store.orders().certificates(number)).hasSize(5);
  }

  @Test
  void aMovedOrderIsCollectedByItsNewAccountOnly() {
    long number = orderIn(store, OrderState.ISSUED, order("demo", Product.SSL)).number();

    Order moved = store.orders().move(number, "other", ALICE);

    assertThat(moved.account()).isEqualTo("other");
    assertThat(store.collects().byLogin("other", number).get().order()).isPresent();
    assertThat(store.collects().byLogin("demo", number).get().order()).isEmpty();
    Event event = store.events().ofOrder(number).get(3);
    assertThat(event.action()).isEqualTo("order.move");
    assertThat(event.detail()).contains("from demo");
    assertThat(event.account()).contains("other");
    clock.tick();
    assertThat(store.orders().move(number, "other", ALICE)).isEqualTo(moved);
    assertThat(store.events().ofOrder(number)).as("of a move to the same account").hasSize(4);
    assertRefused(Reason.UNKNOWN_ACCOUNT, () -> store.orders().move(number, "nobody", ALICE));
    assertRefused(Reason.UNKNOWN_ORDER, () -> store.orders().move(404, "demo", ALICE));
  }

  @Test
  void aRenamedAccountKeepsItsOrdersAndItsPassword() {
    long number = orderIn(store, OrderState.ISSUED, order("demo", Product.SSL)).number();

    Account renamed = store.accounts().rename("demo", "Demo GmbH", ALICE);

    assertThat(renamed.passwordHash()).isEqualTo(HASH);
    assertThat(renamed.version()).isEqualTo(2);
    assertThat(store.accounts().find("demo")).isEmpty();
    assertThat(store.collects().byLogin("Demo GmbH", number).get().order()).isPresent();
    assertThat(store.events().ofAccount("Demo GmbH"))
        .last()
        .satisfies(event -> assertThat(event.detail()).contains("from demo"));
    assertRefused(Reason.ACCOUNT_EXISTS, () -> store.accounts().rename("other", "other", ALICE));
    assertRefused(
        Reason.ACCOUNT_EXISTS, () -> store.accounts().rename("other", "Demo GmbH", ALICE));
    assertRefused(Reason.UNKNOWN_ACCOUNT, () -> store.accounts().rename("demo", "x", ALICE));
    assertRefused(Reason.BAD_LOGIN, () -> store.accounts().rename("other", "", ALICE));
  }

  private List<String> actions(long number) {
    return store.events().ofOrder(number).stream().map(Event::action).toList();
  }
}
