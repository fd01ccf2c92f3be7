package org.certcollect.store.jdbc.sqlite;

import java.sql.SQLException;
import org.certcollect.store.jdbc.Session;
import org.certcollect.store.jdbc.Transactions;

/** The transactions of SQLite, begun by statements, as JDBC knows only one kind of them. */
final class SqliteTransactions implements Transactions {
  /** Takes the write lock at once, so that no later statement fails for lack of it. */
  @Override
  public void begin(Session session) throws SQLException {
    session.execute("BEGIN IMMEDIATE");
  }

  @Override
  public void beginSnapshot(Session session) throws SQLException {
    session.execute("BEGIN");
  }

  @Override
  public void commit(Session session) throws SQLException {
    session.execute("COMMIT");
  }

  @Override
  public void rollback(Session session) throws SQLException {
    session.execute("ROLLBACK");
  }
}
