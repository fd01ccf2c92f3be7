package org.certcollect.store.jdbc.sqlite;

import java.nio.file.Path;
import java.sql.SQLException;
import org.certcollect.store.domain.StoreUnavailableException;
import org.certcollect.store.jdbc.Row;
import org.certcollect.store.jdbc.Session;

/**
 * The application id, which distinguishes a store's file from the database of another program. The
 * first migration sets it as well.
 */
final class SqliteIdentity {
  /** "CCol", in ASCII. */
  private static final int APPLICATION_ID = 0x43436F6C;

  /** A new store has this table before it has its id. */
  private static final String FOREIGN_TABLES =
      "SELECT count(*) FROM sqlite_schema WHERE name <> 'schema_migration'";

  private SqliteIdentity() {}

  /**
   * Refuses the file of another program, and does not change it. The check comes first because the
   * connections of a store would change the file.
   */
  static void require(Path file) {
    try (Session session = SqliteEngine.plain(file)) {
      // The order matters: a store that another process creates between the two queries has its id
      // before the second one.
      if (number(session, FOREIGN_TABLES) > 0
          && number(session, "PRAGMA application_id") != APPLICATION_ID) {
        throw new StoreUnavailableException(
            file + " is the database of another program: choose another file");
      }
    } catch (SQLException e) {
      throw new SqliteFailures().explain(file.toString(), e);
    }
  }

  /** Marks an empty file as a store of certcollect, durably. */
  static void write(Path file) {
    try (Session session = SqliteEngine.plain(file)) {
      session.execute("PRAGMA application_id = " + APPLICATION_ID);
    } catch (SQLException e) {
      throw new SqliteFailures().explain(file.toString(), e);
    }
  }

  private static long number(Session session, String sql) throws SQLException {
    return session.first(sql, Row::number).orElse(0L);
  }
}
