package org.certcollect.server.push;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import java.util.logging.Logger;
import org.certcollect.admin.FileException;
import org.certcollect.server.config.PushConfig;
import org.certcollect.server.delivery.DeliveryThreads;
import org.certcollect.server.log.LogEvent;
import org.certcollect.server.tls.TrustedCertificates;
import org.certcollect.store.CollectionCodes;
import org.certcollect.store.Pushes.Notification;
import org.certcollect.store.Pushes.Receiver;
import org.certcollect.store.Store;
import org.certcollect.store.domain.Actor;
import org.certcollect.store.domain.PushSettings;
import org.certcollect.store.domain.PushUrl;
import org.certcollect.store.domain.StoreException;

/**
 * The delivery of the push notifications of a store: at least once each, and in order for each
 * order. One is removed from the outbox right after its receiver has taken it. A receiver that
 * fails rests, for longer with each failure, and holds up no other. Safe for use by many threads.
 */
public final class PushDelivery implements AutoCloseable {
  private static final Logger LOG = Logger.getLogger("certcollect.push");

  /** The tries that follow each other quickly, as the vendor made them. */
  private static final int QUICK_TRIES = 3;

  private final Store store;
  private final String node;
  private final Actor actor;
  private final PushComposer composer;
  private final PushClient client;
  private final Duration timeout;
  private final Duration retryFor;
  private final Clock clock;
  private final Times times;
  private final Semaphore free;

  /**
   * The receivers that are being told and failed last, and their maximum, which is less than all
   * unless there is one.
   */
  private final AtomicInteger failing = new AtomicInteger();

  private final int maxFailing;
  private final DeliveryThreads threads = new DeliveryThreads("push");
  private final Map<PushOutcome, AtomicLong> outcomes = new ConcurrentHashMap<>();
  private final AtomicLong givenUp = new AtomicLong();
  private volatile boolean troubled;

  /**
   * The times of the delivery.
   *
   * @param poll the time between two looks for what other processes wrote
   * @param quick the time between the first three tries, and the rest of a receiver after its first
   *     failure, which doubles with each further one
   * @param maxRest the maximum of that
   * @param retry the time after the third try, which doubles with each further one
   * @param maxRetry the maximum of that
   * @param batch the time after which a receiver makes room for others
   * @param lease the time for which a receiver waits whose sender was killed; more than that for a
   *     batch and one request
   */
  record Times(
      Duration poll,
      Duration quick,
      Duration maxRest,
      Duration retry,
      Duration maxRetry,
      Duration batch,
      Duration lease) {
    static final Times USUAL =
        new Times(
            Duration.ofSeconds(5),
            Duration.ofSeconds(5),
            Duration.ofMinutes(10),
            Duration.ofMinutes(1),
            Duration.ofHours(1),
            Duration.ofSeconds(20),
            Duration.ofMinutes(3));
  }

  /** The end of a try, for the receiver. */
  private enum Result {
    TAKEN,
    SKIPPED,
    FAILED,
    STOPPED
  }

  /**
   * Begins to deliver.
   *
   * @param store records what is sent; it stays the caller's to close
   * @param node the name of this server
   * @throws IllegalArgumentException if the trusted certificates cannot be read
   */
  public static PushDelivery start(
      PushConfig config, Store store, Supplier<CollectionCodes> codes, String node, Clock clock) {
    return new PushDelivery(config, store, codes, node, clock, Times.USUAL);
  }

  PushDelivery(
      PushConfig config,
      Store store,
      Supplier<CollectionCodes> codes,
      String node,
      Clock clock,
      Times times) {
    this.store = store;
    this.node = node;
    this.clock = clock;
    this.times = times;
    actor = new Actor("server:" + node);
    composer = new PushComposer(store, codes);
    client = client(config);
    timeout = config.timeout();
    retryFor = config.retryFor();
    free = new Semaphore(config.connections());
    maxFailing = Math.max(1, config.connections() / 2);
    threads.execute(this::dispatch);
  }

  private static PushClient client(PushConfig config) {
    List<String> problems = problems(config);
    if (!problems.isEmpty()) {
      throw new IllegalArgumentException(problems.get(0));
    }
    return new PushClient(config);
  }

  /** The problems of settings that would keep a server from starting, each a line. */
  public static List<String> problems(PushConfig config) {
    try {
      config.trusted().ifPresent(TrustedCertificates::read);
      return List.of();
    } catch (FileException | IllegalArgumentException e) {
      return List.of("push.trusted-certificates: " + e.getMessage());
    }
  }

