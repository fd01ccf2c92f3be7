package org.certcollect.store.jdbc.load;

import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import org.certcollect.store.jdbc.Session;

/** The way in which a kind of database takes in many orders. Safe for use by many threads. */
public interface BulkLoading {
  /**
   * The pauses of a load.
   *
   * @param work how long the load may change the store before it pauses
   * @param pause the shortest time that other writers then have
   */
  record Pauses(Duration work, Duration pause) {}

  /**
   * Makes an inserter of orders for the transaction that the session is in.
   *
   * @param ids finds and keeps the chains of the orders
   */
  BulkInsert insert(Session session, KnownIds ids) throws SQLException;

  /** The number of transactions that one load makes at a time: as many as make it faster. */
  default int parallelTransactions() {
    return 1;
  }

  /** The pauses in which other writers get their turn; empty if no writer waits for a load. */
  default Optional<Pauses> pauses() {
    return Optional.empty();
  }

  /** Does, in a pause, the work that keeps no other process from changing the store. */
  default void checkpoint(Session session) throws SQLException {}
}
