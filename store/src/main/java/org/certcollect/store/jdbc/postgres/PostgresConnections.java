package org.certcollect.store.jdbc.postgres;

import java.io.PrintWriter;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.time.Duration;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.logging.Level;
import java.util.logging.Logger;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.postgresql.Driver;
import org.postgresql.PGProperty;

/**
 * The source of connections to the primary, for the pool. While the server is unreachable, this
 * source tries again several times a second. The pool itself would wait up to five seconds between
 * two attempts. Safe for use by many threads.
 */
final class PostgresConnections implements DataSource {
  private static final Logger LOG = Logger.getLogger(PostgresConnections.class.getName());
  private static final long PAUSE_MILLIS = 200;

  /**
   * The maximum time for one attempt, however long the work may wait: a running server accepts a
   * connection at once.
   */
  private static final Duration MAX_CONNECT_TIMEOUT = Duration.ofSeconds(10);

  private final Driver driver = new Driver();
  private final PostgresConfig config;
  private final AtomicReference<@Nullable SQLException> failure = new AtomicReference<>();
  private volatile Optional<String> password;
  private volatile boolean closed;

  PostgresConnections(PostgresConfig config) {
    this.config = config;
    password = config.password();
  }

  /** The error of the last attempt; empty if it succeeded. */
  Optional<SQLException> failure() {
    return Optional.ofNullable(failure.get());
  }

  /**
   * Throws if the database is there, and refuses a connection with a password other than the one in
   * use. That one is not tried: whatever the database says, there is no better one.
   */
  void requireAccepted(Optional<String> other) {
    if (other.equals(password)) {
      return;
    }
    try {
      connect(other).close();
    } catch (SQLException e) {
      if (!PostgresFailures.isAbsence(e)) {
        throw new PostgresFailures().explain(config.name(), e);
      }
    }
  }

  void usePassword(Optional<String> other) {
    password = other;
  }

  /** Makes all attempts that wait for a server give up. */
  void close() {
    closed = true;
  }

  @Override
  public Connection getConnection() throws SQLException {
    while (true) {
      try {
        Connection connection = connect(password);
        if (failure.getAndSet(null) != null) {
          LOG.log(Level.INFO, "{0}: connected again", config.name());
        }
        return connection;
      } catch (SQLException e) {
        if (failure.getAndSet(e) == null) {
          LOG.log(
              Level.WARNING,
              "{0}: no connection (SQLSTATE {1}), trying on",
              new Object[] {config.name(), e.getSQLState()});
        }
        if (closed || !PostgresFailures.isOutage(e)) {
          throw e;
        }
      }
      pause();
    }
  }

  private Connection connect(Optional<String> secret) throws SQLException {
    Connection connection = driver.connect(config.url(), properties(secret));
    if (connection == null) {
      throw new IllegalStateException("the driver does not know the url, which was checked");
    }
    return connection;
  }

  /** The driver's settings, unless the URL has other values. */
  private Properties properties(Optional<String> secret) {
    Duration limit =
        config.deadline().compareTo(MAX_CONNECT_TIMEOUT) < 0
            ? config.deadline()
            : MAX_CONNECT_TIMEOUT;
    Properties properties = new Properties();
    PGProperty.USER.set(properties, config.user());
    secret.ifPresent(text -> PGProperty.PASSWORD.set(properties, text));
    PGProperty.APPLICATION_NAME.set(properties, "certcollect");
    PGProperty.TARGET_SERVER_TYPE.set(properties, "primary");
    PGProperty.HOST_RECHECK_SECONDS.set(properties, 1);
    PGProperty.CONNECT_TIMEOUT.set(properties, seconds(limit.dividedBy(2)));
    PGProperty.SOCKET_TIMEOUT.set(properties, seconds(limit));
    PGProperty.TCP_KEEP_ALIVE.set(properties, true);
    PGProperty.LOG_SERVER_ERROR_DETAIL.set(properties, false);
    // The few statements of the store are all repeated, so each is prepared at its first use.
    PGProperty.PREPARE_THRESHOLD.set(properties, 1);
    PGProperty.PREPARED_STATEMENT_CACHE_QUERIES.set(properties, 256);
    return properties;
  }

  private static int seconds(Duration duration) {
    return (int) Math.max(1, duration.toSeconds());
  }

  private static void pause() {
    long millis = PAUSE_MILLIS / 2 + ThreadLocalRandom.current().nextLong(PAUSE_MILLIS);
    LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(millis));
  }

  @Override
  public Connection getConnection(String user, String password) throws SQLException {
    throw new SQLFeatureNotSupportedException();
  }

  @Override
  public @Nullable PrintWriter getLogWriter() {
    return null;
  }

  @Override
  public void setLogWriter(@Nullable PrintWriter out) {}

  /** Ignored, because the driver has a timeout of its own for each step of connecting. */
  @Override
  public void setLoginTimeout(int seconds) {}

  /** The seconds for which the pool waits for an attempt when it is closed. */
  @Override
  public int getLoginTimeout() {
    return 1;
  }

  @Override
  public Logger getParentLogger() {
    return LOG;
  }

  @Override
  public <T> T unwrap(Class<T> type) throws SQLException {
    throw new SQLFeatureNotSupportedException();
  }

  @Override
  public boolean isWrapperFor(Class<?> type) {
    return false;
  }
}