  /**
   * Sends a notification that tries out settings, without a server, and returns the status of the
   * answer.
   *
   * @throws IllegalArgumentException if the trusted certificates cannot be read
   * @throws PushException if it was not taken
   */
  public static int trial(
      PushConfig config,
      Store store,
      Supplier<CollectionCodes> codes,
      long account,
      PushSettings settings) {
    try (PushClient client = client(config)) {
      return trial(client, new PushComposer(store, codes), account, settings);
    }
  }

  private static int trial(
      PushClient client, PushComposer composer, long account, PushSettings settings) {
    return client.send(composer.trial(account, settings), () -> true).getAsInt();
  }

  /**
   * Sends a notification that tries out settings as all others are sent, and returns the status of
   * the answer.
   *
   * @throws PushException if it was not taken
   */
  public int trial(long account, PushSettings settings) {
    return trial(client, composer, account, settings);
  }

  /**
   * The reason for which nothing can ever be sent to a URL with these settings, if there is one.
   */
  public static Optional<String> problem(PushConfig config, PushUrl url) {
    return PushAddresses.of(config.networks()).problem(url);
  }

  /** The reason for which this server can never send anything to a URL, if there is one. */
  public Optional<String> problem(PushUrl url) {
    return client.problem(url);
  }

  /** Has the outbox looked at now, as something was written into it. */
  public void wake() {
    threads.wake();
  }

  /** The number of attempts with this outcome. */
  public long ended(PushOutcome outcome) {
    return outcomes.getOrDefault(outcome, new AtomicLong()).get();
  }

  public long givenUp() {
    return givenUp.get();
  }

  private void count(PushOutcome outcome) {
    outcomes.computeIfAbsent(outcome, one -> new AtomicLong()).incrementAndGet();
  }

  /** Tells the log once of a run of failures of the store. */
  private void trouble(RuntimeException cause) {
    if (!troubled) {
      troubled = true;
      // Whether any notification waits is not known while the store does not answer.
      LogEvent.failure(
              "The outbox of push notifications cannot be used; none is sent until it can", cause)
          .to(LOG);
    }
  }

  /** Claims one receiver after another, each for a thread of its own. */
  private void dispatch() {
    while (threads.isOpen()) {
      try {
        long seen = threads.wakes();
        free.acquire();
        if (!threads.isOpen()) {
          return;
        }
        threads.look(seen, times.poll, this::dispatchNext);
        troubled = false;
      } catch (StoreException e) {
        trouble(e);
        threads.rest(times.poll);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      } catch (RuntimeException | Error e) {
        LogEvent.error("The delivery of push notifications failed", e).to(LOG);
        threads.rest(times.poll);
      }
    }
  }

  private boolean dispatchNext() {
    boolean handedOn = false;
    try {
      Optional<Receiver> claimed =
          store.pushes().claim(node, times.lease, failing.get() < maxFailing);
      if (claimed.isPresent()) {
        handedOn = handOn(claimed.get());
      }
      return handedOn;
    } finally {
      if (!handedOn) {
        free.release();
      }
    }
  }

  private boolean handOn(Receiver receiver) {
    failing.addAndGet(failing(receiver));
    try {
      threads.execute(() -> serve(receiver));
      return true;
    } catch (RejectedExecutionException e) {
      failing.addAndGet(-failing(receiver));
      // This server stops.
      store.pushes().release(receiver, clock.instant(), receiver.failures());
      return false;
    }
  }

  private static int failing(Receiver receiver) {
    return receiver.failures() > 0 ? 1 : 0;
  }

  private void serve(Receiver receiver) {
    try {
      long end = System.nanoTime() + times.batch.toNanos();
      int failures = receiver.failures();
      Duration rest = times.poll;
      Result result = Result.TAKEN;
      while ((result == Result.TAKEN || result == Result.SKIPPED)
          && threads.isOpen()
          && System.nanoTime() < end) {
        Optional<Notification> next = store.pushes().next(receiver);
        if (next.isEmpty()) {
          break;
        }
        rest = Duration.ZERO;
        result = deliver(receiver, next.get());
        failures = result == Result.TAKEN ? 0 : result == Result.FAILED ? failures + 1 : failures;
      }
      if (result == Result.FAILED) {
        if (failures >= QUICK_TRIES) {
          giveUpLate(receiver);
        }
        rest = DeliveryThreads.doubled(times.quick, failures - 1, times.maxRest);
      }
      store.pushes().release(receiver, clock.instant().plus(rest), failures);
    } catch (StoreException e) {
      // The lease ends by itself.
      trouble(e);
    } catch (RuntimeException | Error e) {
      LogEvent.error("The delivery of push notifications failed", e).to(LOG);
    } finally {
      failing.addAndGet(-failing(receiver));
      free.release();
      wake();
    }
  }

