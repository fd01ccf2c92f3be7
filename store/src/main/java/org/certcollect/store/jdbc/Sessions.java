package org.certcollect.store.jdbc;

import java.sql.SQLException;
import java.time.Duration;
import java.util.Deque;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.certcollect.store.StoreUnavailableException;

/**
 * A bounded number of sessions of one kind, opened when first needed and lent out in the order of
 * asking. A session in which something failed is closed and another opened in its place, so that
 * service returns when the cause is gone. Safe for use by many threads.
 */
final class Sessions implements AutoCloseable {
  private final Engine engine;
  private final Engine.Access access;
  private final Duration patience;
  private final int limit;
  private final Semaphore permits;
  private final Deque<Session> idle = new ConcurrentLinkedDeque<>();
  private volatile boolean closed;

  Sessions(Engine engine, Engine.Access access, int limit, Duration patience) {
    this.engine = engine;
    this.access = access;
    this.limit = limit;
    this.patience = patience;
    this.permits = new Semaphore(limit, true);
  }

  /** Lends a session for some work, for as long as that takes. */
  <T> T lend(Work<T> work) throws SQLException {
    await();
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

  /** Lends no more sessions, and closes each as it comes back. */
  @Override
  public void close() {
    closed = true;
    closeIdle();
  }

  private void await() {
    try {
      if (!permits.tryAcquire(patience.toMillis(), TimeUnit.MILLISECONDS)) {
        throw new StoreUnavailableException(
            "%s: all %d connections to %s it were busy for %d s"
                .formatted(engine.name(), limit, verb(), patience.toSeconds()));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StoreUnavailableException(engine.name() + ": interrupted while waiting", e);
    }
  }

  private String verb() {
    return access == Engine.Access.READ ? "read" : "change";
  }

  private Session take() throws SQLException {
    if (closed) {
      throw new StoreUnavailableException(engine.name() + ": the store is closed");
    }
    Session session = idle.pollFirst();
    return session != null ? session : new Session(engine.connect(access));
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
      // The error that made the session useless is the one to tell, not this one.
    }
  }
}
