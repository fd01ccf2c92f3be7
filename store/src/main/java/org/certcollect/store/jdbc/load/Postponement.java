package org.certcollect.store.jdbc.load;

import java.sql.SQLException;
import org.certcollect.store.jdbc.Database;
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
        public void complete(Database database, Runnable step) {}
      };

  /** Begins with the current transaction, if the store is in a state that allows it. */
  void begin(Session session) throws SQLException;

  /**
   * Does what was postponed, if anything was, in several transactions. Any number of processes may
   * do so at the same time, also while a load goes on. Interrupted, it can be repeated.
   *
   * @param step called before each transaction
   */
  void complete(Database database, Runnable step);
}
