package org.certcollect.store.jdbc.sqlite;

import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import org.certcollect.store.jdbc.Row;
import org.certcollect.store.jdbc.Session;
import org.certcollect.store.jdbc.load.BulkInsert;
import org.certcollect.store.jdbc.load.BulkLoading;
import org.certcollect.store.jdbc.load.KnownIds;

/** Bulk loading into SQLite, where one process at a time can write. */
final class SqliteBulkLoading implements BulkLoading {
  /**
   * A process that waits for SQLite's lock tries again every 100 ms after a short time
   * (sqliteDefaultBusyCallback), so a longer pause is noticed by every process.
   */
  private static final Pauses PAUSES = new Pauses(Duration.ofMillis(750), Duration.ofMillis(105));

  private static final String MOVE_LOG = "PRAGMA wal_checkpoint(PASSIVE)";

  @Override
  public BulkInsert insert(Session session, KnownIds ids) throws SQLException {
    return new SqliteBulkInsert(session, ids);
  }

  @Override
  public Optional<Pauses> pauses() {
    return Optional.of(PAUSES);
  }

  /** Moves the log's pages into the file. No writer has to wait for this. */
  @Override
  public void checkpoint(Session session) throws SQLException {
    long unused = session.first(MOVE_LOG, Row::number).orElseThrow();
  }
}
