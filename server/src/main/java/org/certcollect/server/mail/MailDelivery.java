package org.certcollect.server.mail;

import jakarta.mail.internet.MimeMessage;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import java.util.logging.Logger;
import org.certcollect.admin.FileException;
import org.certcollect.server.config.MailConfig;
import org.certcollect.server.delivery.DeliveryThreads;
import org.certcollect.server.log.LogEvent;
import org.certcollect.store.CollectionCodes;
import org.certcollect.store.Order;
import org.certcollect.store.Outbox.Message;
import org.certcollect.store.Store;
import org.certcollect.store.domain.Actor;
import org.certcollect.store.domain.MailAddress;
import org.certcollect.store.domain.MailKind;
import org.certcollect.store.domain.RefusedException;
import org.certcollect.store.domain.StoreException;

/**
 * The delivery of the mails in the outbox of a store: at least once each, and in order for each
 * recipient. A mail is removed from the outbox right after the server that takes it has confirmed
 * it. If that server is away, all wait. Safe for use by many threads.
 */
public final class MailDelivery implements AutoCloseable {
  private static final Logger LOG = Logger.getLogger("certcollect.mail");

  /** The times before expiry at which a mail is sent, in days, and the end. */
  private static final int[] EXPIRY_DAYS = {60, 30, 7, 0};

  /** The time after which a mail that was given up is removed. */
  private static final Duration KEPT = Duration.ofDays(30);

  /** The time that a stop gives to mails that are being sent. */
  private static final Duration GRACE = Duration.ofSeconds(1);

  /** The maximum number of mails for one recipient before others get their turn. */
  private static final int MAX_FOR_ONE = 100;

  /** The number of internal errors, half an hour, after which a mail holds up others no more. */
  private static final int MAX_INTERNAL_ERRORS = 6;

  private final Pace pace;
  private final Store store;
  private final Supplier<CollectionCodes> codes;
  private final String node;
  private final Set<MailKind> kinds;
  private final Actor actor;
  private final Clock clock;
  private final DeliveryThreads threads = new DeliveryThreads("mail");
  private final Map<MailKind, AtomicLong> sent = new ConcurrentHashMap<>();
  private final AtomicLong retries = new AtomicLong();
  private final AtomicLong givenUp = new AtomicLong();
  private final Outage outage = new Outage();
  private final Set<SmtpConnection> connections = ConcurrentHashMap.newKeySet();
  private final Map<Long, Message> underWay = new ConcurrentHashMap<>();
  private final Map<Long, Integer> internalErrors = new ConcurrentHashMap<>();
  private volatile Ready ready;

  /** Guarded by this object, as is the next. */
  private long pausedUntil = System.nanoTime();

  private Duration pause;

  /**
   * The times of the delivery.
   *
   * @param poll the time between two looks for mails that other processes wrote
   * @param pause the time for which nothing is tried after the server failed; it doubles with each
   *     failure
   * @param maxPause the maximum of that
   * @param retry the time until one mail that was refused is tried again; it doubles as well
   * @param maxRetry the maximum of that
   * @param giveUp the time after which a mail is not tried again
   * @param scan the time between two looks for certificates that expire
   * @param lease the time for which a mail waits whose sender was killed. It is renewed while the
   *     sender lives, each quarter of it: clocks of nodes may differ by less than the rest.
   */
  record Pace(
      Duration poll,
      Duration pause,
      Duration maxPause,
      Duration retry,
      Duration maxRetry,
      Duration giveUp,
      Duration scan,
      Duration lease) {
    static final Pace USUAL =
        new Pace(
            Duration.ofSeconds(5),
            Duration.ofSeconds(1),
            Duration.ofMinutes(1),
            Duration.ofMinutes(1),
            Duration.ofHours(1),
            Duration.ofDays(2),
            Duration.ofHours(1),
            Duration.ofMinutes(5));
  }

  /** The warnings of a store that fails: each one a minute, however many threads find it. */
  private static final class Outage {
    private static final Duration MINUTE = Duration.ofMinutes(1);

    private final Map<String, Long> told = new ConcurrentHashMap<>();

    void tell(String what, RuntimeException cause) {
      long now = System.nanoTime();
      Long used =
          told.compute(
              what, (text, last) -> last == null || now - last >= MINUTE.toNanos() ? now : last);
      if (used == now) {
        LogEvent.failure(what, cause).to(LOG);
      }
    }
  }

