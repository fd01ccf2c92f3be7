package org.certcollect.store.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.certcollect.store.contract.Samples.ALICE;
import static org.certcollect.store.contract.Samples.HASH;
import static org.certcollect.store.contract.Samples.OTHER_HASH;
import static org.certcollect.store.contract.Samples.chain;
import static org.certcollect.store.contract.Samples.code;
import static org.certcollect.store.contract.Samples.order;
import static org.certcollect.store.contract.Samples.paid;
import static org.certcollect.store.contract.Samples.request;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.certcollect.store.Event;
import org.certcollect.store.Events.EventFilter;
import org.certcollect.store.domain.Actor;
import org.certcollect.store.domain.Product;
import org.junit.jupiter.api.Test;

/** The contract of {@link org.certcollect.store.Events}. */
public abstract class EventsContract extends StoreContract {
  private static final Actor BOB = new Actor("api:bob");

  @Test
  void everyChangeOfAnOrderLeavesAnEvent() {
    store.accounts().add("demo", HASH, Set.of(Product.CCC), ALICE);
    var orders = store.orders();
    orders.add(order("demo", Product.CCC, 7), ALICE);
    Instant paidAt = clock.tick();
    orders.pay(7, BOB);
    orders.setCode(7, code("A"), BOB);
    orders.issue(7, chain("chain-3"), ALICE);
    orders.issue(7, chain("chain-4"), ALICE);
    orders.revoke(7, Optional.of("key lost"), BOB);

    List<Event> events = store.events().ofOrder(7);

    assertThat(events)
        .extracting(EventsContract::summary)
        .containsExactly(
            "cli:alice order.add null>AWAITING_PAYMENT null",
            "api:bob order.pay AWAITING_PAYMENT>PROCESSING null",
            "api:bob order.code null>null null",
            "cli:alice order.issue PROCESSING>ISSUED " + fingerprint("chain-3"),
            "cli:alice order.issue ISSUED>ISSUED " + fingerprint("chain-4"),
            "api:bob order.revoke ISSUED>REVOKED key lost");
    assertThat(events).extracting(Event::id).isSorted().doesNotHaveDuplicates();
    assertThat(events.get(1).at()).isEqualTo(paidAt);
    assertThat(events)
        .allSatisfy(
            event -> {
              assertThat(event.account()).contains("demo");
              assertThat(event.order()).hasValue(7);
            });
  }

  @Test
  void eventsAreListedByTimeActorAndOrderPageByPage() {
    store.accounts().add("demo", HASH, Set.of(Product.CCC), ALICE);
    for (long number : List.of(7L, 8L, 9L)) {
      store.orders().add(order("demo", Product.CCC, number), ALICE);
      store.orders().pay(number, BOB);
    }
    Instant later = clock.tick();
    store.orders().issue(8, chain("chain-3"), BOB);

    assertThat(listed(Optional.empty(), Optional.empty(), OptionalLong.empty()))
        .hasSize(8)
        .isSortedAccordingTo(Comparator.comparing(Event::at).thenComparing(Event::id))
        .containsAll(store.events().ofOrder(7));
    assertThat(listed(Optional.of(later), Optional.empty(), OptionalLong.empty()))
        .extracting(Event::action)
        .containsExactly("order.issue");
    assertThat(listed(Optional.empty(), Optional.of("api:bob"), OptionalLong.empty())).hasSize(4);
    assertThat(listed(Optional.empty(), Optional.of("nobody"), OptionalLong.empty())).isEmpty();
    assertThat(listed(Optional.empty(), Optional.empty(), OptionalLong.of(8)))
        .isEqualTo(store.events().ofOrder(8));
    assertThat(listed(Optional.of(later), Optional.of("api:bob"), OptionalLong.of(8))).hasSize(1);
  }

  private List<Event> listed(Optional<Instant> since, Optional<String> actor, OptionalLong order) {
    List<Event> all = new ArrayList<>();
    List<Event> page = store.events().list(new EventFilter(since, actor, order, 0, 3));
    while (!page.isEmpty()) {
      all.addAll(page);
      long last = page.get(page.size() - 1).id();
      page = store.events().list(new EventFilter(since, actor, order, last, 3));
    }
    return all;
  }

  @Test
  void theBeginAndTheEndOfAReissueAreTold() {
    store.accounts().add("demo", HASH, Set.of(), ALICE);
    store.orders().add(paid(order("demo", Product.SSL, 7)), ALICE);
    store.orders().issue(7, chain("chain-3"), ALICE);
    store.orders().reissue(7, Optional.of(request("chain-4")), BOB);
    store.orders().cancelReissue(7, BOB);

    assertThat(store.events().ofOrder(7).subList(2, 4))
        .extracting(EventsContract::summary)
        .containsExactly(
            "api:bob order.reissue null>null new signing request",
            "api:bob order.cancel-reissue null>null null");
  }

  @Test
  void aRejectionTellsItsReason() {
    store.accounts().add("demo", HASH, Set.of(), ALICE);
    store.orders().add(order("demo", Product.SSL, 7), ALICE);
    store.orders().reject(7, Optional.of("no answer"), ALICE);

    assertThat(summary(store.events().ofOrder(7).get(1)))
        .isEqualTo("cli:alice order.reject AWAITING_PAYMENT>REJECTED no answer");
  }

  @Test
  void everyChangeOfAnAccountLeavesAnEventOfItsOwn() {
    var accounts = store.accounts();
    accounts.add("demo", HASH, Set.of(Product.SSL), ALICE);
    accounts.allow("demo", Set.of(Product.CCC), BOB);
    accounts.deny("demo", Set.of(Product.SSL), BOB);
    accounts.setPassword("demo", OTHER_HASH, BOB);
    accounts.setEnabled("demo", false, BOB);
    accounts.setEnabled("demo", true, BOB);
    store.orders().add(order("demo", Product.CCC), ALICE);

    List<Event> events = store.events().ofAccount("demo");

    assertThat(events)
        .extracting(EventsContract::summary)
        .containsExactly(
            "cli:alice account.add null>SSL null",
            "api:bob account.allow SSL>SSL CCC null",
            "api:bob account.deny SSL CCC>CCC null",
            "api:bob account.password null>null null",
            "api:bob account.disable enabled>disabled null",
            "api:bob account.enable disabled>enabled null");
    assertThat(events)
        .allSatisfy(
            event -> {
              assertThat(event.account()).contains("demo");
              assertThat(event.order()).isEmpty();
            });
  }

  @Test
  void noEventHoldsAPassword() {
    store.accounts().add("demo", HASH, Set.of(), ALICE);
    store.accounts().setPassword("demo", OTHER_HASH, ALICE);

    assertThat(store.events().ofAccount("demo").toString()).doesNotContain("argon2");
  }

  @Test
  void missingOrdersAndAccountsHaveNoEvents() {
    assertThat(store.events().ofOrder(404)).isEmpty();
    assertThat(store.events().ofAccount("nobody")).isEmpty();
    assertThat(store.events().ofAccount("\u0000")).isEmpty();
    assertThat(store.events().ofAccount("\ud800")).isEmpty();
  }

  private static String fingerprint(String fixture) {
    return chain(fixture).endEntity().fingerprint();
  }

  private static String summary(Event event) {
    return "%s %s %s>%s %s"
        .formatted(
            event.actor(),
            event.action(),
            event.from().orElse(null),
            event.to().orElse(null),
            event.detail().orElse(null));
  }
}
