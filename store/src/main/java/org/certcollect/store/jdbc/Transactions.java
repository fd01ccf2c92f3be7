package org.certcollect.store.jdbc;

import java.sql.SQLException;
import org.certcollect.store.ChangeRecord;

/** The transactions of a kind of database. Safe for use by many threads. */
public interface Transactions {
  /** The transactions of work that is part of another transaction, which alone begins and ends. */
  Transactions JOINED =
      new Transactions() {
        @Override
        public void announce(ChangeRecord record) {
          throw new IllegalStateException("the transaction that was joined has the auditor");
        }

        @Override
        public void begin(Session session) {}

        @Override
        public void beginSnapshot(Session session) {}

        @Override
        public void commit(Session session) {}

        @Override
        public void rollback(Session session) {}
      };

  /** Makes ready for a transaction, before a session is taken for it. */
  default void prepare() {}

  /** Ends what {@link #prepare} began. */
  default void release() {}

  /** Tells the auditor of these transactions, if there is one, of something outside of any. */
  default void announce(ChangeRecord record) {}

  /** Begins a transaction in which every statement sees the last commit. */
  void begin(Session session) throws SQLException;

  /** Begins a read-only transaction that sees the database as it is at one instant. */
  void beginSnapshot(Session session) throws SQLException;

  /** Commits the changes since {@link #begin}. */
  default void commit(Session session) throws SQLException {
    session.connection().commit();
  }

  /** Rolls back the changes since {@link #begin}. */
  default void rollback(Session session) throws SQLException {
    session.connection().rollback();
  }
}
