package org.certcollect.store.jdbc.postgres;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.certcollect.store.jdbc.Transactions;

/**
 * The transactions of PostgreSQL. READ COMMITTED is enough for changes, and a snapshot is a
 * REPEATABLE READ transaction.
 */
final class PostgresTransactions implements Transactions {
  @Override
  public void begin(Connection connection) throws SQLException {
    connection.setAutoCommit(false);
  }

  @Override
  public void beginSnapshot(Connection connection) throws SQLException {
    connection.setAutoCommit(false);
    try (Statement statement = connection.createStatement()) {
      statement.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY");
    }
  }
}
