package org.certcollect.store.jdbc;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.certcollect.store.StoreException;

/** A kind of database: all that differs between one and another. Safe for use by many threads. */
interface Engine {
  /**
   * A load makes a pause after so much work.
   *
   * @param work how long it may change the store before
   * @param pause the least time that others then have
   */
  record Turns(Duration work, Duration pause) {}

  /** How the database is called in messages: its file, or its address. */
  String name();

  /** The migrations that make and change its tables, in their order. */
  List<Migration> migrations();

  /** Begins a transaction in which every statement sees the last commit. */
  void begin(Connection connection) throws SQLException;

  /** Makes durable what was done since {@link #begin}. */
  void commit(Connection connection) throws SQLException;

  void rollback(Connection connection) throws SQLException;

  /** Begins a transaction that only reads, in which every statement sees the same moment. */
  void beginSnapshot(Connection connection) throws SQLException;

  /**
   * The database by a connection of its own that never waits; empty where each statement crosses a
   * network.
   */
  default Optional<Prompt> prompt() {
    return Optional.empty();
  }

  /**
   * A database for one thread.
   *
   * @param changed whether anything may have been committed since it was last asked
   */
  record Prompt(Database database, Work<Boolean> changed) {}

  /**
   * What inserts many orders within the transaction that the session is in.
   *
   * @param ids finds and keeps their chains
   */
  BulkInsert bulkInsert(Session session, KnownIds ids) throws SQLException;

  /** How many transactions of one load are made at a time: as many as make it faster. */
  default int lanes() {
    return 1;
  }

  /** How a load gives others their turn; empty where nobody waits for it. */
  default Optional<Turns> turns() {
    return Optional.empty();
  }

  /** Does, in a pause of a load, what keeps no one else from changing the store. */
  default void tidy(Session session) throws SQLException {}

  /**
   * The condition that begins within an index of orders by that column and the number, where the
   * page before ended.
   *
   * @param column of {@code orders o}
   * @param value the one whose orders are listed; what is more is excluded beside this condition
   * @return has one parameter after those of the value: the last number of the page before
   */
  String pageAlong(String column, String value);

  /** Whether work that failed so, and changed nothing, may succeed when it is done again. */
  boolean mayRepeat(SQLException error);

  /** Whether a {@link #commit} that failed so may have been made all the same. */
  boolean leavesDoubt(SQLException error);

  /** What to tell the operator about an error of the database. */
  StoreException failure(SQLException error);
}
