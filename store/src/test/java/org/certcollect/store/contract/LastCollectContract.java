package org.certcollect.store.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.certcollect.store.contract.Samples.ALICE;
import static org.certcollect.store.contract.Samples.BOTH;
import static org.certcollect.store.contract.Samples.HASH;
import static org.certcollect.store.contract.Samples.order;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.LongStream;
import org.certcollect.store.LastCollects.LastCollect;
import org.certcollect.store.domain.Product;
import org.junit.jupiter.api.Test;

/** The contract of last collects. */
abstract class LastCollectContract extends StoreContract {
  private static LastCollect at(long order, long second, OptionalLong account) {
    return new LastCollect(
        order, Instant.ofEpochSecond(second), account, Optional.empty(), "192.0.2." + second);
  }

  @Test
  void theLatestCollectOfEachOrderIsKeptWhoeverWritesFirst() {
    OptionalLong account = demoWithOrders(7, 8);
    store.lastCollects().put(List.of(at(7, 5, account), at(8, 5, OptionalLong.empty())));
    store.lastCollects().put(List.of(at(8, 6, account), at(7, 4, OptionalLong.empty())));

    assertThat(store.lastCollects().of(7))
        .contains(
            new LastCollect(
                7, Instant.ofEpochSecond(5), account, Optional.of("demo"), "192.0.2.5"));
    assertThat(store.lastCollects().of(8).orElseThrow().source()).isEqualTo("192.0.2.6");
    assertThat(store.lastCollects().of(9)).isEmpty();
  }

  @Test
  void manyCollectsAreKeptInAFewTransactions() {
    List<LastCollect> many =
        LongStream.rangeClosed(1, 1_001).mapToObj(n -> at(n, 5, OptionalLong.empty())).toList();
    List<Integer> parts = new ArrayList<>();
    store.lastCollects().put(many, done -> parts.add(done.size()));

    assertThat(parts).containsExactly(1_000, 1);
  }

  private OptionalLong demoWithOrders(long... numbers) {
    OptionalLong account = OptionalLong.of(store.accounts().add("demo", HASH, BOTH, ALICE).id());
    for (long number : numbers) {
      store.orders().add(order("demo", Product.SSL, number), ALICE);
    }
    return account;
  }

  @Test
  void aCollectIsDroppedIfItsOrderIsGoneOrItsAccountDisabled() {
    OptionalLong account = demoWithOrders(7, 8);
    store.accounts().setEnabled("demo", false, ALICE);
    store
        .lastCollects()
        .put(List.of(at(7, 5, account), at(8, 5, OptionalLong.empty()), at(9, 5, account)));

    assertThat(store.lastCollects().of(7)).isEmpty();
    assertThat(store.lastCollects().of(8)).as("its code still works").isPresent();
    assertThat(store.lastCollects().of(9)).isEmpty();
  }
}
