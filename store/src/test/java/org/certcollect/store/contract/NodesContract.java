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
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.certcollect.store.Collects.AccountAndOrder;
import org.certcollect.store.Collects.OrderStatus;
import org.certcollect.store.NonBlockingCollects;
import org.certcollect.store.Store;
import org.certcollect.store.domain.OrderState;
import org.certcollect.store.domain.PasswordHash;
import org.certcollect.store.domain.Product;
import org.junit.jupiter.api.Test;

/** The contract for two nodes on one database, whatever both do at once. */
public abstract class NodesContract extends StoreContract {
  private static final int PAIRS = 4;
  private static final int CHANGES = 100;
  private static final int NUMBERS = 2000;

  /** One login with an order, changed by one thread and read by another, on any node. */
  private final class Pair {
    private final String login;
    private final Random random;
    private final List<Store> nodes;
    private final AtomicReference<AccountAndOrder> acknowledged = new AtomicReference<>();
    private final AtomicBoolean done = new AtomicBoolean();
    private long number;

    Pair(String login, long seed, List<Store> nodes) {
      this.login = login;
      this.random = new Random(seed);
      this.nodes = nodes;
      store.accounts().add(login, HASH, BOTH, ALICE);
      renew(store);
    }

    int change() {
      try {
        for (int i = 0; i < CHANGES; i++) {
          Store node = nodes.get(random.nextInt(nodes.size()));
          change(node);
          acknowledge(node);
          if (acknowledged.get().order().orElseThrow().state() == OrderState.REVOKED) {
            renew(node);
          }
        }
        return CHANGES;
      } finally {
        done.set(true);
      }
    }

    private void change(Store node) {
      switch (random.nextInt(5)) {
        case 0 -> node.accounts().setEnabled(login, random.nextBoolean(), ALICE);
        case 1 ->
            node.accounts().setPassword(login, new PasswordHash("$" + random.nextInt()), ALICE);
        case 2 -> node.orders().revoke(number, Optional.empty(), ALICE);
        default -> node.orders().issue(number, chain("chain-2"), ALICE);
      }
    }

    /** From now on every read on any node must show at least this. */
    private void acknowledge(Store node) {
      acknowledged.set(node.collects().byLogin(login, number).orElseThrow());
    }

    private void renew(Store node) {
      long next = node.orders().add(paid(order(login, Product.SSL)), ALICE).number();
      node.orders().issue(next, chain("chain-3"), ALICE);
      number = next;
      acknowledge(node);
    }

    int read() {
      int reads = 0;
      for (; !done.get(); reads++) {
        AccountAndOrder least = acknowledged.get();
        Store node = nodes.get(reads % nodes.size());
        OrderStatus wanted = least.order().orElseThrow();
        assertNotOlder(node.collects().byLogin(login, wanted.number()).orElseThrow(), least);
      }
      return reads;
    }

    int readPromptly() {
      int reads = 0;
      try (NonBlockingCollects nonBlocking = store.nonBlockingCollects().orElseThrow()) {
        for (; !done.get(); reads++) {
          AccountAndOrder least = acknowledged.get();
          OrderStatus wanted = least.order().orElseThrow();
          nonBlocking.refresh();
          assertNotOlder(nonBlocking.byLogin(login, wanted.number()).orElseThrow(), least);
        }
      }
      return reads;
    }
  }

  @Test
  void noReadIsOlderThanTheLastAcknowledgedChangeOnAnyNode() throws Exception {
    List<Store> nodes = List.of(store, openAnother());
    List<Callable<Integer>> tasks = new ArrayList<>();
    for (int i = 0; i < PAIRS; i++) {
      Pair pair = new Pair("demo" + i, i, nodes);
      tasks.add(pair::change);
      tasks.add(pair::read);
      if (store.nonBlockingCollects().isPresent()) {
        tasks.add(pair::readPromptly);
      }
    }

    assertThat(together(tasks)).allMatch(times -> times > 0);
  }

  @Test
  void thousandsOfOrdersAddedOnTwoNodesHaveNumbersOfTheirOwn() throws Exception {
    List<Store> nodes = List.of(store, openAnother());
    store.accounts().add("demo", HASH, BOTH, ALICE);
    Set<Long> numbers = ConcurrentHashMap.newKeySet();
    List<Callable<Integer>> tasks = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      Store node = nodes.get(i % 2);
      tasks.add(
          () -> {
            int added = 0;
            for (; added < NUMBERS / 8; added++) {
              numbers.add(node.orders().add(order("demo", Product.SSL), ALICE).number());
            }
            return added;
          });
    }

    together(tasks);

    assertThat(numbers).hasSize(NUMBERS);
  }

  private static void assertNotOlder(AccountAndOrder found, AccountAndOrder least) {
    assertThat(found.account().version()).isGreaterThanOrEqualTo(least.account().version());
    if (found.account().version() == least.account().version()) {
      assertThat(found.account()).isEqualTo(least.account());
    }
    OrderStatus wanted = least.order().orElseThrow();
    OrderStatus order = found.order().orElseThrow();
    assertThat(order.certificate().orElseThrow().id())
        .isGreaterThanOrEqualTo(wanted.certificate().orElseThrow().id());
    if (wanted.state() == OrderState.REVOKED) {
      assertThat(order.state()).isEqualTo(OrderState.REVOKED);
    }
  }

  private static List<Integer> together(List<Callable<Integer>> tasks) throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(tasks.size());
    try {
      List<Integer> results = new ArrayList<>();
      for (Future<Integer> task : threads.invokeAll(tasks)) {
        results.add(task.get());
      }
      return results;
    } finally {
      threads.shutdownNow();
    }
  }
}
