package org.certcollect.store.jdbc;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.certcollect.store.StoreException;

/** A kind of database: all that differs between one and another. Safe for use by many threads. */
interface Engine {
  /** What a connection is for. */
  enum Access {
    READ,
    WRITE
  }

  /** How the database is called in messages: its file, or its address. */
  String name();

  /** The migrations that make and change its tables, in their order. */
  List<Migration> migrations();

  /** A new connection, in auto-commit mode, on which every statement sees the last commit. */
  Connection connect(Access access) throws SQLException;

  /** Begins a transaction that can neither be refused later for a lock nor see a stale row. */
  void begin(Connection connection) throws SQLException;

  /** Makes durable what was done since {@link #begin}. */
  void commit(Connection connection) throws SQLException;

  void rollback(Connection connection) throws SQLException;

  /** What to tell the operator about an error of the database. */
  StoreException failure(SQLException error);
}
