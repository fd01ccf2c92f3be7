package org.certcollect.store.jdbc;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.certcollect.store.StoreException;

/**
 * PostgreSQL. Changes need no more than READ COMMITTED; an export reads from a snapshot, which is
 * REPEATABLE READ. What else speaks PostgreSQL's protocol is untested.
 */
final class PostgresEngine implements Engine {
  private static final List<Migration> MIGRATIONS =
      List.of(Migration.load("postgresql", "0001-first.sql"));

  private final PostgresConfig config;
  private final List<Migration> migrations;

  PostgresEngine(PostgresConfig config) {
    this(config, MIGRATIONS);
  }

  /** The same with other tables. */
  PostgresEngine(PostgresConfig config, List<Migration> migrations) {
    this.config = config;
    this.migrations = List.copyOf(migrations);
  }

  /** The database, with a pool of connections to read and change it. */
  Database open() {
    Lender pool = new PostgresPool(config);
    return new Database(this, pool, pool, config.deadline());
  }

  @Override
  public String name() {
    return config.name();
  }

  @Override
  public List<Migration> migrations() {
    return migrations;
  }

  @Override
  public void begin(Connection connection) throws SQLException {
    connection.setAutoCommit(false);
  }

  @Override
  public void commit(Connection connection) throws SQLException {
    connection.commit();
  }

  @Override
  public void rollback(Connection connection) throws SQLException {
    connection.rollback();
  }

  @Override
  public void beginSnapshot(Connection connection) throws SQLException {
    connection.setAutoCommit(false);
    try (Statement statement = connection.createStatement()) {
      statement.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY");
    }
  }

  @Override
  public BulkInsert bulkInsert(Session session, KnownIds ids) {
    return new PostgresBulkInsert(session, ids);
  }

  /** It works on one while the other is made. */
  @Override
  public int lanes() {
    return 2;
  }

  /**
   * Of {@code column = value} PostgreSQL thinks that the orders of a common value lie everywhere:
   * it would walk along the numbers, through all that comes before the first.
   */
  @Override
  public String pageAlong(String column, String value) {
    return "(%s, o.number) > (%s, ?)".formatted(column, value);
  }

  @Override
  public boolean mayRepeat(SQLException error) {
    return PostgresFailures.mayRepeat(error);
  }

  @Override
  public boolean leavesDoubt(SQLException error) {
    return PostgresFailures.leavesDoubt(error);
  }

  @Override
  public StoreException failure(SQLException error) {
    return PostgresFailures.of(name(), error);
  }
}
