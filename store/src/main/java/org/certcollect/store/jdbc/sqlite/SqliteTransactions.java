package org.certcollect.store.jdbc.sqlite;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.certcollect.store.jdbc.Transactions;

/** The transactions of SQLite, begun by statements, as JDBC knows only one kind of them. */
final class SqliteTransactions implements Transactions {
  /** Takes the write lock at once, so that no later statement fails for lack of it. */
  @Override
  public void begin(Connection connection) throws SQLException {
    execute(connection, "BEGIN IMMEDIATE");
  }

  @Override
  public void beginSnapshot(Connection connection) throws SQLException {
    execute(connection, "BEGIN");
  }

  @Override
  public void commit(Connection connection) throws SQLException {
    execute(connection, "COMMIT");
  }

  @Override
  public void rollback(Connection connection) throws SQLException {
    execute(connection, "ROLLBACK");
  }

  private static void execute(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
