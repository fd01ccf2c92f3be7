package org.certcollect.server.collect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.certcollect.store.contract.Samples.HASH;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.certcollect.server.config.LimitsConfig;
import org.certcollect.store.Account;
import org.certcollect.store.Collects;
import org.certcollect.store.Collects.AccountAndOrder;
import org.certcollect.store.Collects.OrderClaim;
import org.certcollect.store.IssuedReference;
import org.certcollect.store.domain.CodeHash;
import org.certcollect.store.domain.Product;
import org.certcollect.store.domain.StoreException;
import org.certcollect.store.x509.VerifiedChain;
import org.junit.jupiter.api.Test;

/** Runs event loop and workers by hand, so that each test says what comes before what. */
class LookUpsTest {
  private final Queue<Runnable> loop = new ArrayDeque<>();
  private final Queue<Runnable> workers = new ArrayDeque<>();
  private final List<List<OrderClaim>> statements = new ArrayList<>();
  private final AtomicLong now = new AtomicLong();
  private final AtomicInteger begun = new AtomicInteger();
  private final LookUps lookUps =
      new LookUps(Statements::new, workers::add, () -> loop::add, now::get);
  private long unreadable = -1;
  private boolean failing;
  private boolean broken;
  private boolean full;

  /** The statements of a store in which everybody has every order. */
  private final class Statements implements Collects {
    @Override
    public List<Optional<AccountAndOrder>> byLogins(List<OrderClaim> claims) {
      statements.add(claims);
      if (broken) {
        throw new StackOverflowError();
      }
      if (failing) {
        throw new StoreException("no answer");
      }
      if (claims.stream().anyMatch(claim -> claim.orderNumber() == unreadable)) {
        throw new IllegalArgumentException("no state of an order");
      }
      return claims.stream().map(claim -> Optional.of(found(claim.orderNumber()))).toList();
    }

    @Override
    public Optional<AccountAndOrder> byLogin(String login, long orderNumber) {
      throw new AssertionError();
    }

    @Override
    public Optional<AccountAndOrder> byCertificate(String login, long certificateId) {
      throw new AssertionError();
    }

    @Override
    public Optional<OrderStatus> byCode(CodeHash code) {
      throw new AssertionError();
    }

    @Override
    public VerifiedChain chain(IssuedReference reference) {
      throw new AssertionError();
    }

    @Override
    public ValidationDetails details(long orderNumber, Optional<IssuedReference> certificate) {
      throw new AssertionError();
    }
  }

  /** The answer to the claim to an order, which tells it from all others. */
  private static AccountAndOrder found(long order) {
    Account account = new Account(order, "demo", HASH, Set.of(Product.SSL), true, 1, Instant.EPOCH);
    return new AccountAndOrder(account, Optional.empty(), false);
  }

  private List<CompletableFuture<Optional<AccountAndOrder>>> find(int count) {
    return IntStream.range(0, count)
        .mapToObj(order -> lookUps.find(new OrderClaim("demo", order), begun::incrementAndGet))
        .toList();
  }

  private static void runAll(Queue<Runnable> tasks) {
    while (!tasks.isEmpty()) {
      tasks.remove().run();
    }
  }

  private void runAll() {
    while (!loop.isEmpty() || !workers.isEmpty()) {
      runAll(loop);
      runAll(workers);
    }
  }

  @Test
  void requestsThatArriveTogetherShareAStatement() {
    var found = find(3);

    assertThat(statements).isEmpty();
    runAll();

    assertThat(statements).hasSize(1);
    assertThat(statements.get(0)).extracting(OrderClaim::orderNumber).containsExactly(0L, 1L, 2L);
    assertThat(found)
        .extracting(each -> each.join().orElseThrow().account().id())
        .containsExactly(0L, 1L, 2L);
    assertThat(begun).hasValue(3);
  }

  @Test
  void requestsThatComeLaterNeverShareAStatementThatHasBegun() {
    find(1);
    runAll(loop);
    find(1);
    runAll(loop);
    var third = find(2);
    runAll(loop);

    assertThat(workers).hasSize(2);
    runAll(workers);
    assertThat(third).noneMatch(CompletableFuture::isDone);
    runAll();

    assertThat(statements).extracting(List::size).containsExactly(1, 1, 2);
    assertThat(third).allMatch(CompletableFuture::isDone);
  }

