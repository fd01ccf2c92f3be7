package org.certcollect.store.jdbc;

import java.sql.SQLException;
import java.sql.SQLTimeoutException;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.certcollect.store.domain.RefusedException;
import org.certcollect.store.domain.StoreUnavailableException;

/**
 * A database with its connections. Work that failed for a cause that passes is done again, a few
 * times while time is left: a read at any failure, a change only where it is sure that nothing was
 * changed. Safe for use by many threads.
 */
public final class Database implements AutoCloseable {
  private static final int MAX_ATTEMPTS = 10;
  private static final long FIRST_PAUSE_MICROS = 5_000;
  private static final long MAX_PAUSE_MICROS = 100_000;

  private final String name;
  private final Transactions transactions;
  private final DatabaseFailures failures;
  private final Lender readers;
  private final Lender writers;
  private final Duration patience;
  private final Duration step;

  /**
   * Uses these connections.
   *
   * @param name the database in messages: its file, or its address
   * @param patience the longest that a call may take, if waiting for the database can be stopped
   */
  public Database(
      String name,
      Transactions transactions,
      DatabaseFailures failures,
      Lender readers,
      Lender writers,
      Duration patience) {
    this(name, transactions, failures, readers, writers, patience, patience);
  }

  private Database(
      String name,
      Transactions transactions,
      DatabaseFailures failures,
      Lender readers,
      Lender writers,
      Duration patience,
      Duration step) {
    this.name = name;
    this.transactions = transactions;
    this.failures = failures;
    this.readers = readers;
    this.writers = writers;
    this.patience = patience;
    this.step = step;
  }

  /** The database in messages: its file, or its address. */
  public String name() {
    return name;
  }

  /** The same connections, for work that takes longer. */
  public Database withPatience(Duration longer) {
    return new Database(name, transactions, failures, readers, writers, longer);
  }

  /** The same connections, for work of many steps, none of which waits longer than a call did. */
  public Database forManySteps(Duration longer) {
    return new Database(name, transactions, failures, readers, writers, longer, patience);
  }

  /** Reads outside of a transaction: each statement sees the last change that was finished. */
  public <T> T read(Work<T> work) {
    return repeat(deadline -> readers.lend(deadline, work));
  }

  /**
   * Reads the database as it is at one instant, in one transaction. The work is done once only, as
   * what it gave out cannot be taken back.
   */
  public <T> T readSnapshot(Work<T> work) {
    return read(
        session -> {
          try {
            transactions.beginSnapshot(session.connection());
            T result = work.in(session);
            transactions.commit(session.connection());
            return result;
          } catch (SQLException e) {
            throw failures.explain(e);
          }
        });
  }

  /** Does some work as one transaction, durable when this returns, undone when this throws. */
  public <T> T change(Work<T> work) {
    return repeat(
            deadline -> writers.lend(deadline, session -> inTransaction(session, deadline, work)))
        .result();
  }

  /**
   * Does some work of which each statement is a transaction of its own, so that no lock waits for
   * this process. It may be done more than once.
   */
  public <T> T changeAtOnce(Work<T> work) {
    return repeat(deadline -> writers.lend(deadline, session -> Outcome.of(session, work)))
        .result();
  }

  @Override
  public void close() {
    readers.close();
    writers.close();
  }

  @FunctionalInterface
  private interface Attempt<T> {
    T make(Deadline deadline) throws SQLException;
  }

  private <T> T repeat(Attempt<T> attempt) {
    Deadline deadline = Deadline.in(patience, step);
    for (int made = 1; ; made++) {
      try {
        return attempt.make(deadline);
      } catch (SQLException e) {
        if (made == MAX_ATTEMPTS || !deadline.leavesTimeToRepeat() || !failures.mayRepeat(e)) {
          throw failures.explain(e);
        }
      }
      pause(made);
    }
  }

  /** Waits longer each time, and never twice the same, so that two that collided do not again. */
  private static void pause(int attempts) {
    long most = Math.min(MAX_PAUSE_MICROS, FIRST_PAUSE_MICROS << attempts);
    LockSupport.parkNanos(
        TimeUnit.MICROSECONDS.toNanos(ThreadLocalRandom.current().nextLong(most)));
  }

  private <T> Outcome<T> inTransaction(Session session, Deadline deadline, Work<T> work)
      throws SQLException {
    transactions.begin(session.connection());
    Outcome<T> outcome = Outcome.of(session, work);
    session.hurry();
    if (outcome instanceof NotDone) {
      transactions.rollback(session.connection());
    } else if (session.isLate()) {
      // A commit whose answer is not awaited would be one in doubt.
      throw new SQLTimeoutException("not done within " + deadline.whole().toMillis() + " ms");
    } else {
      commit(session);
    }
    return outcome;
  }

  /**
   * Commits. Where the answer is lost the change may have been made, and doing it again would then
   * make it twice, or refuse what was done.
   */
  private void commit(Session session) throws SQLException {
    try {
      transactions.commit(session.connection());
    } catch (SQLException e) {
      if (failures.leavesDoubt(e)) {
        throw new StoreUnavailableException(
            name
                + ": the connection was lost while a change was made; it may or may not have been"
                + " made: look before you repeat it",
            e);
      }
      throw e;
    }
  }

  /** A refusal leaves the session sound, so it travels as a value until the session is back. */
  private sealed interface Outcome<T> {
    T result();

    static <T> Outcome<T> of(Session session, Work<T> work) throws SQLException {
      try {
        return new Done<>(work.in(session));
      } catch (RefusedException e) {
        return new NotDone<>(e);
      }
    }
  }

  private record Done<T>(T result) implements Outcome<T> {}

  private record NotDone<T>(RefusedException refusal) implements Outcome<T> {
    @Override
    public T result() {
      throw refusal;
    }
  }
}
