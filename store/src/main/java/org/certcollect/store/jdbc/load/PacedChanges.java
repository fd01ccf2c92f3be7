package org.certcollect.store.jdbc.load;

import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import org.certcollect.store.jdbc.Database;
import org.certcollect.store.jdbc.Row;
import org.certcollect.store.jdbc.Work;

/**
 * The many changes of one long work, with pauses between them for other writers. Used by one thread
 * at a time.
 */
public final class PacedChanges {
  private final Database database;
  private final Optional<BulkLoading.Pauses> pauses;
  private long busy;
  private long freeSince = System.nanoTime();

  /**
   * @param pauses empty if no other writer waits for these changes
   */
  public PacedChanges(Database database, Optional<BulkLoading.Pauses> pauses) {
    this.database = database;
    this.pauses = pauses;
  }

  /** Does work as one transaction, after a pause if one is due. */
  public <T> T change(Work<T> work) {
    pause();
    long start = System.nanoTime();
    T result = database.change(work);
    freeSince = System.nanoTime();
    busy += freeSince - start;
    return result;
  }

  private void pause() {
    if (pauses.isEmpty() || busy < pauses.get().work().toNanos()) {
      return;
    }
    String checkpoint = pauses.get().checkpoint();
    Optional<Long> unused = database.changeAtOnce(s -> s.first(checkpoint, Row::number));
    long pause = pauses.get().pause().toNanos();
    long left = pause - (System.nanoTime() - freeSince);
    while (left > 0) {
      LockSupport.parkNanos(left);
      left = pause - (System.nanoTime() - freeSince);
    }
    busy = 0;
  }
}
