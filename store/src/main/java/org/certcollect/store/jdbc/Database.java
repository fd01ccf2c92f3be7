package org.certcollect.store.jdbc;

import java.sql.SQLException;
import java.time.Duration;
import org.certcollect.store.RefusedException;

/** A database with its connections. Safe for use by many threads. */
final class Database implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final Engine engine;
  private final Sessions readers;
  private final Sessions writers;

  Database(Engine engine, int readers, int writers) {
    this.engine = engine;
    this.readers = new Sessions(engine, Engine.Access.READ, readers, PATIENCE);
    this.writers = new Sessions(engine, Engine.Access.WRITE, writers, PATIENCE);
  }

  Engine engine() {
    return engine;
  }

  /** Reads outside of a transaction: each statement sees the last change that was finished. */
  <T> T read(Work<T> work) {
    try {
      return readers.lend(work);
    } catch (SQLException e) {
      throw engine.failure(e);
    }
  }

  /** Does some work as one transaction, durable when this returns, undone when this throws. */
  <T> T change(Work<T> work) {
    try {
      return writers.lend(session -> attempt(session, work)).result();
    } catch (SQLException e) {
      throw engine.failure(e);
    }
  }

  @Override
  public void close() {
    readers.close();
    writers.close();
  }

  private <T> Outcome<T> attempt(Session session, Work<T> work) throws SQLException {
    engine.begin(session.connection());
    Outcome<T> outcome;
    try {
      outcome = new Done<>(work.in(session));
    } catch (RefusedException e) {
      engine.rollback(session.connection());
      return new NotDone<>(e);
    }
    engine.commit(session.connection());
    return outcome;
  }

  /** A refusal leaves the session sound, so it travels as a value until the session is back. */
  private sealed interface Outcome<T> {
    T result();
  }

  private record Done<T>(T result) implements Outcome<T> {}

  private record NotDone<T>(RefusedException refusal) implements Outcome<T> {
    @Override
    public T result() {
      throw refusal;
    }
  }
}