  /** Settings with what was read from their files, and whether a mail was sent with them. */
  private static final class Ready {
    private final MailConfig config;
    private final SmtpConnection.Secrets secrets;
    private final MailTemplates templates;
    private volatile boolean proven;

    private Ready(MailConfig config, SmtpConnection.Secrets secrets, MailTemplates templates) {
      this.config = config;
      this.secrets = secrets;
      this.templates = templates;
    }

    static Ready of(MailConfig config) {
      List<String> problems = new ArrayList<>();
      Optional<Ready> ready = read(config, problems);
      if (!problems.isEmpty()) {
        throw new IllegalArgumentException(String.join("; ", problems));
      }
      return ready.orElseThrow();
    }

    static Optional<Ready> read(MailConfig config, List<String> problems) {
      MailTemplates templates = MailTemplates.read(config.templates(), config.language(), problems);
      try {
        return Optional.of(
            new Ready(config, SmtpConnection.Secrets.read(config.smtp()), templates));
      } catch (FileException | IllegalArgumentException e) {
        problems.add("mail.password-file or mail.trusted-certificates: " + e.getMessage());
        return Optional.empty();
      }
    }
  }

  /**
   * Begins to deliver.
   *
   * @param store records what is sent; it stays the caller's to close
   * @param node the name of this server
   * @throws IllegalArgumentException if a template or another file cannot be used
   */
  public static MailDelivery start(
      MailConfig config, Store store, Supplier<CollectionCodes> codes, String node, Clock clock) {
    return new MailDelivery(config, store, codes, node, clock, Pace.USUAL);
  }

  MailDelivery(
      MailConfig config,
      Store store,
      Supplier<CollectionCodes> codes,
      String node,
      Clock clock,
      Pace pace) {
    ready = Ready.of(config);
    this.store = store;
    this.codes = codes;
    this.node = node;
    this.clock = clock;
    this.pace = pace;
    kinds = config.kinds();
    actor = new Actor("server:" + node);
    pause = pace.pause;
    for (int i = 0; i < config.connections(); i++) {
      threads.execute(this::deliver);
    }
    threads.execute(this::scan);
    threads.execute(this::renew);
  }

  /** The problems of settings, each a line for the operator. Nothing is sent. */
  public static List<String> problems(MailConfig config) {
    List<String> problems = new ArrayList<>();
    var unused = Ready.read(config, problems);
    return problems;
  }

  /**
   * Sends a mail that tries out settings, and returns what the server answered.
   *
   * @throws IllegalArgumentException if the settings cannot be used
   * @throws MailException if the server has not confirmed the mail
   */
  public static String trial(MailConfig config, MailAddress to, Instant now) {
    try (SmtpConnection connection =
        new SmtpConnection(config, SmtpConnection.Secrets.read(config.smtp()))) {
      return connection.send(
          MailComposer.trial(config, connection.session(), to.value(), now),
          to.value(),
          Optional.empty());
    }
  }

  /**
   * Takes over other settings, and reads their files again. The kinds and the number of connections
   * stay. Settings for another host are for a later start.
   */
  public void reload(MailConfig changed) {
    if (changed.smtp().host().equals(ready.config.smtp().host())) {
      ready = Ready.of(changed);
      synchronized (this) {
        pausedUntil = System.nanoTime();
        pause = pace.pause;
      }
      wake();
    }
  }

  /** Has the outbox looked at now, as something was written into it. */
  public void wake() {
    threads.wake();
  }

  public long sent(MailKind kind) {
    return sent.getOrDefault(kind, new AtomicLong()).get();
  }

  /** The number of times that a mail was put back to be tried again. */
  public long retries() {
    return retries.get();
  }

  public long givenUp() {
    return givenUp.get();
  }

  /** The work of one thread, with a connection of its own. */
  private void deliver() {
    while (threads.isOpen()) {
      Ready used = ready;
      SmtpConnection connection = new SmtpConnection(used.config, used.secrets);
      connections.add(connection);
      try (connection) {
        MailComposer composer = new MailComposer(used.config, used.templates, store, codes);
        while (threads.isOpen() && ready == used) {
          long seen = threads.wakes();
          awaitPause();
          if (ready == used) {
            threads.look(seen, pace.poll, () -> deliverNext(used, composer, connection));
          }
        }
      } catch (StoreException e) {
        outage.tell("The outbox cannot be read; no mail is sent", e);
        threads.rest(pace.poll);
      } catch (RuntimeException | Error e) {
        LogEvent.error("The delivery of mails failed", e).to(LOG);
        threads.rest(pace.maxPause);
      } finally {
        connections.remove(connection);
      }
    }
  }

