package org.certcollect.store.jdbc.load;

import java.time.Clock;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.certcollect.store.domain.Actor;
import org.certcollect.store.jdbc.Database;
import org.certcollect.store.jdbc.SqlDialect;
import org.certcollect.store.transfer.BulkLoader;
import org.certcollect.store.transfer.Loader;
import org.certcollect.store.transfer.Selection;
import org.certcollect.store.transfer.TransferRecord;
import org.certcollect.store.transfer.Transfers;

/** The bulk access to a store. Safe for use by many threads. */
public final class JdbcTransfers implements Transfers {
  // One call may transfer millions of records. Only the wait for each answer has a limit.
  private static final Duration PATIENCE = Duration.ofDays(1);

  private final Database database;
  private final BulkLoading loading;
  private final SqlDialect dialect;
  private final Clock clock;

  public JdbcTransfers(Database database, BulkLoading loading, SqlDialect dialect, Clock clock) {
    this.loading = loading;
    this.dialect = dialect;
    this.database = database.forManySteps(PATIENCE);
    this.clock = Clock.tick(clock, Duration.ofMillis(1));
  }

  @Override
  public Loader loader(Actor by) {
    return loader(by, Postponement.NONE);
  }

  @Override
  public BulkLoader bulkLoader(Actor by) {
    return loader(by, loading.postponement());
  }

  private BulkLoader loader(Actor by, Postponement postponement) {
    int threads = loading.transactions();
    Supplier<BulkLoader> loader = () -> new JdbcLoader(database, loading, clock, by, postponement);
    return threads == 1 ? loader.get() : new ParallelLoader(threads, loader);
  }

  @Override
  public Loader rehearsal() {
    return new JdbcRehearsal(database);
  }

  @Override
  public void export(Selection selection, Consumer<TransferRecord> to) {
    boolean unused =
        database.readSnapshot(
            session -> {
              new StoreExport(dialect, session, to).write(selection);
              return true;
            });
  }
}
