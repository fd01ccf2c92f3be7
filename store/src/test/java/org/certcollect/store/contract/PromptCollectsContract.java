package org.certcollect.store.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.certcollect.store.contract.Samples.ALICE;
import static org.certcollect.store.contract.Samples.BOTH;
import static org.certcollect.store.contract.Samples.HASH;
import static org.certcollect.store.contract.Samples.OTHER_HASH;
import static org.certcollect.store.contract.Samples.chain;
import static org.certcollect.store.contract.Samples.order;
import static org.certcollect.store.contract.Samples.paid;

import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.certcollect.store.Collects;
import org.certcollect.store.Collects.AccountAndOrder;
import org.certcollect.store.Product;
import org.certcollect.store.PromptCollects;
import org.certcollect.store.Store;
import org.certcollect.store.StoreException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What {@link PromptCollects} answers, where a store has them: what {@link Collects} does, and
 * nothing older than the last refresh.
 */
public abstract class PromptCollectsContract extends CollectsContract {
  private Optional<PromptCollects> opened = Optional.empty();

  /** Something that is done to the order 7 of the account "demo". */
  protected record Change(String name, Consumer<Store> what) {
    @Override
    public String toString() {
      return name;
    }
  }

  private PromptCollects prompt() {
    if (opened.isEmpty()) {
      opened = store.promptCollects();
    }
    return opened.orElseThrow();
  }

  @Override
  protected Collects collects() {
    prompt().refresh();
    return prompt();
  }

  @AfterEach
  void closePrompt() {
    opened.ifPresent(PromptCollects::close);
  }

  static Stream<Change> changes() {
    return Stream.of(
        new Change("revoke", s -> s.orders().revoke(7, Optional.empty(), ALICE)),
        new Change("reissue", s -> s.orders().issue(7, chain("chain-3"), ALICE)),
        new Change("disable", s -> s.accounts().setEnabled("demo", false, ALICE)),
        new Change("password", s -> s.accounts().setPassword("demo", OTHER_HASH, ALICE)));
  }

  @ParameterizedTest
  @MethodSource("changes")
  void aChangeOnAnyNodeShowsAfterTheNextRefresh(Change change) throws Exception {
    addIssued();
    for (Store node : new Store[] {store, openAnother()}) {
      AccountAndOrder before = collects().byLogin("demo", 7).orElseThrow();
      assertThat(collects().byLogin("demo", 7)).contains(before);
      try {
        change.what.accept(node);
      } catch (StoreException e) {
        // Revoked or disabled already, by the first of the two.
        continue;
      }

      AccountAndOrder after = collects().byLogin("demo", 7).orElseThrow();

      assertThat(after).isEqualTo(store.collects().byLogin("demo", 7).orElseThrow());
    }
    assertThat(collects().byLogin("demo", 7)).isEqualTo(store.collects().byLogin("demo", 7));
  }

  @Test
  void whatWasNotThereIsFoundOnceItIs() {
    assertThat(collects().byLogin("demo", 7).orElseThrow().order()).isEmpty();
    assertThat(collects().byLogin("newcomer", 7)).isEmpty();

    addIssued();
    store.accounts().add("newcomer", HASH, BOTH, ALICE);

    assertThat(collects().byLogin("demo", 7).orElseThrow().order()).isPresent();
    assertThat(collects().byLogin("newcomer", 7)).isPresent();
  }

  @Test
  void afterItsEndItThrows() {
    addIssued();
    PromptCollects ended = prompt();
    ended.close();

    assertThatThrownBy(ended::refresh).isInstanceOf(StoreException.class);
    assertThatThrownBy(() -> ended.byLogin("demo", 7)).isInstanceOf(StoreException.class);
  }

  @Test
  void onceTheStoreIsClosedItThrows() {
    addIssued();
    PromptCollects prompt = prompt();
    prompt.refresh();
    store.close();

    assertThatThrownBy(prompt::refresh).isInstanceOf(StoreException.class);
  }

  private void addIssued() {
    store.orders().add(paid(order("demo", Product.SSL, 7)), ALICE);
    store.orders().issue(7, chain("chain-2"), ALICE);
  }
}
