package org.certcollect.store.jdbc.postgres;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.certcollect.store.Store.PoolUse;
import org.certcollect.store.jdbc.Deadline;
import org.certcollect.store.jdbc.Lender;
import org.certcollect.store.jdbc.Session;
import org.certcollect.store.jdbc.Work;

/**
 * A pool of connections to the primary. The driver of a connection keeps its prepared statements,
 * so that they outlive the session. Safe for use by many threads.
 */
final class PostgresPool implements Lender {
  /** A reference to the logger, which would otherwise be collected and lose its level. */
  private static final Logger POOL_LOG = Logger.getLogger("com.zaxxer.hikari");

  private static final Logger CLEANER_LOG = Logger.getLogger("org.postgresql.util.LazyCleanerImpl");

  static {
    // The pool would log each start, and each broken connection with its whole stack. The call that
    // fails reports the error anyway.
    POOL_LOG.setLevel(Level.OFF);
    // The driver's cleaner logs each connection that broke while it was opened.
    CLEANER_LOG.setLevel(Level.SEVERE);
  }

  /**
   * Makes PostgreSQL read by index. It has no statistics yet about tables that were just filled, so
   * for the certificates of some hundred orders it would read the whole table again and again.
   */
  private static final String BY_INDEX = "SET enable_seqscan = off";

  private static final String AS_BEFORE = "RESET enable_seqscan";

  private final PostgresConnections connections;
  private final HikariDataSource pool;
  private final Duration usual;

  /** A cache for all sessions, because each call has a session of its own. */
  private final Map<String, Map<String, Integer>> columns = new ConcurrentHashMap<>();

  PostgresPool(PostgresConfig config) {
    usual = config.deadline();
    connections = new PostgresConnections(config);
    pool = new HikariDataSource(settings(config));
  }

  /**
   * The wait for a connection may take half of a call's time, and the check whether it is alive a
   * quarter. The rest is for the statements.
   */
  private HikariConfig settings(PostgresConfig config) {
    long millis = config.deadline().toMillis();
    HikariConfig settings = new HikariConfig();
    settings.setPoolName("certcollect");
    settings.setDataSource(connections);
    settings.setMaximumPoolSize(config.poolSize());
    settings.setConnectionTimeout(millis / 2);
    settings.setValidationTimeout(millis / 4);
    // The driver's own check rounds its timeout up to a whole second.
    settings.setConnectionTestQuery("SELECT 1");
    settings.setConnectionInitSql(serverLimits(config.deadline(), config.deadline()));
    settings.setInitializationFailTimeout(-1);
    return settings;
  }

  /**
   * The server's timeouts match those of the client, so that no lock outlives its change for long.
   */
  private static String serverLimits(Duration statement, Duration idle) {
    return String.format(
        Locale.ROOT,
        "SET statement_timeout = %d; SET idle_in_transaction_session_timeout = %d",
        statement.toMillis(),
        idle.toMillis());
  }

  @Override
  public <T> T lend(Deadline deadline, Work<T> work) throws SQLException {
    Connection connection = borrow();
    boolean sound = false;
    try {
      Session session = new Session(connection, deadline, columns);
      session.hurry();
      T result = isUsual(deadline) ? work.in(session) : patiently(session, deadline, work);
      sound = true;
      return result;
    } catch (SQLException e) {
      sound = isUsual(deadline) && !deadline.isOver() && !PostgresFailures.isOnStandby(e);
      throw e;
    } finally {
      giveBack(connection, sound);
    }
  }

  private boolean isUsual(Deadline deadline) {
    return deadline.whole().equals(usual);
  }

  private <T> T patiently(Session session, Deadline deadline, Work<T> work) throws SQLException {
    session.execute(serverLimits(deadline.step(), deadline.whole()));
    session.execute(BY_INDEX);
    T result = work.in(session);
    session.connection().setAutoCommit(true);
    session.execute(AS_BEFORE);
    session.execute(serverLimits(usual, usual));
    return result;
  }

  void requireAccepted(Optional<String> password) {
    connections.requireAccepted(password);
  }

  void usePassword(Optional<String> password) {
    connections.usePassword(password);
  }

  /** The number of connections that are lent now. */
  int lent() {
    return pool.getHikariPoolMXBean().getActiveConnections();
  }

  @Override
  public PoolUse use() {
    return new PoolUse(lent(), pool.getMaximumPoolSize());
  }

  /** The number of statements whose columns are known to all sessions. */
  int knownStatements() {
    return columns.size();
  }

  @Override
  public void close() {
    connections.close();
    pool.close();
  }

  private Connection borrow() throws SQLException {
    try {
      return pool.getConnection();
    } catch (SQLTransientConnectionException e) {
      SQLException cause = connections.failure().orElseGet(() -> firstOfServer(e));
      throw new SQLTransientConnectionException(
          String.format(
              Locale.ROOT,
              "no connection within %d ms: %s",
              pool.getConnectionTimeout(),
              cause.getMessage()),
          cause.getSQLState(),
          cause);
    }
  }

  /**
   * The first error with a code of the server in the chain of causes. A new connection may fail
   * when the pool sets it up or tests it, and then the pool's own error reports only a timeout.
   */
  static SQLException firstOfServer(SQLException error) {
    for (Throwable cause = error; cause != null; cause = cause.getCause()) {
      if (cause instanceof SQLException own && own.getSQLState() != null) {
        return own;
      }
    }
    return error;
  }

  /** Gives the connection back. The pool rolls back an open transaction. */
  private void giveBack(Connection connection, boolean sound) {
    try {
      if (sound || connection.isClosed()) {
        connection.close();
      } else {
        pool.evictConnection(connection);
      }
    } catch (SQLException e) {
      // The outcome of the work is what counts, and the pool drops the connection.
    }
  }
}
