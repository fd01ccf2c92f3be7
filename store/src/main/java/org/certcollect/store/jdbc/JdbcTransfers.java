package org.certcollect.store.jdbc;

import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.certcollect.store.Actor;
import org.certcollect.store.StoreUnavailableException;
import org.certcollect.store.transfer.Loader;
import org.certcollect.store.transfer.Selection;
import org.certcollect.store.transfer.TransferRecord;
import org.certcollect.store.transfer.Transfers;

/** The bulk access to a store. Safe for use by many threads. */
final class JdbcTransfers implements Transfers {
  // Deadlines guard those who wait for an answer; here one only has to end some day.
  private static final Duration PATIENCE = Duration.ofDays(1);

  private final Database database;
  private final Clock clock;

  JdbcTransfers(Database database, Clock clock) {
    this.database = database.withPatience(PATIENCE);
    this.clock = clock;
  }

  @Override
  public Loader loader(Actor by) {
    int lanes = database.engine().lanes();
    return lanes == 1
        ? new JdbcLoader(database, clock, by)
        : new LaneLoader(lanes, () -> new JdbcLoader(database, clock, by));
  }

  @Override
  public Loader rehearsal() {
    return new JdbcRehearsal(database);
  }

  @Override
  public void export(Selection selection, Consumer<TransferRecord> to) {
    AtomicBoolean begun = new AtomicBoolean();
    boolean unused =
        database.read(
            session -> {
              if (begun.getAndSet(true)) {
                // What went out cannot be taken back.
                throw new StoreUnavailableException(
                    database.engine().name() + ": the connection was lost during the export");
              }
              database.engine().beginSnapshot(session.connection());
              new StoreExport(database.engine(), session, to).write(selection);
              database.engine().commit(session.connection());
              return true;
            });
  }
}
