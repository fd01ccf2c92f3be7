package org.certcollect.server.status;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.certcollect.server.management.BuildInfo;
import org.certcollect.store.Nodes.Node;
import org.certcollect.store.Store;
import org.certcollect.store.domain.StoreException;

/**
 * The servers on one store. This one tells of itself every minute, and then asks for the others, so
 * that who looks at them waits for no query. Safe for use by many threads.
 */
public final class NodeRegister implements AutoCloseable {
  private static final Duration PERIOD = Duration.ofMinutes(1);

  private final Store store;
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
    BuildInfo build = BuildInfo.CURRENT;
    try {
      store
          .nodes()
          .tell(
              new Node(
                  name,
                  build.version() + " (" + build.commit() + ")",
                  started.truncatedTo(ChronoUnit.SECONDS),
                  clock.instant().truncatedTo(ChronoUnit.SECONDS)));
      known = store.nodes().list();
    } catch (StoreException e) {
      // The next time; health tells of the store.
    }
  }

  /** The servers as they were a minute ago at most, as long as the store answers. */
  public List<Node> known() {
    return known;
  }

  @Override
  public void close() {
    thread.shutdownNow();
  }
}