  /** Keeps the claims of mails whose sending takes long. */
  private void renew() {
    while (threads.isOpen()) {
      try {
        underWay.values().forEach(message -> store.outbox().renew(message, pace.lease));
      } catch (StoreException e) {
        // Nobody else can claim them now, and this thread tries again.
      } catch (RuntimeException | Error e) {
        LogEvent.error("The claims of mails cannot be renewed", e).to(LOG);
      }
      threads.rest(pace.lease.dividedBy(4));
    }
  }

  private void awaitPause() {
    for (Duration left = pauseLeft(); !left.isZero() && threads.isOpen(); left = pauseLeft()) {
      threads.awaitWake(threads.wakes(), left);
    }
  }

  private synchronized Duration pauseLeft() {
    return Duration.ofNanos(Math.max(0, pausedUntil - System.nanoTime()));
  }

  /** Delivers the mail that has waited longest, and then others for its recipient. */
  private boolean deliverNext(Ready used, MailComposer composer, SmtpConnection connection) {
    Optional<Message> claimed = claim(Optional.empty());
    boolean any = claimed.isPresent();
    for (int i = 1; claimed.isPresent(); i++) {
      Message message = claimed.get();
      boolean goesOn;
      underWay.put(message.id(), message);
      try {
        goesOn =
            deliver(message, used, composer, connection)
                && i < MAX_FOR_ONE
                && threads.isOpen()
                && ready == used;
      } finally {
        underWay.remove(message.id());
      }
      claimed = goesOn ? claim(Optional.of(message.recipient())) : Optional.empty();
    }
    return any;
  }

  private Optional<Message> claim(Optional<String> recipient) {
    return store.outbox().claim(node, pace.lease, recipient);
  }

  /** Whether the mail was sent. */
  private boolean deliver(
      Message message, Ready used, MailComposer composer, SmtpConnection connection) {
    try {
      MimeMessage mail = composer.compose(connection.session(), message);
      if (message.next().filter(clock.instant()::isBefore).isEmpty()) {
        // This process was halted for so long that another one may have claimed the mail.
        return false;
      }
      connection.send(mail, message.recipient(), composer.secret(message));
    } catch (MailException e) {
      putBack(message, used, e);
      return false;
    } catch (StoreException e) {
      // For example its certificate, so that others can be sent.
      outage.tell("What a mail needs cannot be read", e);
      putBack(
          message,
          used,
          new MailException(MailException.Reach.FOR_NOW, "the store cannot be read"));
      return false;
    } catch (RuntimeException e) {
      LogEvent.error("A mail cannot be written", e).with("mail", message.id()).to(LOG);
      putBack(
          message,
          used,
          new MailException(
              internalErrors.merge(message.id(), 1, Integer::sum) < MAX_INTERNAL_ERRORS
                  ? MailException.Reach.FOR_NOW
                  : MailException.Reach.FOR_EVER,
              "internal error; the server's log has more"));
      return false;
    }
    sent.computeIfAbsent(message.kind(), kind -> new AtomicLong()).incrementAndGet();
    resume();
    used.proven = true;
    internalErrors.remove(message.id());
    mark(() -> store.outbox().sent(message, actor));
    LogEvent.info("Sent a mail")
        .with("mail", message.id())
        .with("kind", message.kind())
        .with("order", message.order())
        .to(LOG);
    return true;
  }

  private void mark(Runnable note) {
    threads.mark(
        note,
        pace.pause,
        e -> outage.tell("The outbox cannot be written; the last mail may be sent once more", e));
  }

