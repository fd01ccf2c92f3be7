package org.certcollect.store.jdbc;

import java.sql.SQLException;

/** Lends sessions of one database, a bounded number at a time. Safe for use by many threads. */
public interface Lender extends AutoCloseable {
  /**
   * Lends a session, in auto-commit mode, for as long as some work takes. Where the work throws,
   * whatever transaction it left open is undone.
   *
   * @param deadline how long to wait for a session, and where the database can, for its answers
   */
  <T> T lend(Deadline deadline, Work<T> work) throws SQLException;

  /** Lends no more sessions, and ends each as it comes back. */
  @Override
  void close();
}
