package org.certcollect.store.jdbc;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.certcollect.store.domain.StoreException;
import org.certcollect.store.domain.StoreUnavailableException;

/**
 * The migration of a database's tables to the version that this program needs. It applies the
 * missing steps, each in its own transaction (the batches of a fill in one each), and refuses a
 * database that is newer or has an altered step. If no step is missing it only reads, so that a
 * start neither waits for a writer nor needs disk space. Any number of processes may migrate at the
 * same time.
 */
public final class Migrator {
  private static final String TABLE =
      """
      CREATE TABLE schema_migration (
        version    INTEGER PRIMARY KEY,
        name       VARCHAR(100) NOT NULL,
        checksum   VARCHAR(64) NOT NULL,
        applied_at BIGINT NOT NULL
      )
      """;
  private static final String APPLIED =
      "SELECT version, name, checksum FROM schema_migration ORDER BY version";
  private static final String RECORD =
      """
      INSERT INTO schema_migration (version, name, checksum, applied_at) VALUES (?, ?, ?, ?)
      ON CONFLICT (version) DO NOTHING
      """;

  private final Database database;
  private final List<Migration> migrations;
  private final Clock clock;

  public Migrator(Database database, List<Migration> migrations, Clock clock) {
    this.database = database;
    this.migrations = List.copyOf(migrations);
    this.clock = clock;
  }

  public void migrate() {
    makeTable();
    while (!isComplete()) {
      database.change(this::applyNext);
    }
  }

  public boolean isComplete() {
    return database.read(session -> hasTable(session) && pending(session).isEmpty());
  }

  /**
   * The number of steps that were applied.
   *
   * @throws StoreException if this program does not know one of them
   */
  public int countApplied() {
    return isBegun() ? migrations.size() - database.read(this::pending).size() : 0;
  }

  /** Whether any step was applied. An interrupted migration leaves an empty table. */
  public boolean isBegun() {
    return database.read(
        session -> hasTable(session) && session.first(APPLIED, Applied::read).isPresent());
  }

  private void makeTable() {
    try {
      if (!database.read(Migrator::hasTable)) {
        database.change(Migrator::makeTable);
      }
    } catch (StoreUnavailableException e) {
      throw e;
    } catch (StoreException e) {
      // Another process may have been first; each database reports that in its own way.
      if (!database.read(Migrator::hasTable)) {
        throw e;
      }
    }
  }

  private static boolean makeTable(Session session) throws SQLException {
    session.execute(TABLE);
    return true;
  }

  /**
   * Applies the next step. Its row is inserted first. Another process that inserts the same row
   * waits for this transaction and then sees that the step is done.
   */
  private boolean applyNext(Session session) throws SQLException {
    List<Migration> pending = pending(session);
    if (pending.isEmpty()) {
      return false;
    }
    Migration next = pending.get(0);
    if (next.fill().isPresent() && next.fill().get().next(session)) {
      return true;
    }
    boolean first =
        session.update(RECORD, next.version(), next.name(), next.checksum(), clock.instant()) == 1;
    if (first) {
      for (String statement : next.statements()) {
        session.execute(statement);
      }
    }
    return first;
  }

  private List<Migration> pending(Session session) throws SQLException {
    List<Migration> pending = new ArrayList<>(migrations);
    for (Applied applied : session.list(APPLIED, Applied::read)) {
      if (pending.isEmpty()) {
        throw newer(applied);
      }
      Migration known = pending.remove(0);
      if (!applied.is(known)) {
        throw altered(applied, known);
      }
    }
    return pending;
  }

  private StoreException newer(Applied applied) {
    return new StoreUnavailableException(
        String.format(
            Locale.ROOT,
            "%s was written by a newer certcollect (its tables have version %d, this program knows"
                + " %d): use that one",
            database.name(),
            applied.version,
            migrations.get(migrations.size() - 1).version()));
  }

  private StoreException altered(Applied applied, Migration known) {
    return new StoreUnavailableException(
        "%s: the migration %s was applied in another form than this program's %s: it comes from another build"
            .formatted(database.name(), applied.name, known.name()));
  }

  private static boolean hasTable(Session session) throws SQLException {
    try (ResultSet tables =
        session
            .connection()
            .getMetaData()
            .getTables(
                null,
                session.connection().getSchema(),
                "schema_migration",
                new String[] {"TABLE"})) {
      return tables.next();
    }
  }

  private record Applied(long version, String name, String checksum) {
    static Applied read(Row row) throws SQLException {
      return new Applied(row.number("version"), row.text("name"), row.text("checksum"));
    }

    boolean is(Migration known) {
      return version == known.version() && checksum.equals(known.checksum());
    }
  }
}
