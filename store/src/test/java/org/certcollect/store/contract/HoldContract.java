package org.certcollect.store.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.certcollect.store.contract.Samples.ALICE;
import static org.certcollect.store.contract.Samples.BOTH;
import static org.certcollect.store.contract.Samples.HASH;
import static org.certcollect.store.contract.Samples.chain;
import static org.certcollect.store.contract.Samples.code;
import static org.certcollect.store.contract.Samples.order;
import static org.certcollect.store.contract.Samples.orderIn;
import static org.certcollect.store.contract.Samples.with;

import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.certcollect.store.Collects.OrderStatus;
import org.certcollect.store.Event;
import org.certcollect.store.Order;
import org.certcollect.store.OrderFilter;
import org.certcollect.store.Outbox.Message;
import org.certcollect.store.Store;
import org.certcollect.store.domain.MailAddress;
import org.certcollect.store.domain.MailContact;
import org.certcollect.store.domain.MailKind;
import org.certcollect.store.domain.OrderRemarks;
import org.certcollect.store.domain.OrderState;
import org.certcollect.store.domain.Product;
import org.certcollect.store.domain.RefusedException.Reason;
import org.certcollect.store.x509.SearchTerms;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The contract of holds, of the e-mails that wait for their end, and of remarks. */
public abstract class HoldContract extends StoreContract {
  @BeforeEach
  void addAccount() {
    store.accounts().add("demo", HASH, BOTH, ALICE);
  }

  @Test
  void aHeldCertificateIsWithheldHoweverTheClientNamesItsOrder() throws Exception {
    Store another = openAnother();
    Order issued = orderIn(store, OrderState.ISSUED, with(order("demo", Product.CCC), code("A")));
    long number = issued.number();
    long id = issued.certificate().orElseThrow().id();
    Instant since = clock.tick();

    Order held = store.orders().hold(number, Optional.of("wrong name"), ALICE);

    assertThat(held.state()).isEqualTo(OrderState.ISSUED);
    assertThat(held.heldSince()).contains(since);
    assertThat(held.certificate()).isEqualTo(issued.certificate());
    for (Store node : List.of(store, another)) {
      OrderStatus withheld =
          new OrderStatus(number, Product.CCC, OrderState.PROCESSING, Optional.empty(), false);
      assertThat(node.collects().byLogin("demo", number).get().order()).contains(withheld);
      assertThat(node.collects().byCertificate("demo", id).get().order()).contains(withheld);
      assertThat(node.collects().byCode(code("A"))).contains(withheld.since(Optional.of(since)));
    }
    another.orders().release(number, ALICE);
    assertThat(store.collects().byCode(code("A")).get().certificate())
        .isEqualTo(issued.certificate());
    assertThat(store.events().ofOrder(number))
        .extracting(Event::action)
        .endsWith("order.hold", "order.release");
    assertThat(store.events().ofOrder(number))
        .extracting(Event::detail)
        .contains(Optional.of("wrong name"));
  }

  @ParameterizedTest
  @EnumSource
  void aHoldHidesNothingButCertificates(OrderState state) {
    Order order = orderIn(store, state, order("demo", Product.SSL));
    long number = order.number();
    if (state.next().isEmpty()) {
      assertRefused(
          Reason.FORBIDDEN_TRANSITION, () -> store.orders().hold(number, Optional.empty(), ALICE));
      assertThat(store.orders().release(number, ALICE)).isEqualTo(order);
      return;
    }

    store.orders().hold(number, Optional.empty(), ALICE);

    assertThat(store.collects().byLogin("demo", number).get().order().get().state())
        .isEqualTo(state == OrderState.ISSUED ? OrderState.PROCESSING : state);
  }

  @Test
  void aCertificateIssuedMeanwhileIsServedAfterTheRelease() {
    long number = orderIn(store, OrderState.PROCESSING, order("demo", Product.SSL)).number();
    store.orders().hold(number, Optional.empty(), ALICE);

    Order issued = store.orders().issue(number, chain("chain-3"), ALICE);

    assertThat(issued.heldSince()).isPresent();
    assertThat(status(number).certificate()).isEmpty();
    store.orders().release(number, ALICE);
    assertThat(status(number).certificate()).isEqualTo(issued.certificate());
  }

  @Test
  void aHoldDoesNotHideARevocationOrARejection() {
    long issued = orderIn(store, OrderState.ISSUED, order("demo", Product.SSL)).number();
    long paid = orderIn(store, OrderState.PROCESSING, order("demo", Product.SSL)).number();
    store.orders().hold(issued, Optional.empty(), ALICE);
    store.orders().hold(paid, Optional.empty(), ALICE);

    assertThat(store.orders().revoke(issued, Optional.empty(), ALICE).heldSince()).isEmpty();
    assertThat(store.orders().reject(paid, Optional.empty(), ALICE).heldSince()).isEmpty();
    assertThat(status(issued).state()).isEqualTo(OrderState.REVOKED);
    assertThat(status(paid).state()).isEqualTo(OrderState.REJECTED);
  }

