package org.certcollect.store.jdbc.load;

import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import org.certcollect.store.domain.Actor;
import org.certcollect.store.jdbc.Database;
import org.certcollect.store.jdbc.Row;
import org.certcollect.store.transfer.Loader;
import org.certcollect.store.transfer.Outcome;
import org.certcollect.store.transfer.TransferRecord;

/**
 * A loader of records in transactions of bounded length, with pauses between them for other
 * writers. Used by one thread at a time.
 */
final class JdbcLoader implements Loader {
  private final Database database;
  private final BulkLoading loading;
  private final Clock clock;
  private final Actor by;
  private final KnownIds ids = new KnownIds();
  private long busy;
  private long freeSince = System.nanoTime();

  JdbcLoader(Database database, BulkLoading loading, Clock clock, Actor by) {
    this.database = database;
    this.loading = loading;
    this.clock = clock;
    this.by = by;
  }

  @Override
  public List<Outcome> load(List<TransferRecord> records) {
    List<Outcome> outcomes = new ArrayList<>();
    while (outcomes.size() < records.size()) {
      outcomes.addAll(loadSome(records.subList(outcomes.size(), records.size())));
    }
    return List.copyOf(outcomes);
  }

  private List<Outcome> loadSome(List<TransferRecord> records) {
    pause();
    long start = System.nanoTime();
    List<Outcome> outcomes =
        database.change(
            session -> {
              ids.begin();
              BulkInsert orders = loading.inserts().create(session, ids);
              return new LoadTransaction(session, orders, ids, by, clock.instant())
                  .load(records, loading.maxDuration());
            });
    ids.committed();
    freeSince = System.nanoTime();
    busy += freeSince - start;
    return outcomes;
  }

  private void pause() {
    Optional<BulkLoading.Pauses> pauses = loading.pauses();
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