  private Result deliver(Receiver receiver, Notification notification) {
    try {
      OptionalInt status =
          client.send(
              composer.compose(receiver.account(), receiver.settings(), notification),
              () -> clock.instant().isBefore(receiver.until()));
      if (status.isEmpty()) {
        // This process was halted for so long that another one may be telling the receiver.
        return Result.STOPPED;
      }
      count(PushOutcome.TAKEN);
      mark(() -> store.pushes().sent(notification, actor));
      event(LogEvent.info("Sent a push notification"), notification)
          .with("answer", status.getAsInt())
          .to(LOG);
      return Result.TAKEN;
    } catch (PushException e) {
      if (!threads.isOpen()) {
        return Result.STOPPED;
      }
      count(e.outcome());
      putBack(receiver, notification, e.isForEver(), String.valueOf(e.getMessage()));
      return e.isOfReceiver() ? Result.FAILED : Result.SKIPPED;
    } catch (RuntimeException e) {
      if (!threads.isOpen()) {
        return Result.STOPPED;
      }
      count(PushOutcome.ERROR);
      event(LogEvent.error("A push notification cannot be written", e), notification).to(LOG);
      putBack(receiver, notification, false, "internal error; the server's log has more");
      return Result.FAILED;
    }
  }

  /** Gives up what is too old for a receiver that has failed three times and more. */
  private void giveUpLate(Receiver receiver) {
    Optional<Notification> next = store.pushes().next(receiver);
    while (next.filter(one -> isLate(one, clock.instant())).isPresent() && threads.isOpen()) {
      Notification late = next.get();
      givenUp.incrementAndGet();
      String error = late.error().orElse("the receiver failed all the time");
      store.pushes().failed(late, Optional.empty(), error, actor);
      warnGivenUp(late, error);
      next = store.pushes().next(receiver);
    }
  }

  private boolean isLate(Notification notification, Instant now) {
    return !now.isBefore(notification.due().orElse(now).plus(retryFor));
  }

  private static LogEvent event(LogEvent event, Notification notification) {
    return event
        .with("push", notification.id())
        .with("status", notification.status())
        .with("order", notification.order());
  }

  private static void warnGivenUp(Notification notification, String reason) {
    warn(
        "A push notification is given up; `certcollect push list --failed` shows it",
        notification,
        reason);
  }

  /** Tells the log of a failure. No reason has anything that the receiver wrote but a status. */
  private static void warn(String what, Notification notification, String reason) {
    event(LogEvent.warning(what), notification)
        .with("reason", reason)
        .with("login", notification.account())
        .to(LOG);
  }

  private void mark(Runnable note) {
    threads.mark(note, times.quick, this::trouble);
  }

  private void putBack(
      Receiver receiver, Notification notification, boolean forEver, String error) {
    Instant now = clock.instant();
    int attempts = notification.attempts() + 1;
    Instant end = notification.due().orElse(now).plus(retryFor);
    Optional<Instant> next = Optional.empty();
    if (!forEver && attempts < QUICK_TRIES) {
      next = Optional.of(now.plus(times.quick));
    } else if (!forEver && now.isBefore(end)) {
      Instant later =
          now.plus(DeliveryThreads.doubled(times.retry, attempts - QUICK_TRIES, times.maxRetry));
      next = Optional.of(later.isBefore(end) ? later : end);
    }
    if (next.isEmpty()) {
      givenUp.incrementAndGet();
      warnGivenUp(notification, error);
    } else if (receiver.failures() == 0) {
      warn("A push notification was not taken, and is tried again", notification, error);
    }
    Optional<Instant> when = next;
    mark(() -> store.pushes().failed(notification, when, error, actor));
  }

  @Override
  public void close() {
    close(timeout);
  }

  /** Waits for the requests that are under way, so that they are not sent again, and ends. */
  public void close(Duration atMost) {
    threads.close();
    try {
      if (!threads.awaitEnd(atMost.compareTo(timeout) < 0 ? atMost : timeout)) {
        threads.interrupt();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    client.close();
  }
}
