package org.certcollect.store.jdbc.load;

import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import org.certcollect.store.jdbc.Session;

/** The way in which a kind of database loads many orders. Safe for use by many threads. */
public interface BulkLoading {
  /**
   * The pauses of a load.
   *
   * @param work the maximum time that the load changes the store before it pauses
   * @param pause the minimum time that other writers then have
   */
  record Pauses(Duration work, Duration pause) {}

  /**
   * Creates an inserter of orders for the current transaction of the session.
   *
   * @param ids the cache that finds and stores the chains of the orders
   */
  BulkInsert insert(Session session, KnownIds ids) throws SQLException;

  /** The number of transactions that one load runs at a time. */
  default int parallelTransactions() {
    return 1;
  }

  /** The pauses for other writers; empty if no other writer waits for a load. */
  default Optional<Pauses> pauses() {
    return Optional.empty();
  }

  /** Does the work of a pause, during which other processes can change the store. */
  default void checkpoint(Session session) throws SQLException {}
}
