package org.certcollect.server.status;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.logging.Logger;
import org.certcollect.server.log.LogEvent;
import org.certcollect.server.management.BuildInfo;
import org.certcollect.store.Nodes.Node;
import org.certcollect.store.Store;

/**
 * The register of the servers on one store. This one tells of itself every minute, and then asks
 * for the others, so that nobody who looks at them waits for a query. Safe for use by many threads.
 */
public final class NodeRegister implements AutoCloseable {
  private static final Logger LOG = Logger.getLogger("certcollect.nodes");
  private static final Duration PERIOD = Duration.ofMinutes(1);

  private final Store store;
  private final String id = UUID.randomUUID().toString();
  private final String name;
  private final Instant started;
  private final Clock clock;
  private final ScheduledExecutorService thread =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread own = new Thread(task, "node-register");
            own.setDaemon(true);
            return own;
          });
  private final Future<?> telling;
  private volatile List<Node> known = List.of();

  /** Used by the thread alone, as the next field. */
  private boolean failing;

  private Map<String, Sight> sights = Map.of();

  /**
   * A server as this one noticed it.
   *
   * @param told when it last told of itself, by its own clock
   * @param noticed when this server saw that it had, by the clock here
   */
  private record Sight(Instant told, Instant noticed) {}

  /** Begins to tell of a server. */
  public NodeRegister(Store store, String name, Instant started, Clock clock) {
    this(store, name, started, clock, PERIOD);
  }

  NodeRegister(Store store, String name, Instant started, Clock clock, Duration period) {
    this.store = store;
    this.name = name;
    this.started = started;
    this.clock = clock;
    telling =
        thread.scheduleWithFixedDelay(this::tell, 0, period.toMillis(), TimeUnit.MILLISECONDS);
  }

  private void tell() {
    boolean told =
        attempt(
            () ->
                store
                    .nodes()
                    .tell(
                        new Node(
                            id,
                            name,
                            BuildInfo.CURRENT.version() + " (" + BuildInfo.CURRENT.commit() + ")",
                            started.truncatedTo(ChronoUnit.SECONDS),
                            clock.instant().truncatedTo(ChronoUnit.SECONDS))));
    boolean read = attempt(() -> known = noticed(store.nodes().list()));
    if (failing && told && read) {
      failing = false;
      LogEvent.info("The list of servers can be written and read again").to(LOG);
    }
  }

  /**
   * The servers, each seen when this one noticed that it had told of itself: the clock of another
   * machine may be wrong. A server that is listed for the first time is believed, unless it comes
   * from the future.
   */
  private List<Node> noticed(List<Node> listed) {
    Instant now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
    Map<String, Sight> next = new HashMap<>();
    List<Node> seen = new ArrayList<>();
    for (Node node : listed) {
      Sight before = sights.get(node.id());
      Instant first = node.seen().isBefore(now) ? node.seen() : now;
      Sight sight =
          before == null
              ? new Sight(node.seen(), first)
              : before.told().equals(node.seen()) ? before : new Sight(node.seen(), now);
      next.put(node.id(), sight);
      seen.add(new Node(node.id(), node.name(), node.version(), node.started(), sight.noticed()));
    }
    sights = next;
    return List.copyOf(seen);
  }

  /** Does what may fail, which is logged once and must not end the thread. */
  private boolean attempt(Runnable work) {
    try {
      work.run();
      return true;
    } catch (RuntimeException e) {
      if (!failing) {
        failing = true;
        LogEvent.failure("The list of servers cannot be written or read", e).to(LOG);
      }
      return false;
    }
  }

  /** The servers as they were a minute ago at most, as long as the store answers. */
  public List<Node> known() {
    return known;
  }

  /** Ends the thread, and has the others forget this server if the store answers soon. */
  @Override
  public void close() {
    // Otherwise it could tell of itself again after it was forgotten.
    telling.cancel(false);
    try {
      thread.submit(() -> store.nodes().forget(id)).get(1, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException | TimeoutException e) {
      // The others see that it is silent.
    } catch (RejectedExecutionException e) {
      // It was closed before.
    }
    thread.shutdownNow();
  }
}
