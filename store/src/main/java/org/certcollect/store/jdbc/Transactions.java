package org.certcollect.store.jdbc;

import java.sql.Connection;
import java.sql.SQLException;

/** The transactions of a kind of database. Safe for use by many threads. */
public interface Transactions {
  /** Begins a transaction in which every statement sees the last commit. */
  void begin(Connection connection) throws SQLException;

  /** Begins a read-only transaction that sees the database as it is at one instant. */
  void beginSnapshot(Connection connection) throws SQLException;

  /** Commits the changes since {@link #begin}. */
  default void commit(Connection connection) throws SQLException {
    connection.commit();
  }

  /** Rolls back the changes since {@link #begin}. */
  default void rollback(Connection connection) throws SQLException {
    connection.rollback();
  }
}
