package org.certcollect.store.jdbc.postgres;

import java.sql.SQLException;
import java.time.Clock;
import java.util.Optional;
import java.util.function.Consumer;
import org.certcollect.store.Store;
import org.certcollect.store.Store.PoolUse;
import org.certcollect.store.domain.StoreUnavailableException;
import org.certcollect.store.jdbc.Deadline;
import org.certcollect.store.jdbc.Lender;
import org.certcollect.store.jdbc.Work;

/**
 * A store in a PostgreSQL database that may not be reachable yet. Its calls fail at once until it
 * is open, so that a server can answer before its database is there. Safe for use by many threads.
 */
public final class AwaitedPostgresStore implements AutoCloseable {
  private final PostgresEngine engine;
  private final PostgresPool pool;
  private final Clock clock;
  private final Store store;
  private volatile Optional<String> problem;

  /** Creates the store without a connection to its database. */
  public AwaitedPostgresStore(PostgresConfig config, Clock clock) {
    engine = new PostgresEngine(config);
    pool = new PostgresPool(config);
    this.clock = clock;
    problem = Optional.of(config.name() + " was not reached yet");
    store = engine.store(engine.open(new Gate()), clock);
  }

  /** The store, whose calls fail until {@link #open} has succeeded. */
  public Store store() {
    return store;
  }

  /** The problem because of which calls fail; empty once the store is open. */
  public Optional<String> problem() {
    return problem;
  }

  /**
   * Connects to the database, checks its tables, brings older ones up to date, and lets the calls
   * of the store through.
   *
   * @param create whether to make the tables if there are none
   * @param made is called if they were made
   * @param prepare uses the store before other calls may; the database may break meanwhile
   * @return the problem if the database cannot be reached now; empty if the store is open
   * @throws StoreUnavailableException for a problem of the database or of its tables that waiting
   *     does not solve, also if {@code prepare} meets it
   */
  public Optional<String> open(boolean create, Runnable made, Consumer<Store> prepare) {
    try {
      prepare.accept(PostgresStore.open(engine, engine.open(pool), clock, create, made));
      problem = Optional.empty();
    } catch (StoreUnavailableException e) {
      if (e.getCause() instanceof SQLException cause && PostgresFailures.isAbsence(cause)) {
        problem = Optional.of(String.valueOf(e.getMessage()));
      } else {
        throw e;
      }
    }
    return problem;
  }

  /**
   * Tries a password with one connection, unless it is in use already. If the database is away, the
   * password cannot be tried, and is not refused.
   *
   * @throws StoreUnavailableException if the database refuses it
   */
  public void requireAccepted(Optional<String> password) {
    pool.requireAccepted(password);
  }

  /** Uses another password for connections from now on. */
  public void usePassword(Optional<String> password) {
    pool.usePassword(password);
  }

  @Override
  public void close() {
    pool.close();
  }

  /** The connections, which are lent only once the store is open. */
  private final class Gate implements Lender {
    @Override
    public <T> T lend(Deadline deadline, Work<T> work) throws SQLException {
      Optional<String> why = problem;
      if (why.isPresent()) {
        throw new StoreUnavailableException(why.get());
      }
      return pool.lend(deadline, work);
    }

    @Override
    public PoolUse use() {
      return pool.use();
    }

    @Override
    public void close() {
      pool.close();
    }
  }
}
