package org.certcollect.store.jdbc;

import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.function.Consumer;
import org.certcollect.store.Actor;
import org.certcollect.store.transfer.Loader;
import org.certcollect.store.transfer.Selection;
import org.certcollect.store.transfer.TransferRecord;
import org.certcollect.store.transfer.Transfers;

/** The bulk access to a store. Safe for use by many threads. */
final class JdbcTransfers implements Transfers {
  // Millions of records are moved in one go; what guards it is how long each answer may take.
  private static final Duration PATIENCE = Duration.ofDays(1);

  private final Database database;
  private final Clock clock;

  JdbcTransfers(Database database, Clock clock) {
    this.database = database.forManySteps(PATIENCE);
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
    boolean unused =
        database.read(
            session -> {
              try {
                database.engine().beginSnapshot(session.connection());
                new StoreExport(database.engine(), session, to).write(selection);
                database.engine().commit(session.connection());
                return true;
              } catch (SQLException e) {
                // What went out cannot be taken back, so it is not done again.
                throw database.engine().failure(e);
              }
            });
  }
}
