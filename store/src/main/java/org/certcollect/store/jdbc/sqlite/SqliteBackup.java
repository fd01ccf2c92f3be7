package org.certcollect.store.jdbc.sqlite;

import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.util.List;
import org.certcollect.store.domain.StoreException;
import org.certcollect.store.domain.StoreUnavailableException;
import org.certcollect.store.jdbc.Database;
import org.certcollect.store.jdbc.Row;
import org.certcollect.store.jdbc.Session;
import org.sqlite.SQLiteConnection;

/** The backup of a SQLite store while it is in use, with a check of the copy. */
public final class SqliteBackup {
  // One step copies everything: a copy in several steps starts again whenever another process
  // commits.
  private static final int ALL_PAGES = -1;
  private static final int PAUSE_MILLIS = 100;
  private static final int PAUSES = 100;

  private SqliteBackup() {}

  /** The number of records in a store. */
  public record Counts(long orders, long accounts) {}

  /**
   * Makes the copy, which has the state of the store at one instant.
   *
   * @param target an empty file; its content is undefined if this method throws
   * @throws org.certcollect.store.domain.NativeLibraryException if the temporary folder cannot be
   *     used
   * @throws StoreException if the copy cannot be made or is damaged
   */
  public static Counts copy(Path source, Path target) {
    SqliteLibrary.load();
    SqliteEngine engine = new SqliteEngine(source);
    SqliteEngine copy = new SqliteEngine(target);
    String path = target.toAbsolutePath().toString();
    long minAccounts;
    int applied;
    try (Database database = engine.open(1, 1)) {
      applied = engine.migrator(database, Clock.systemUTC()).countApplied();
      minAccounts = database.read(SqliteBackup::count).accounts();
    }
    try (Session session = engine.connect(SqliteEngine.Access.READ)) {
      int result =
          session
              .connection()
              .unwrap(SQLiteConnection.class)
              .getDatabase()
              .backup("main", path, null, PAUSE_MILLIS, PAUSES, ALL_PAGES);
      if (result != 0) {
        throw new SqliteFailures()
            .explain(copy.name(), new SQLException("SQLite's code is " + result, null, result));
      }
    } catch (SQLException e) {
      throw new SqliteFailures().explain(engine.name(), e);
    }
    Counts counts = verify(target, copy, applied, minAccounts);
    try (Session session = SqliteEngine.plain(target)) {
      // A copy should be one file, without a write-ahead log beside it.
      session.execute("PRAGMA journal_mode = DELETE");
    } catch (SQLException e) {
      throw new SqliteFailures().explain(copy.name(), e);
    }
    return counts;
  }

  /**
   * Verifies the copy. Accounts are never deleted, so it must have at least as many as the store
   * had before. Orders may have been pruned meanwhile.
   */
  private static Counts verify(Path copy, SqliteEngine engine, int applied, long minAccounts) {
    try (Database database = engine.open(1, 1)) {
      if (engine.migrator(database, Clock.systemUTC()).countApplied() != applied) {
        throw unsound(copy, "its tables are not those of the store");
      }
      List<String> problems =
          database.read(session -> session.list("PRAGMA integrity_check", Row::text));
      if (!problems.equals(List.of("ok"))) {
        throw unsound(copy, problems.get(0));
      }
      Counts counts = database.read(SqliteBackup::count);
      if (counts.accounts < minAccounts) {
        throw unsound(copy, "accounts are missing");
      }
      return counts;
    }
  }

  private static StoreException unsound(Path copy, String problem) {
    return new StoreUnavailableException(
        "the copy %s is not sound: %s; see whether its disk is".formatted(copy, problem));
  }

  private static Counts count(Session session) throws SQLException {
    return new Counts(
        session.first("SELECT COUNT(*) FROM orders", Row::number).orElseThrow(),
        session.first("SELECT COUNT(*) FROM account", Row::number).orElseThrow());
  }
}
