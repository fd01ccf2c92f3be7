package org.certcollect.store.jdbc.sqlite;

import java.sql.SQLException;
import java.util.Deque;
import java.util.Locale;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.certcollect.store.Store.PoolUse;
import org.certcollect.store.domain.StoreUnavailableException;
import org.certcollect.store.jdbc.Deadline;
import org.certcollect.store.jdbc.Lender;
import org.certcollect.store.jdbc.Session;
import org.certcollect.store.jdbc.Work;

/**
 * A pool of SQLite sessions of one kind, opened when they are first needed and lent in the order of
 * the requests. After a failure a session is closed and another one is opened in its place, so that
 * service returns when the cause is gone. Safe for use by many threads.
 */
final class SessionPool implements Lender {
  private final SqliteEngine engine;
  private final SqliteEngine.Access access;
  private final int limit;
  private final Semaphore permits;
  private final Deque<Session> idle = new ConcurrentLinkedDeque<>();
  private volatile boolean closed;

  SessionPool(SqliteEngine engine, SqliteEngine.Access access, int limit) {
    this.engine = engine;
    this.access = access;
    this.limit = limit;
    this.permits = new Semaphore(limit, true);
  }

  @Override
  public <T> T lend(Deadline deadline, Work<T> work) throws SQLException {
    await(deadline);
    try {
      Session session = take();
      boolean sound = false;
      try {
        T result = work.in(session);
        sound = true;
        return result;
      } finally {
        if (sound) {
          giveBack(session);
        } else {
          discard(session);
        }
      }
    } finally {
      permits.release();
    }
  }

  @Override
  public PoolUse use() {
    return new PoolUse(limit - permits.availablePermits(), limit);
  }

  @Override
  public void close() {
    closed = true;
    closeIdle();
  }

  private void await(Deadline deadline) {
    try {
      if (!permits.tryAcquire(deadline.millisLeft(), TimeUnit.MILLISECONDS)) {
        throw new StoreUnavailableException(
            String.format(
                Locale.ROOT,
                "%s: all %d connections to %s it were busy for %d s",
                engine.name(),
                limit,
                verb(),
                deadline.whole().toSeconds()));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StoreUnavailableException(engine.name() + ": interrupted while waiting", e);
    }
  }

  private String verb() {
    return access.isWriter() ? "change" : "read";
  }

  private Session take() throws SQLException {
    if (closed) {
      throw new StoreUnavailableException(engine.name() + ": the store is closed");
    }
    if (access.isWriter()) {
      engine.file().requireNow();
    } else {
      engine.file().requireSoon();
    }
    Session session = idle.pollFirst();
    return session != null ? session : engine.connect(access);
  }

  private void giveBack(Session session) {
    idle.addFirst(session);
    if (closed) {
      closeIdle();
    }
  }

  private void closeIdle() {
    for (Session session = idle.pollFirst(); session != null; session = idle.pollFirst()) {
      discard(session);
    }
  }

  private static void discard(Session session) {
    try {
      session.close();
    } catch (SQLException e) {
      // The caller is told the error that made the session unusable, not this one.
    }
  }
}
