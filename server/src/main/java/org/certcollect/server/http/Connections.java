package org.certcollect.server.http;

import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;
import java.util.logging.Logger;
import java.util.stream.Stream;
import org.certcollect.server.auth.RequestSource;
import org.certcollect.server.log.LogEvent;

/**
 * The open connections of all listeners together, and their limit. At the limit, a new connection
 * takes the place of one that waits for its client: of the source with the most connections, the
 * one that has waited longest. So the idle connections of one client keep no other client out. Safe
 * for use by many threads.
 */
public final class Connections {
  private static final Logger LOG = Logger.getLogger("certcollect.server");
  private static final long WARNING_PERIOD = TimeUnit.MINUTES.toNanos(1);

  private final int max;
  private final AtomicInteger count = new AtomicInteger();
  private final Set<OpenConnection> open = ConcurrentHashMap.newKeySet();
  private final Map<RequestSource, Integer> sources = new ConcurrentHashMap<>();
  private final AtomicLong closed = new AtomicLong();
  private final AtomicLong nextWarning = new AtomicLong(System.nanoTime());

  public Connections(int max) {
    this.max = max;
  }

  /** Adds a connection. Returns false if it has to be closed, because all others are busy. */
  boolean add(OpenConnection connection) {
    sources.merge(connection.source(), 1, Integer::sum);
    int now = count.incrementAndGet();
    boolean hasPlace = now <= max || makePlace();
    open.add(connection);
    return hasPlace;
  }

  void remove(OpenConnection connection) {
    open.remove(connection);
    count.decrementAndGet();
    sources.computeIfPresent(connection.source(), (source, n) -> n == 1 ? null : n - 1);
  }

  /** The number of connections that are open. */
  public int count() {
    return count.get();
  }

  private boolean makePlace() {
    closed.incrementAndGet();
    warn();
    Optional<OpenConnection> victim;
    do {
      victim = victim();
    } while (victim.isPresent() && !victim.get().giveUpPlace());
    return victim.isPresent();
  }

  private Optional<OpenConnection> victim() {
    return sources.entrySet().stream()
        .max(Map.Entry.comparingByValue())
        .map(Map.Entry::getKey)
        .flatMap(largest -> longestIdle(connection -> connection.source().equals(largest)))
        .or(() -> longestIdle(connection -> true));
  }

  private Optional<OpenConnection> longestIdle(Predicate<OpenConnection> candidate) {
    Stream<OpenConnection> idle = open.stream().filter(OpenConnection::isIdle).filter(candidate);
    return idle.min(Comparator.comparingLong(OpenConnection::idleSince));
  }

  /** At most once a minute, because there may be thousands. */
  private void warn() {
    long now = System.nanoTime();
    long due = nextWarning.get();
    if (now - due >= 0 && nextWarning.compareAndSet(due, now + WARNING_PERIOD)) {
      LogEvent.warning("Connections were closed, as there are as many as limits.connections allows")
          .with("limit", max)
          .with("closed", closed.getAndSet(0))
          .to(LOG);
    }
  }
}
