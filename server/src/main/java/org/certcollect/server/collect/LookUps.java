package org.certcollect.server.collect;

import com.github.benmanes.caffeine.cache.Ticker;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.certcollect.server.config.LimitsConfig;
import org.certcollect.store.Collects;
import org.certcollect.store.Collects.AccountAndOrder;
import org.certcollect.store.Collects.OrderClaim;
import org.certcollect.store.domain.StoreException;

/**
 * The look-ups of one event loop in a store across a network. A round trip and two changes of
 * thread cost many times more than the read itself, so requests that come together share them. A
 * request that comes while enough statements are under way waits for the next one. Its statement
 * always begins after it came, so that it sees every change before it. Confined to one event loop.
 */
final class LookUps {
  /** While the database works on one statement, the results of another are used. */
  private static final int MAX_UNDER_WAY = 2;

  private static final int MAX_CLAIMS = 256;
  private static final int MAX_WAITING = 2_000;

  private final Supplier<Collects> store;
  private final Executor workers;
  private final Supplier<Executor> eventLoop;
  private final Ticker ticker;
  private final Queue<LookUp> waiting = new ArrayDeque<>();
  private int underWay;
  private boolean scheduled;

  /** A look-up that waits for a statement or is part of one. */
  private record LookUp(
      OrderClaim claim,
      Runnable begun,
      long since,
      CompletableFuture<Optional<AccountAndOrder>> found) {
    private boolean isLate(long now) {
      return now - since >= LimitsConfig.MAX_WAIT.toNanos();
    }
  }

  /** The outcome of a look-up: an account and order, none, or a failure. */
  private record Outcome(Optional<AccountAndOrder> found, Optional<Throwable> failure) {
    private static Outcome failure(Throwable failure) {
      return new Outcome(Optional.empty(), Optional.of(failure));
    }

    private static List<Outcome> failures(List<LookUp> lookUps, Throwable failure) {
      return Collections.nCopies(lookUps.size(), failure(failure));
    }

    private void complete(CompletableFuture<Optional<AccountAndOrder>> result) {
      failure.ifPresentOrElse(result::completeExceptionally, () -> result.complete(found));
    }
  }

  /**
   * Makes look-ups for one event loop.
   *
   * @param store the reads, which may block
   * @param workers the threads that may block on the store
   * @param eventLoop the event loop of the calling thread; a task that it is given runs after what
   *     has arrived by then is read
   */
  LookUps(Supplier<Collects> store, Executor workers, Supplier<Executor> eventLoop, Ticker ticker) {
    this.store = store;
    this.workers = workers;
    this.eventLoop = eventLoop;
    this.ticker = ticker;
  }

  /**
   * Looks up an order. The result is completed on the event loop. It fails as the store does, with
   * a {@link TimeoutException} if its turn came too late, and with a {@link
   * RejectedExecutionException} if too many requests wait.
   *
   * @param begun is called by any thread when the statement begins
   */
  CompletableFuture<Optional<AccountAndOrder>> find(OrderClaim claim, Runnable begun) {
    if (waiting.size() == MAX_WAITING) {
      return CompletableFuture.failedFuture(new RejectedExecutionException());
    }
    LookUp lookUp = new LookUp(claim, begun, ticker.read(), new CompletableFuture<>());
    waiting.add(lookUp);
    if (!scheduled && underWay < MAX_UNDER_WAY) {
      scheduled = true;
      Executor loop = eventLoop.get();
      loop.execute(() -> begin(loop));
    }
    return lookUp.found;
  }

  private void begin(Executor loop) {
    scheduled = false;
    while (underWay < MAX_UNDER_WAY && !waiting.isEmpty()) {
      List<LookUp> claims = new ArrayList<>(Math.min(waiting.size(), MAX_CLAIMS));
      while (claims.size() < MAX_CLAIMS && !waiting.isEmpty()) {
        claims.add(waiting.remove());
      }
      underWay++;
      try {
        workers.execute(() -> read(claims, loop));
      } catch (RejectedExecutionException | OutOfMemoryError e) {
        // A pool that cannot start a thread throws the latter.
        underWay--;
        claims.forEach(lookUp -> lookUp.found.completeExceptionally(e));
      }
    }
  }

  /** Reads on a thread that may wait. */
  private void read(List<LookUp> claims, Executor loop) {
    List<Outcome> outcomes;
    try {
      outcomes = outcomesInTime(claims);
    } catch (RuntimeException | Error e) {
      outcomes = Outcome.failures(claims, e);
    }
    List<Outcome> told = outcomes;
    loop.execute(
        () -> {
          underWay--;
          begin(loop);
          for (int i = 0; i < claims.size(); i++) {
            told.get(i).complete(claims.get(i).found);
          }
        });
  }

  private List<Outcome> outcomesInTime(List<LookUp> claims) {
    long now = ticker.read();
    List<LookUp> due = claims.stream().filter(lookUp -> !lookUp.isLate(now)).toList();
    due.forEach(lookUp -> lookUp.begun.run());
    Iterator<Outcome> found =
        due.isEmpty() ? Collections.emptyIterator() : outcomes(due).iterator();
    return claims.stream()
        .map(lookUp -> lookUp.isLate(now) ? Outcome.failure(new TimeoutException()) : found.next())
        .toList();
  }

  private List<Outcome> outcomes(List<LookUp> due) {
    try {
      return store.get().byLogins(due.stream().map(LookUp::claim).toList()).stream()
          .map(found -> new Outcome(found, Optional.empty()))
          .toList();
    } catch (StoreException | Error e) {
      return Outcome.failures(due, e);
    } catch (RuntimeException e) {
      // A row that cannot be read is no reason to refuse the others.
      return due.size() == 1 ? Outcome.failures(due, e) : inHalves(due);
    }
  }

  private List<Outcome> inHalves(List<LookUp> due) {
    int half = due.size() / 2;
    List<LookUp> rest = due.subList(half, due.size());
    List<Outcome> outcomes = new ArrayList<>(outcomes(due.subList(0, half)));
    Optional<Throwable> last = outcomes.get(half - 1).failure;
    // A store that does not answer any more is not waited for again.
    outcomes.addAll(
        last.filter(StoreException.class::isInstance)
            .map(failure -> Outcome.failures(rest, failure))
            .orElseGet(() -> outcomes(rest)));
    return outcomes;
  }
}
