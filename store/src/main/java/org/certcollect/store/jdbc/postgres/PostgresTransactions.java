package org.certcollect.store.jdbc.postgres;

import java.sql.SQLException;
import org.certcollect.store.jdbc.Session;
import org.certcollect.store.jdbc.Transactions;

/**
 * The transactions of PostgreSQL. READ COMMITTED is enough for changes, and a snapshot is a
 * REPEATABLE READ transaction.
 */
final class PostgresTransactions implements Transactions {
  @Override
  public void begin(Session session) throws SQLException {
    session.connection().setAutoCommit(false);
  }

  @Override
  public void beginSnapshot(Session session) throws SQLException {
    begin(session);
    session.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY");
  }
}