  private void putBack(Message message, Ready used, MailException failure) {
    MailException.Reach reach = failure.reach();
    String error = String.valueOf(failure.getMessage());
    if (reach == MailException.Reach.OBSOLETE) {
      mark(() -> drop(message, error));
      return;
    }
    if (reach == MailException.Reach.HELD) {
      mark(() -> store.outbox().held(message));
      return;
    }
    Instant now = clock.instant();
    boolean late = message.due().filter(due -> due.plus(pace.giveUp).isBefore(now)).isPresent();
    Optional<Instant> next =
        switch (reach) {
          case FOR_EVER, OBSOLETE, HELD -> Optional.empty();
          case RECIPIENT ->
              used.proven ? Optional.empty() : Optional.of(now.plus(pauseAndBackoff(message)));
          case FOR_NOW -> Optional.of(now.plus(backoff(message.attempts())));
          case ALL_MAILS -> Optional.of(now.plus(pauseAll()));
          case UNKNOWN -> Optional.of(now.plus(pauseAndBackoff(message)));
        };
    next = late ? Optional.empty() : next;
    (next.isPresent() ? retries : givenUp).incrementAndGet();
    if (next.isEmpty()) {
      internalErrors.remove(message.id());
    }
    LogEvent event =
        LogEvent.warning(
                next.isPresent()
                    ? "A mail could not be sent, and is tried again"
                    : "A mail could not be sent, and is given up; `certcollect mail list --failed`"
                        + " shows it")
            .with("mail", message.id())
            .with("kind", message.kind())
            .with("order", message.order())
            .with("attempts", message.attempts())
            .with("reason", failure.reason());
    account(message).ifPresent(login -> event.with("login", login));
    event.to(LOG);
    Optional<Instant> when = next;
    mark(() -> store.outbox().failed(message, when, error, actor));
  }

  /** The login of the account of a mail's order, for the log; empty if it cannot be read. */
  private Optional<String> account(Message message) {
    try {
      return store.orders().find(message.order()).map(Order::account);
    } catch (RuntimeException e) {
      return Optional.empty();
    }
  }

  private void drop(Message message, String reason) {
    try {
      store.outbox().drop(message.id(), Optional.of(reason), actor);
    } catch (RefusedException e) {
      // The change of the order has removed it.
    }
  }

  private Duration backoff(int attempts) {
    return DeliveryThreads.doubled(pace.retry, attempts - 1, pace.maxRetry);
  }

  /** Has all threads wait, and one mail longer: each try may be another copy, or in vain. */
  private Duration pauseAndBackoff(Message message) {
    Duration wait = pauseAll();
    Duration longer = backoff(message.attempts());
    return longer.compareTo(wait) > 0 ? longer : wait;
  }

  /** Has all threads wait, and tells for how long. Failures at the same time count as one. */
  private synchronized Duration pauseAll() {
    Duration left = pauseLeft();
    if (!left.isZero()) {
      return left;
    }
    Duration now = pause;
    pausedUntil = System.nanoTime() + now.toNanos();
    Duration twice = now.multipliedBy(2);
    pause = twice.compareTo(pace.maxPause) > 0 ? pace.maxPause : twice;
    return now;
  }

  private synchronized void resume() {
    pause = pace.pause;
  }

  /** Writes mails about expiry, wakes those whose hold has ended, and removes dead letters. */
  private void scan() {
    while (threads.isOpen()) {
      Duration wait = pace.scan;
      try {
        while (threads.isOpen() && store.outbox().forget(clock.instant().minus(KEPT)) > 0) {
          // The next some hundreds.
        }
        while (threads.isOpen() && store.outbox().wake() > 0) {
          wake();
        }
        for (int i = 0; i + 1 < EXPIRY_DAYS.length; i++) {
          boolean more = true;
          while (more && threads.isOpen()) {
            more = store.outbox().tellExpiring(EXPIRY_DAYS[i], EXPIRY_DAYS[i + 1], kinds);
            wake();
          }
        }
      } catch (StoreException e) {
        outage.tell("The certificates that expire cannot be read", e);
        wait = pace.poll;
      } catch (RuntimeException | Error e) {
        LogEvent.error("The look for certificates that expire failed", e).to(LOG);
      }
      threads.rest(wait);
    }
  }

  @Override
  public void close() {
    close(GRACE);
  }

  /**
   * Ends. A mail that the server may have already is awaited, so that it is not sent again; one
   * whose end was not sent is not taken by any server.
   */
  public void close(Duration atMost) {
    threads.close();
    long end = System.nanoTime() + atMost.toNanos();
    try {
      boolean done = threads.awaitEnd(GRACE);
      while (!done
          && System.nanoTime() < end
          && connections.stream().anyMatch(SmtpConnection::mayBeTaken)) {
        done = threads.awaitEnd(Duration.ofMillis(100));
      }
      threads.interrupt();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
