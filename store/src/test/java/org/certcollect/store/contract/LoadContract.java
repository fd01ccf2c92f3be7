package org.certcollect.store.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.certcollect.store.contract.Samples.ALICE;
import static org.certcollect.store.contract.Samples.BOTH;
import static org.certcollect.store.contract.Samples.HASH;
import static org.certcollect.store.contract.Samples.chain;
import static org.certcollect.store.contract.Samples.code;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.certcollect.store.domain.CodeHash;
import org.certcollect.store.domain.OrderState;
import org.certcollect.store.domain.Product;
import org.certcollect.store.transfer.CertificateRecord;
import org.certcollect.store.transfer.OrderRecord;
import org.certcollect.store.transfer.Outcome;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The contract of a {@link org.certcollect.store.transfer.Loader}. */
public abstract class LoadContract extends StoreContract {
  private static final Instant THEN = Instant.parse("2026-05-13T10:15:00Z");

  @BeforeEach
  void addAccount() {
    store.accounts().add("demo", HASH, BOTH, ALICE);
  }

  @Test
  void anOrderIsLoadedWithAllItsChains() {
    assertThat(load(order(5, code("five"), "chain-2", "chain-3", "chain-2")))
        .containsExactly(Outcome.ADDED);

    assertThat(store.orders().certificates(5)).hasSize(3);
    assertThat(store.collects().chain(store.orders().find(5).orElseThrow().certificate().get()))
        .isEqualTo(chain("chain-2"));
    assertThat(store.caCertificates().list())
        .containsExactlyInAnyOrderElementsOf(
            Stream.of("chain-2", "chain-3").flatMap(c -> chain(c).issuers().stream()).toList());
  }

  /**
   * Regression test: the CA certificates of refused orders stayed without an event, and completed
   * the chains of later orders.
   */
  @Test
  void nothingOfARefusedOrderIsStored() {
    load(order(5, code("five"), "chain-3"));

    List<Outcome> outcomes =
        load(
            order(5, code("another"), "chain-2"),
            order(6, code("five"), "chain-4"),
            order(7, code("seven"), "chain-3"));

    assertThat(outcomes.subList(0, 2)).allMatch(Outcome.Refused.class::isInstance);
    assertThat(outcomes).last().isEqualTo(Outcome.ADDED);
    assertThat(store.caCertificates().list()).isEqualTo(chain("chain-3").issuers());
    assertThat(store.events().ofOrder(6)).isEmpty();
  }

  private List<Outcome> load(OrderRecord... orders) {
    return store.transfers().loader(ALICE).load(List.of(orders));
  }

  private static OrderRecord order(long number, CodeHash code, String... chains) {
    return new OrderRecord(
        number,
        "demo",
        Product.CCC,
        OrderState.ISSUED,
        Optional.empty(),
        THEN,
        THEN,
        Stream.of(chains).map(name -> new CertificateRecord(THEN, chain(name))).toList(),
        Optional.empty(),
        Optional.of(code),
        Optional.empty());
  }
}