  @Test
  void aSecondHoldAndASecondReleaseChangeNothing() {
    long number = orderIn(store, OrderState.ISSUED, order("demo", Product.SSL)).number();
    Order held = store.orders().hold(number, Optional.empty(), ALICE);
    clock.tick();
    assertThat(store.orders().hold(number, Optional.empty(), ALICE)).isEqualTo(held);
    Order released = store.orders().release(number, ALICE);
    clock.tick();
    assertThat(store.orders().release(number, ALICE)).isEqualTo(released);
    assertThat(store.events().ofOrder(number)).hasSize(5);
    assertRefused(Reason.UNKNOWN_ORDER, () -> store.orders().hold(404, Optional.empty(), ALICE));
    assertRefused(Reason.UNKNOWN_ORDER, () -> store.orders().release(404, ALICE));
  }

  @Test
  void remarksAreChangedOneByOne() {
    long number = orderIn(store, OrderState.REVOKED, order("demo", Product.SSL)).number();
    OrderRemarks ticket = new OrderRemarks(Optional.of("T-1"), Optional.empty());
    clock.tick();

    Order changed = store.orders().setRemarks(number, before -> ticket, ALICE);

    assertThat(changed.remarks()).isEqualTo(ticket);
    assertThat(changed.changed()).isEqualTo(clock.instant());
    store
        .orders()
        .setRemarks(
            number, before -> new OrderRemarks(before.reference(), Optional.of("call")), ALICE);
    assertThat(store.orders().find(number).orElseThrow().remarks())
        .isEqualTo(new OrderRemarks(Optional.of("T-1"), Optional.of("call")));
    assertThat(store.events().ofOrder(number)).extracting(Event::action).endsWith("order.note");
    assertThat(found(SearchTerms.reference("t-1"))).containsExactly(number);
    assertThat(found(SearchTerms.note("Call").get(0))).containsExactly(number);
    store.orders().setRemarks(number, before -> OrderRemarks.NONE, ALICE);
    assertThat(found(SearchTerms.reference("t-1"))).isEmpty();
    assertThat(found(SearchTerms.note("call").get(0))).isEmpty();
    assertRefused(Reason.UNKNOWN_ORDER, () -> store.orders().setRemarks(404, b -> b, ALICE));
  }

  private List<Long> found(String term) {
    OrderFilter filter = OrderFilter.first(10).withTerms(List.of(term));
    return store.orders().list(filter).stream().map(Order::number).toList();
  }

  private OrderStatus status(long number) {
    return store.collects().byLogin("demo", number).orElseThrow().order().orElseThrow();
  }

  @Test
  void aMailOfAHeldOrderHoldsUpNoOtherAndIsWokenWhoeverReleasesTheOrder() {
    MailContact contact =
        new MailContact(Optional.of(new MailAddress("alice@example.com")), Optional.empty(), false);
    store.accounts().setContact("demo", none -> contact, ALICE);
    Store mailing = store.mailing(EnumSet.allOf(MailKind.class), () -> {});
    mailing.orders().add(Samples.paid(order("demo", Product.SSL, 7)), ALICE);
    store.outbox().sent(claim().orElseThrow(), ALICE);
    mailing.orders().issue(7, chain("chain-3"), ALICE);
    Message issued = claim().orElseThrow();
    // A process that sends no mails.
    store.orders().hold(7, Optional.empty(), ALICE);
    mailing.orders().add(order("demo", Product.SSL, 8), ALICE);
    store.outbox().held(issued);
    Message other = claim().orElseThrow();
    assertThat(other.order()).as("for the same address").isEqualTo(8);
    store.outbox().sent(other, ALICE);
    assertThat(store.outbox().wake()).isZero();
    OptionalLong id = OptionalLong.of(issued.id());
    assertRefused(Reason.UNKNOWN_MAIL, () -> store.outbox().retry(id, ALICE));

    store.orders().release(7, ALICE);
    assertThat(store.outbox().wake()).isEqualTo(1);
    assertThat(store.outbox().wake()).isZero();
    Message again = claim().orElseThrow();
    assertThat(again.id()).isEqualTo(issued.id());
    store.outbox().failed(again, Optional.empty(), "550", ALICE);
    store.orders().hold(7, Optional.empty(), ALICE);
    assertThat(store.outbox().retry(OptionalLong.empty(), ALICE)).as("it is held").isZero();
    assertThat(store.outbox().wake()).isZero();
  }

  private Optional<Message> claim() {
    return store.outbox().claim("node", Duration.ofMinutes(2), Optional.empty());
  }
}
