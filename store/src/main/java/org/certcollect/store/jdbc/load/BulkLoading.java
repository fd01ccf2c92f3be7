package org.certcollect.store.jdbc.load;

import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import org.certcollect.store.jdbc.Session;

/**
 * The way in which a kind of database loads many orders. Safe for use by many threads.
 *
 * @param inserts creates an inserter for each transaction
 * @param maxDuration the maximum duration of a transaction, so that other writers wait only briefly
 * @param transactions the number of transactions that one load runs at a time
 * @param pauses the pauses for other writers; empty if no other writer waits for a load
 * @param postponement the work that is left until the end of a load of many records
 */
public record BulkLoading(
    Inserts inserts,
    Duration maxDuration,
    int transactions,
    Optional<Pauses> pauses,
    Postponement postponement) {
  /**
   * The pauses of a load.
   *
   * @param work the maximum time that the load changes the store before it pauses
   * @param pause the minimum time that other writers then have
   * @param checkpoint a statement that is executed in the pause, in no transaction
   */
  public record Pauses(Duration work, Duration pause, String checkpoint) {}

  /** A factory of inserters. */
  @FunctionalInterface
  public interface Inserts {
    /**
     * Creates an inserter of orders for the current transaction of the session.
     *
     * @param ids the cache that finds and stores the chains of the orders
     */
    BulkInsert create(Session session, KnownIds ids) throws SQLException;
  }
}
