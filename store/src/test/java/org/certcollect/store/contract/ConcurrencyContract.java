package org.certcollect.store.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.certcollect.store.contract.Samples.ALICE;
import static org.certcollect.store.contract.Samples.BOTH;
import static org.certcollect.store.contract.Samples.HASH;
import static org.certcollect.store.contract.Samples.chain;
import static org.certcollect.store.contract.Samples.order;
import static org.certcollect.store.contract.Samples.paid;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import org.certcollect.store.Account;
import org.certcollect.store.Store;
import org.certcollect.store.domain.OrderState;
import org.certcollect.store.domain.PasswordHash;
import org.certcollect.store.domain.Product;
import org.certcollect.store.domain.RefusedException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The contract for many threads and two instances that use the same data at once. */
public abstract class ConcurrencyContract extends StoreContract {
  private static final int THREADS = 8;

  private Store other;

  @BeforeEach
  void openTwo() throws Exception {
    other = openAnother();
    store.accounts().add("demo", HASH, BOTH, ALICE);
  }

  @Test
  void exactlyOneOfManyEqualChangesWins() throws Exception {
    long number = store.orders().add(order("demo", Product.SSL), ALICE).number();

    List<Boolean> won = together(instance -> succeeds(() -> instance.orders().pay(number, ALICE)));

    assertThat(won).containsOnlyOnce(true);
    assertThat(store.events().ofOrder(number)).hasSize(2);
  }

  @Test
  void exactlyOneOfManyReissuesIsBegunAndItsRequestIsTheOnlyOne() throws Exception {
    long number = store.orders().add(paid(order("demo", Product.SSL)), ALICE).number();
    store.orders().issue(number, chain("chain-2"), ALICE);
    AtomicLong turn = new AtomicLong();

    List<String> begun =
        together(
            instance -> {
              String chain = turn.getAndIncrement() % 2 == 0 ? "chain-3" : "chain-4";
              return succeeds(
                      () ->
                          instance
                              .orders()
                              .reissue(number, Optional.of(Samples.request(chain)), ALICE))
                  ? chain
                  : "";
            });

    assertThat(begun).filteredOn(chain -> !chain.isEmpty()).hasSize(1);
    String first = begun.stream().filter(chain -> !chain.isEmpty()).findFirst().orElseThrow();
    String other = first.equals("chain-3") ? "chain-4" : "chain-3";
    assertThat(succeeds(() -> store.orders().issue(number, chain(other), ALICE))).isFalse();
    assertThat(succeeds(() -> store.orders().issue(number, chain(first), ALICE))).isTrue();
  }

  @Test
  void exactlyOneOfARejectionAndAnIssueWins() throws Exception {
    for (int round = 0; round < 10; round++) {
      long number = store.orders().add(paid(order("demo", Product.SSL)), ALICE).number();
      AtomicLong turn = new AtomicLong();

      together(
          instance ->
              turn.getAndIncrement() % 2 == 0
                  ? succeeds(() -> instance.orders().issue(number, chain("chain-2"), ALICE))
                  : succeeds(() -> instance.orders().reject(number, Optional.empty(), ALICE)));

      OrderState state = store.orders().find(number).orElseThrow().state();
      assertThat(store.orders().certificates(number).isEmpty())
          .isEqualTo(state == OrderState.REJECTED);
    }
  }

  @Test
  void ordersAddedAtOnceGetDifferentNumbers() throws Exception {
    List<List<Long>> numbers =
        together(
            instance -> {
              List<Long> own = new ArrayList<>();
              for (int i = 0; i < 25; i++) {
                own.add(instance.orders().add(order("demo", Product.SSL), ALICE).number());
              }
              return own;
            });

    assertThat(numbers.stream().flatMap(List::stream))
        .hasSize(THREADS * 25)
        .doesNotHaveDuplicates();
  }

  @Test
  void anAccountAddedAtOnceIsAddedOnce() throws Exception {
    List<Boolean> won =
        together(instance -> succeeds(() -> instance.accounts().add("new", HASH, BOTH, ALICE)));

    assertThat(won).containsOnlyOnce(true);
  }

  @Test
  void noChangeOfAnAccountIsLost() throws Exception {
    AtomicLong turn = new AtomicLong();
    long before = store.accounts().find("demo").orElseThrow().version();

    together(
        instance ->
            instance
                .accounts()
                .setPassword("demo", new PasswordHash("$" + turn.incrementAndGet()), ALICE));

    assertThat(store.accounts().find("demo").map(Account::version)).contains(before + THREADS);
  }

  @Test
  void certificatesIssuedAtOnceShareTheirIssuers() throws Exception {
    together(
        instance -> {
          long number = instance.orders().add(paid(order("demo", Product.SSL)), ALICE).number();
          return instance.orders().issue(number, chain("chain-10"), ALICE);
        });

    assertThat(store.caCertificates().list()).hasSize(9);
  }

  @Test
  void aReadThatBeginsAfterAChangeSeesItOnEveryInstance() throws Exception {
    long number = store.orders().add(paid(order("demo", Product.SSL)), ALICE).number();
    for (int round = 0; round < 50; round++) {
      Store writer = round % 2 == 0 ? store : other;
      Store reader = round % 2 == 0 ? other : store;
      PasswordHash hash = new PasswordHash("$round" + round);

      writer.accounts().setPassword("demo", hash, ALICE);
      var issued = writer.orders().issue(number, chain("chain-2"), ALICE);

      List<Boolean> seen =
          together(
              instance -> {
                var found = instance.collects().byLogin("demo", number).orElseThrow();
                return found.account().passwordHash().equals(hash)
                    && found.order().orElseThrow().certificate().equals(issued.certificate());
              });
      assertThat(seen).containsOnly(true);
      assertThat(reader.orders().find(number)).contains(issued);
    }
  }

  @Test
  void readsGoOnWhileChangesAreMade() throws Exception {
    long number = store.orders().add(paid(order("demo", Product.SSL)), ALICE).number();
    AtomicLong turn = new AtomicLong();

    together(
        instance -> {
          boolean writes = turn.getAndIncrement() % 4 == 0;
          for (int i = 0; i < 50; i++) {
            if (writes) {
              instance.orders().issue(number, chain(i % 2 == 0 ? "chain-2" : "chain-3"), ALICE);
            } else {
              assertThat(instance.collects().byLogin("demo", number).orElseThrow().order())
                  .isPresent();
            }
          }
          return writes;
        });

    assertThat(store.orders().certificates(number)).hasSizeBetween(50, 100);
  }

  private interface Task<T> {
    T on(Store instance) throws Exception;
  }

  /** Does a task in all threads at the same time, half of them on each instance. */
  private <T> List<T> together(Task<T> task) throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(THREADS);
    try {
      CyclicBarrier start = new CyclicBarrier(THREADS);
      List<Callable<T>> calls = new ArrayList<>();
      for (int i = 0; i < THREADS; i++) {
        Store instance = i % 2 == 0 ? store : other;
        calls.add(
            () -> {
              start.await();
              return task.on(instance);
            });
      }
      List<T> results = new ArrayList<>();
      for (Future<T> call : threads.invokeAll(calls)) {
        results.add(call.get());
      }
      return results;
    } finally {
      threads.shutdownNow();
    }
  }

  private static boolean succeeds(Runnable change) {
    try {
      change.run();
      return true;
    } catch (RefusedException e) {
      return false;
    }
  }
}
