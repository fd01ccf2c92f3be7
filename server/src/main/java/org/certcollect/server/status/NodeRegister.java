package org.certcollect.server.status;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.logging.Logger;
import org.certcollect.server.log.LogEvent;
import org.certcollect.server.management.BuildInfo;
import org.certcollect.store.Nodes.Node;
import org.certcollect.store.Store;
import org.certcollect.store.domain.StoreException;

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
  private volatile List<Node> known = List.of();

  /** Used by the thread alone. */
  private boolean failing;

  /** Begins to tell of a server. */
  public NodeRegister(Store store, String name, Instant started, Clock clock) {
    this.store = store;
    this.name = name;
    this.started = started;
    this.clock = clock;
    var unused =
        thread.scheduleWithFixedDelay(this::tell, 0, PERIOD.toMillis(), TimeUnit.MILLISECONDS);
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
    boolean read = attempt(() -> known = store.nodes().list());
    if (failing && told && read) {
      failing = false;
      LogEvent.info("The list of servers can be written and read again").to(LOG);
    }
  }

  /** Does what may fail, which is logged once and must not end the thread. */
  private boolean attempt(Runnable work) {
    try {
      work.run();
      return true;
    } catch (RuntimeException e) {
      if (!failing) {
        failing = true;
        boolean own = e instanceof StoreException;
        LogEvent.warning("The list of servers cannot be written or read")
            .with("problem", own ? String.valueOf(e.getMessage()) : e.getClass().getName())
            .to(LOG);
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
