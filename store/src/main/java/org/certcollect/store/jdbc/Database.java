package org.certcollect.store.jdbc;

import java.sql.SQLException;
import java.sql.SQLTimeoutException;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import org.certcollect.store.ChangeAuditor;
import org.certcollect.store.domain.RefusedException;
import org.certcollect.store.domain.StoreException;
import org.certcollect.store.domain.StoreUnavailableException;

/**
 * A database with its connections. Work that failed for a temporary cause is repeated a few times
 * while time is left: a read after any such failure, a change only if it is certain that nothing
 * was changed. Safe for use by many threads.
 *
 * @param name the database in messages: its file, or its address
 * @param patience the maximum time that a call may take, if waiting for the database can be stopped
 * @param step the maximum time that a call may wait for one answer
 */
public record Database(
    String name,
    Transactions transactions,
    DatabaseFailures failures,
    Lender readers,
    Lender writers,
    Duration patience,
    Duration step)
    implements AutoCloseable {
  private static final int MAX_ATTEMPTS = 20;
  private static final long FIRST_PAUSE_MICROS = 5_000;
  private static final long MAX_PAUSE_MICROS = 100_000;

  /** A database on the same connections, for work that takes longer. */
  public Database withPatience(Duration longer) {
    return new Database(name, transactions, failures, readers, writers, longer, longer);
  }

  /**
   * A database on the same connections, for work of many steps; each step may wait as long as a
   * whole call of this database.
   */
  public Database forManySteps(Duration longer) {
    return new Database(name, transactions, failures, readers, writers, longer, patience);
  }

  /** A database on the same connections, whose changes an auditor is told of before a commit. */
  public Database audited(ChangeAuditor auditor) {
    return with(new AuditedTransactions(transactions, failures, auditor));
  }

  /** A database on the same connections with other transactions. */
  public Database with(Transactions others) {
    return new Database(name, others, failures, readers, writers, patience, step);
  }

  /** Reads outside of a transaction: each statement sees the last finished change. */
  public <T> T read(Work<T> work) {
    return repeat(deadline -> readers.lend(deadline, work));
  }

  /**
   * Reads the database as it is at one instant, in one transaction. The work is never repeated,
   * because its caller may have passed on what it read.
   */
  public <T> T readSnapshot(Work<T> work) {
    return read(
        session -> {
          try {
            transactions.beginSnapshot(session);
            T result = work.in(session);
            transactions.commit(session);
            return result;
          } catch (SQLException e) {
            throw failures.explain(name, e);
          }
        });
  }

  /**
   * Does work as one transaction. The changes are durable when this method returns, and undone when
   * it throws.
   */
  public <T> T change(Work<T> work) {
    transactions.prepare();
    try {
      return repeat(
              deadline -> writers.lend(deadline, session -> inTransaction(session, deadline, work)))
          .result();
    } finally {
      transactions.release();
    }
  }

  /**
   * Does work in which each statement is a transaction of its own, so that no lock is held between
   * two statements. The work may be done more than once.
   */
  public <T> T changeAtOnce(Work<T> work) {
    return repeat(deadline -> writers.lend(deadline, session -> Outcome.of(session, work)))
        .result();
  }

  /**
   * Does work as one transaction that every change and every read of the given database joins. The
   * work may be done more than once.
   */
  public <T> T changeWith(Function<Database, T> work) {
    return change(
        session -> {
          try {
            return work.apply(joining(session));
          } catch (JoinedException e) {
            throw e.failure;
          }
        });
  }

  private Database joining(Session session) {
    Lender own = Lender.of(session);
    return new Database(name, Transactions.JOINED, failures, own, own, patience, step);
  }

  @Override
  public void close() {
    readers.close();
    writers.close();
  }

  /** The exception that carries a failure to the transaction that was joined. */
  private static final class JoinedException extends RuntimeException {
    private static final long serialVersionUID = 1;
    private final SQLException failure;

    JoinedException(SQLException failure) {
      super(failure);
      this.failure = failure;
    }
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
        if (transactions == Transactions.JOINED) {
          throw new JoinedException(e);
        }
        if (made == MAX_ATTEMPTS || !deadline.leavesTimeToRepeat() || !failures.mayRepeat(e)) {
          throw failures.explain(name, e);
        }
      }
      pause(made);
    }
  }

  /**
   * Waits before the next attempt. The pause grows, and it is random, so that two processes that
   * collided do not collide again.
   */
  private static void pause(int attempts) {
    long most = Math.min(MAX_PAUSE_MICROS, FIRST_PAUSE_MICROS << attempts);
    LockSupport.parkNanos(
        TimeUnit.MICROSECONDS.toNanos(ThreadLocalRandom.current().nextLong(most)));
  }

  private <T> Outcome<T> inTransaction(Session session, Deadline deadline, Work<T> work)
      throws SQLException {
    transactions.begin(session);
    Outcome<T> outcome =
        Outcome.of(
            session,
            own -> {
              T result = work.in(own);
              own.hurry();
              if (own.isLate()) {
                // Without time to wait for its answer, the outcome of a commit would be unknown.
                throw new SQLTimeoutException(
                    "not done within " + deadline.whole().toMillis() + " ms");
              }
              commit(own);
              return result;
            });
    if (outcome instanceof NotDone) {
      session.hurry();
      transactions.rollback(session);
    }
    return outcome;
  }

  /**
   * Commits. If the answer is lost, the change may have been made all the same. To repeat it would
   * then make it twice, or be refused as already done.
   */
  private void commit(Session session) throws SQLException {
    try {
      transactions.commit(session);
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

  /**
   * The result of the work. A failure that is not the store's own, for example a refusal, leaves
   * the session usable, so it is passed on as a value until the session has been given back.
   */
  private sealed interface Outcome<T> {
    T result();

    static <T> Outcome<T> of(Session session, Work<T> work) throws SQLException {
      try {
        return new Done<>(work.in(session));
      } catch (RefusedException e) {
        return new NotDone<>(e);
      } catch (StoreException | JoinedException e) {
        throw e;
      } catch (RuntimeException e) {
        return new NotDone<>(e);
      }
    }
  }

  private record Done<T>(T result) implements Outcome<T> {}

  private record NotDone<T>(RuntimeException failure) implements Outcome<T> {
    @Override
    public T result() {
      throw failure;
    }
  }
}
