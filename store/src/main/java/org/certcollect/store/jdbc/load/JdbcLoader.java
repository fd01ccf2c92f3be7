package org.certcollect.store.jdbc.load;

import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
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

  private final PacedChanges changes;
  private final BulkLoading loading;
  private final Clock clock;
  private final Actor by;
  private final Postponement postponement;
  private final KnownIds ids = new KnownIds();
  private boolean mayPostpone;

  JdbcLoader(
      Database database, BulkLoading loading, Clock clock, Actor by, Postponement postponement) {
    changes = new PacedChanges(database, loading.pauses());
    this.loading = loading;
    this.clock = clock;
    this.by = by;
    this.postponement = postponement;
    mayPostpone = postponement != Postponement.NONE;
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
    postponement.complete(step);
  }

  private List<Outcome> loadSome(List<TransferRecord> records) {
    // Fewer records are not worth the work of the postponement.
    boolean begins = mayPostpone && records.size() >= MIN_POSTPONED && hasOrder(records);
    List<Outcome> outcomes =
        changes.change(
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
    mayPostpone = mayPostpone && !hasOrder(records.subList(0, outcomes.size()));
    return outcomes;
  }

  private static boolean hasOrder(List<TransferRecord> records) {
    return records.stream().anyMatch(OrderRecord.class::isInstance);
  }
}
