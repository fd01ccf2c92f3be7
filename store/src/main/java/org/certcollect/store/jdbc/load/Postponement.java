package org.certcollect.store.jdbc.load;

import java.sql.SQLException;
import org.certcollect.store.jdbc.Session;

/**
 * A part of a load's work that is cheaper when all records are stored. Safe for use by many
 * threads.
 */
public interface Postponement {
  /** A postponement of nothing. */
  Postponement NONE =
      new Postponement() {
        @Override
        public void begin(Session session) {}

        @Override
        public void complete(Runnable step) {}
      };

  /** Begins to postpone in the current transaction, if the store is in a state that allows it. */
  void begin(Session session) throws SQLException;

  /**
   * Completes the postponed work in several transactions. Any number of processes may do so at the
   * same time, also while a load goes on. A completion that was interrupted can be repeated.
   *
   * @param step called after each transaction
   */
  void complete(Runnable step);
}
