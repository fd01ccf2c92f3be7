package org.certcollect.store.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.certcollect.store.contract.Samples.ALICE;
import static org.certcollect.store.contract.Samples.BOTH;
import static org.certcollect.store.contract.Samples.HASH;
import static org.certcollect.store.contract.Samples.chain;
import static org.certcollect.store.contract.Samples.order;
import static org.certcollect.store.contract.Samples.orderIn;

import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Stream;
import org.certcollect.store.Order;
import org.certcollect.store.domain.OrderState;
import org.certcollect.store.domain.Product;
import org.certcollect.store.domain.RefusedException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The contract of the state machine of orders, pair by pair. */
public abstract class TransitionsContract extends StoreContract {
  @BeforeEach
  void addAccount() {
    store.accounts().add("demo", HASH, BOTH, ALICE);
  }

  static Stream<Arguments> pairs() {
    return Arrays.stream(OrderState.values())
        .flatMap(from -> Arrays.stream(OrderState.values()).map(to -> Arguments.of(from, to)));
  }

  @ParameterizedTest(name = "{0} to {1}")
  @MethodSource("pairs")
  void onlyTheTransitionsOfTheTableArePossible(OrderState from, OrderState to) {
    Order before = orderIn(store, from, order("demo", Product.SSL));
    int events = store.events().ofOrder(before.number()).size();
    Instant later = clock.tick();

    if (to == OrderState.AWAITING_PAYMENT) {
      assertThat(from.next()).as("no operation leads there").doesNotContain(to);
    } else if (from.next().contains(to)) {
      Order after = move(before.number(), to);
      assertThat(after.state()).isEqualTo(to);
      assertThat(after.changed()).isEqualTo(later);
      assertThat(after.created()).isEqualTo(before.created());
      assertThat(after.certificate().isPresent())
          .isEqualTo(to == OrderState.ISSUED || to == OrderState.REVOKED);
      assertThat(store.orders().find(before.number())).contains(after);
      assertThat(store.events().ofOrder(before.number())).hasSize(events + 1);
    } else {
      assertRefused(RefusedException.Reason.FORBIDDEN_TRANSITION, () -> move(before.number(), to));
      assertThat(store.orders().find(before.number())).contains(before);
      assertThat(store.events().ofOrder(before.number())).hasSize(events);
    }
  }

  @Test
  void aRefusalSaysWhatTheOrderIsAndWhatWouldBeAllowed() {
    long number = orderIn(store, OrderState.REJECTED, order("demo", Product.SSL)).number();

    assertThatThrownBy(() -> store.orders().revoke(number, Optional.empty(), ALICE))
        .hasMessage(
            "order 1000001 is rejected: it cannot be revoked; only an order that is issued can be");
    assertThatThrownBy(() -> store.orders().reject(number, Optional.empty(), ALICE))
        .hasMessage(
            "order 1000001 is rejected already; its last change was at "
                + store.orders().find(number).orElseThrow().changed());
  }

  @Test
  void aRevokedOrderKeepsItsCertificateAndTheReason() {
    Order revoked = orderIn(store, OrderState.REVOKED, order("demo", Product.SSL));

    assertThat(revoked.reason()).contains("key lost");
    assertThat(store.collects().chain(revoked.certificate().orElseThrow()))
        .isEqualTo(chain("chain-3"));
  }

  @Test
  void aRejectedOrderKeepsTheReason() {
    Order rejected = orderIn(store, OrderState.REJECTED, order("demo", Product.SSL));

    assertThat(rejected.reason()).contains("no answer");
  }

  private Order move(long number, OrderState to) {
    return switch (to) {
      case PROCESSING -> store.orders().pay(number, ALICE);
      case REJECTED -> store.orders().reject(number, Optional.empty(), ALICE);
      case ISSUED -> store.orders().issue(number, chain("chain-2"), ALICE);
      case REVOKED -> store.orders().revoke(number, Optional.empty(), ALICE);
      case AWAITING_PAYMENT -> throw new AssertionError("no operation leads there");
    };
  }
}
