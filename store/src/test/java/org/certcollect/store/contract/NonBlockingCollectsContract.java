package org.certcollect.store.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.certcollect.store.contract.Samples.ALICE;
import static org.certcollect.store.contract.Samples.BOTH;
import static org.certcollect.store.contract.Samples.HASH;
import static org.certcollect.store.contract.Samples.OTHER_HASH;
import static org.certcollect.store.contract.Samples.chain;
import static org.certcollect.store.contract.Samples.code;
import static org.certcollect.store.contract.Samples.order;
import static org.certcollect.store.contract.Samples.paid;
import static org.certcollect.store.contract.Samples.with;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.certcollect.store.Collects;
import org.certcollect.store.Collects.AccountAndOrder;
import org.certcollect.store.NonBlockingCollects;
import org.certcollect.store.Store;
import org.certcollect.store.domain.OrderValidation;
import org.certcollect.store.domain.OrderValidation.StepProgress;
import org.certcollect.store.domain.OrderValidation.ValidatedDomain;
import org.certcollect.store.domain.Product;
import org.certcollect.store.domain.StoreException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The contract of {@link NonBlockingCollects}, for stores that have them: they answer as {@link
 * Collects} does, and nothing older than the last refresh.
 */
public abstract class NonBlockingCollectsContract extends CollectsContract {
  private Optional<NonBlockingCollects> opened = Optional.empty();

  /** A change of an issued order or its account. */
  protected record Change(String name, What what) {
    @FunctionalInterface
    protected interface What {
      void make(Store node, String login, long number);
    }

    @Override
    public String toString() {
      return name;
    }
  }

  private NonBlockingCollects nonBlocking() {
    if (opened.isEmpty()) {
      opened = store.nonBlockingCollects();
    }
    return opened.orElseThrow();
  }

  @Override
  protected Collects collects() {
    nonBlocking().refresh();
    return nonBlocking();
  }

  @AfterEach
  void closeNonBlocking() {
    opened.ifPresent(NonBlockingCollects::close);
  }

  static Stream<Change> changes() {
    return Stream.of(
        new Change("revoke", (s, login, n) -> s.orders().revoke(n, Optional.empty(), ALICE)),
        new Change("reissue", (s, login, n) -> s.orders().issue(n, chain("chain-3"), ALICE)),
        new Change("begin", (s, login, n) -> s.orders().reissue(n, Optional.empty(), ALICE)),
        new Change("hold", (s, login, n) -> s.orders().hold(n, Optional.empty(), ALICE)),
        new Change("disable", (s, login, n) -> s.accounts().setEnabled(login, false, ALICE)),
        new Change(
            "password", (s, login, n) -> s.accounts().setPassword(login, OTHER_HASH, ALICE)));
  }

  @ParameterizedTest
  @MethodSource("changes")
  void aChangeOnAnyNodeShowsAfterTheNextRefresh(Change change) throws Exception {
    Store another = openAnother();
    addIssued("demo", 7);
    addIssued("other", 8);

    assertShows(change, store, "demo", 7);
    assertShows(change, another, "other", 8);
  }

  private void assertShows(Change change, Store node, String login, long number) {
    AccountAndOrder before = collects().byLogin(login, number).orElseThrow();
    assertThat(collects().byLogin(login, number)).contains(before);
    long certificate = before.order().orElseThrow().certificate().orElseThrow().id();
    assertThat(collects().byCertificate(login, certificate)).contains(before);
    assertThat(collects().byCode(code(login))).isEqualTo(before.order());
    assertThat(collects().byCode(code(login))).isEqualTo(before.order());

    change.what.make(node, login, number);

    AccountAndOrder after = collects().byLogin(login, number).orElseThrow();
    assertThat(after)
        .isNotEqualTo(before)
        .isEqualTo(store.collects().byLogin(login, number).orElseThrow());
    assertThat(collects().byCertificate(login, certificate))
        .isEqualTo(store.collects().byCertificate(login, certificate));
    assertThat(collects().byCode(code(login))).isEqualTo(store.collects().byCode(code(login)));
  }

  @Test
  void changedDetailsAreFoundAfterARefresh() throws Exception {
    Store another = openAnother();
    addIssued("demo", 7);
    for (Store node : List.of(store, another)) {
      for (int names : new int[] {1, 100, 0}) {
        OrderValidation before = collects().details(7, Optional.empty()).validation();
        assertThat(collects().details(7, Optional.empty()).validation()).isEqualTo(before);

        node.orders().setValidation(7, was -> named(names), ALICE);

        OrderValidation after = collects().details(7, Optional.empty()).validation();
        assertThat(after.domains()).hasSize(names);
      }
    }
  }

  private static OrderValidation named(int names) {
    return new OrderValidation(
        Optional.empty(),
        Map.of(),
        IntStream.range(0, names)
            .mapToObj(i -> new ValidatedDomain(i + ".example.com", StepProgress.COMPLETED))
            .toList(),
        Optional.empty());
  }

  @Test
  void addedRecordsAreFoundAfterARefresh() {
    assertThat(collects().byLogin("demo", 7).orElseThrow().order()).isEmpty();
    assertThat(collects().byLogin("newcomer", 7)).isEmpty();

    addIssued("demo", 7);
    store.accounts().add("newcomer", HASH, BOTH, ALICE);

    assertThat(collects().byLogin("demo", 7).orElseThrow().order()).isPresent();
    assertThat(collects().byLogin("newcomer", 7)).isPresent();
  }

  @Test
  void afterItsEndItThrows() {
    addIssued("demo", 7);
    NonBlockingCollects ended = nonBlocking();
    ended.close();

    assertThatThrownBy(ended::refresh).isInstanceOf(StoreException.class);
    assertThatThrownBy(() -> ended.byLogin("demo", 7)).isInstanceOf(StoreException.class);
  }

  @Test
  void onceTheStoreIsClosedItThrows() {
    addIssued("demo", 7);
    NonBlockingCollects nonBlocking = nonBlocking();
    nonBlocking.refresh();
    store.close();

    assertThatThrownBy(nonBlocking::refresh).isInstanceOf(StoreException.class);
  }

  private void addIssued(String login, long number) {
    store.orders().add(with(paid(order(login, Product.CCC, number)), code(login)), ALICE);
    store.orders().issue(number, chain("chain-2"), ALICE);
  }
}
