package org.certcollect.store.jdbc;

import java.sql.SQLException;
import org.certcollect.store.Store.PoolUse;

/**
 * A lender of sessions of one database, a bounded number at a time. Safe for use by many threads.
 */
public interface Lender extends AutoCloseable {
  /** A lender of one session, which stays open. */
  static Lender of(Session session) {
    return new Lender() {
      @Override
      public <T> T lend(Deadline deadline, Work<T> work) throws SQLException {
        return work.in(session);
      }

      @Override
      public PoolUse use() {
        return new PoolUse(1, 1);
      }

      @Override
      public void close() {}
    };
  }

  /**
   * Lends a session, in auto-commit mode, for the duration of some work. If the work throws, the
   * transaction that it left open is rolled back.
   *
   * @param deadline the limit for the wait for a session and, if the database supports that, for
   *     its answers
   */
  <T> T lend(Deadline deadline, Work<T> work) throws SQLException;

  PoolUse use();

  /** Lends no more sessions, and closes each one when it is given back. */
  @Override
  void close();
}
