package org.certcollect.store.jdbc.postgres;

import java.sql.SQLException;
import java.time.Clock;
import java.util.Optional;
import org.certcollect.store.PoolUse;
import org.certcollect.store.Store;
import org.certcollect.store.domain.StoreUnavailableException;
import org.certcollect.store.jdbc.Deadline;
import org.certcollect.store.jdbc.Lender;
import org.certcollect.store.jdbc.Work;

/**
 * A store in a PostgreSQL database that may not be reachable yet. Its calls fail at once until it
 * is released, so that a server can answer before its database is there. Safe for use by many
 * threads.
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

  /** The store, whose calls fail until {@link #release}. */
  public Store store() {
    return store;
  }

  /** The problem because of which calls fail; empty once the store is released. */
  public Optional<String> problem() {
    return problem;
  }

  /**
   * Connects to the database, checks its tables, and brings older ones up to date.
   *
   * @param create whether to make the tables if there are none
   * @return the store, whose calls do not wait for the release; empty if the database cannot be
   *     reached now
   * @throws StoreUnavailableException for a problem that waiting does not solve
   */
  public Optional<Store> reach(boolean create) {
    try {
      return Optional.of(PostgresStore.open(engine, engine.open(pool), clock, create));
    } catch (StoreUnavailableException e) {
      if (e.getCause() instanceof SQLException cause && PostgresFailures.isAbsence(cause)) {
        problem = Optional.of(String.valueOf(e.getMessage()));
        return Optional.empty();
      }
      throw e;
    }
  }

  /** Lets the calls of the store through. */
  public void release() {
    problem = Optional.empty();
  }

  /** Uses another password for connections from now on. */
  public void usePassword(Optional<String> password) {
    pool.usePassword(password);
  }

  @Override
  public void close() {
    pool.close();
  }

  /** The connections, which are lent only after the release. */
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
