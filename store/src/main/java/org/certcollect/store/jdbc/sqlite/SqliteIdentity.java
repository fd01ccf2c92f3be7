package org.certcollect.store.jdbc.sqlite;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import org.certcollect.store.domain.StoreException;
import org.certcollect.store.domain.StoreUnavailableException;
import org.sqlite.SQLiteConfig;

/**
 * The application id, which distinguishes a store's file from the database of another program. The
 * first migration sets it as well.
 */
final class SqliteIdentity {
  /** "CCol", in ASCII. */
  private static final int APPLICATION_ID = 0x43436F6C;

  private static final int BUSY_MILLIS = (int) Duration.ofSeconds(10).toMillis();

  /** A new store has this table before it has its id. */
  private static final String FOREIGN_TABLES =
      "SELECT count(*) FROM sqlite_schema WHERE name <> 'schema_migration'";

  private SqliteIdentity() {}

  /**
   * Refuses the file of another program, and does not change it. The check comes first because the
   * connections of a store would change the file.
   */
  static void require(Path file) {
    SQLiteConfig config = SqliteEngine.withoutCreate();
    config.setBusyTimeout(BUSY_MILLIS);
    try (Connection connection = config.createConnection(SqliteEngine.url(file))) {
      // The order matters: a store that another process creates between the two queries has its id
      // before the second one.
      if (number(connection, FOREIGN_TABLES) > 0
          && number(connection, "PRAGMA application_id") != APPLICATION_ID) {
        throw foreign(file);
      }
    } catch (SQLException e) {
      throw new SqliteFailures(file.toString()).explain(e);
    }
  }

  /** Marks an empty file as a store of certcollect, durably. */
  static void write(Path file) {
    try (Connection connection =
            SqliteEngine.withoutCreate().createConnection(SqliteEngine.url(file));
        Statement statement = connection.createStatement()) {
      boolean unused = statement.execute("PRAGMA application_id = " + APPLICATION_ID);
    } catch (SQLException e) {
      throw new SqliteFailures(file.toString()).explain(e);
    }
  }

  private static StoreException foreign(Path file) {
    return new StoreUnavailableException(
        file + " is the database of another program: choose another file");
  }

  private static long number(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery(sql)) {
      return result.next() ? result.getLong(1) : 0;
    }
  }
}
