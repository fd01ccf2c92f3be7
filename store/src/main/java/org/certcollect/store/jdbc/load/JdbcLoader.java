package org.certcollect.store.jdbc.load;

import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import org.certcollect.store.domain.Actor;
import org.certcollect.store.jdbc.Database;
import org.certcollect.store.transfer.BulkLoader;
import org.certcollect.store.transfer.OrderRecord;
import org.certcollect.store.transfer.Outcome;
import org.certcollect.store.transfer.TransferRecord;

/**
 * A loader of records in transactions of bounded length, with pauses between them for other
 * writers. Used by one thread at a time.
 */
final class JdbcLoader implements BulkLoader {
  private static final int MIN_POSTPONED = 1_000;

  private final Database database;
  private final BulkLoading loading;
  private final Clock clock;
  private final Actor by;
  private final Postponement postponement;
  private final KnownIds ids = new KnownIds();
  private boolean hasOrders;
  private long busy;
  private long freeSince = System.nanoTime();

  JdbcLoader(
      Database database, BulkLoading loading, Clock clock, Actor by, Postponement postponement) {
    this.database = database;
    this.loading = loading;
    this.clock = clock;
    this.by = by;
    this.postponement = postponement;
  }

  @Override
  public List<Outcome> load(List<TransferRecord> records) {
    List<Outcome> outcomes = new ArrayList<>();
    while (outcomes.size() < records.size()) {
      outcomes.addAll(loadSome(records.subList(outcomes.size(), records.size())));
    }
    return List.copyOf(outcomes);
  }

  @Override
  public void complete(Runnable step) {
    postponement.complete(database, step);
  }

  private List<Outcome> loadSome(List<TransferRecord> records) {
    pause();
    // Fewer records are not worth the work of the postponement.
    boolean begins = !hasOrders && hasOrder(records) && records.size() >= MIN_POSTPONED;
    long start = System.nanoTime();
    List<Outcome> outcomes =
        database.change(
            session -> {
              ids.begin();
              if (begins) {
                postponement.begin(session);
              }
              BulkInsert orders = loading.inserts().create(session, ids);
              return new LoadTransaction(session, orders, ids, by, clock.instant())
                  .load(records, loading.maxDuration());
            });
    ids.committed();
    hasOrders |= hasOrder(records);
    freeSince = System.nanoTime();
    busy += freeSince - start;
    return outcomes;
  }

  private static boolean hasOrder(List<TransferRecord> records) {
    return records.stream().anyMatch(OrderRecord.class::isInstance);
  }

  private void pause() {
    Optional<BulkLoading.Pauses> pauses = loading.pauses();
    if (pauses.isEmpty() || busy < pauses.get().work().toNanos()) {
      return;
    }
    pauses.get().checkpoint(database);
    long pause = pauses.get().pause().toNanos();
    long left = pause - (System.nanoTime() - freeSince);
    while (left > 0) {
      LockSupport.parkNanos(left);
      left = pause - (System.nanoTime() - freeSince);
    }
    busy = 0;
  }
}