  @Test
  void resultsAreCompletedOnTheEventLoop() {
    var found = find(1);
    runAll(loop);
    runAll(workers);
    assertThat(found.get(0)).isNotDone();

    runAll(loop);

    assertThat(found.get(0)).isCompletedWithValue(Optional.of(found(0)));
  }

  @Test
  void manyRequestsTakeSeveralStatements() {
    var found = find(1_000);

    runAll();

    assertThat(statements).extracting(List::size).containsExactly(256, 256, 256, 232);
    assertThat(found).allMatch(CompletableFuture::isDone);
  }

  @Test
  void afterAFailureTheNextStatementIsMade() {
    failing = true;
    var refused = find(2);
    runAll();
    failing = false;
    var served = find(1);
    runAll();

    for (var each : refused) {
      assertThatThrownBy(each::join).hasCauseInstanceOf(StoreException.class);
    }
    assertThat(served.get(0)).isCompletedWithValue(Optional.of(found(0)));
  }

  /** Broke once: all requests that shared the statement got -14. */
  @Test
  void aRowThatCannotBeReadFailsItsOwnRequestAlone() {
    unreadable = 1;
    var found = find(3);

    runAll();

    assertThat(found.get(0)).isCompletedWithValue(Optional.of(found(0)));
    assertThatThrownBy(found.get(1)::join).hasCauseInstanceOf(IllegalArgumentException.class);
    assertThat(found.get(2)).isCompletedWithValue(Optional.of(found(2)));
  }

  /**
   * Broke once: requests were still looked up after their clients had got -14, and all new ones
   * waited for that.
   */
  @Test
  void requestsOfClientsThatGaveUpAreNotLookedUp() {
    var late = find(2);
    now.addAndGet(LimitsConfig.MAX_WAIT.toNanos());
    var inTime = find(2);

    runAll();

    for (var each : late) {
      assertThatThrownBy(each::join).hasCauseInstanceOf(TimeoutException.class);
    }
    assertThat(inTime.get(0)).isCompletedWithValue(Optional.of(found(0)));
    assertThat(inTime.get(1)).isCompletedWithValue(Optional.of(found(1)));
    assertThat(statements).extracting(List::size).containsExactly(2);
  }

  /** Broke once: two such errors stopped all look-ups of the event loop. */
  @Test
  void anErrorOfAStatementFailsItsRequestsAndNotTheNextOnes() {
    broken = true;
    var refused = find(2);
    runAll();
    var refusedAgain = find(1);
    runAll();
    broken = false;
    var served = find(1);
    runAll();

    assertThatThrownBy(refused.get(1)::join).hasCauseInstanceOf(StackOverflowError.class);
    assertThatThrownBy(refusedAgain.get(0)::join).hasCauseInstanceOf(StackOverflowError.class);
    assertThat(served.get(0)).isCompletedWithValue(Optional.of(found(0)));
  }

  @Test
  void tooManyRequestsAreRefused() {
    find(2_000);

    assertThatThrownBy(() -> find(1).get(0).join())
        .hasCauseInstanceOf(RejectedExecutionException.class);

    runAll();
    assertThat(find(1).get(0)).isNotDone();
  }

  @Test
  void aPoolThatTakesNoMoreWorkRefusesTheRequestsAndNotTheNextOnes() {
    LookUps refusing =
        new LookUps(
            Statements::new,
            task -> {
              if (full) {
                throw new RejectedExecutionException();
              }
              workers.add(task);
            },
            () -> loop::add,
            now::get);
    full = true;
    var refused = refusing.find(new OrderClaim("demo", 1), begun::incrementAndGet);
    runAll();
    full = false;
    var served = refusing.find(new OrderClaim("demo", 2), begun::incrementAndGet);
    runAll();

    assertThatThrownBy(refused::join).hasCauseInstanceOf(RejectedExecutionException.class);
    assertThat(served).isCompletedWithValue(Optional.of(found(2)));
  }
}
