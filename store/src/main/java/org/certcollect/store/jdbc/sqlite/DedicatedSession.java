package org.certcollect.store.jdbc.sqlite;

import java.sql.SQLException;
import java.util.Optional;
import org.certcollect.store.domain.StoreUnavailableException;
import org.certcollect.store.jdbc.Deadline;
import org.certcollect.store.jdbc.Lender;
import org.certcollect.store.jdbc.Session;
import org.certcollect.store.jdbc.Work;

/**
 * A SQLite session for one thread, which never waits for a lock. The session is opened when it is
 * first needed. After a failure it is closed, and the next call opens another one. Used by one
 * thread at a time.
 */
final class DedicatedSession implements Lender {
  private final SqliteEngine engine;
  private Optional<Session> session = Optional.empty();
  private boolean closed;

  DedicatedSession(SqliteEngine engine) {
    this.engine = engine;
  }

  @Override
  public <T> T lend(Deadline deadline, Work<T> work) throws SQLException {
    if (session.isPresent()) {
      engine.file().requireSoon();
    }
    Session lent = session.isPresent() ? session.get() : open();
    session = Optional.empty();
    try {
      T result = work.in(lent);
      session = Optional.of(lent);
      return result;
    } finally {
      if (session.isEmpty()) {
        SessionPool.discard(lent);
      }
    }
  }

  @Override
  public void close() {
    closed = true;
    session.ifPresent(SessionPool::discard);
    session = Optional.empty();
  }

  private Session open() throws SQLException {
    if (closed) {
      throw new StoreUnavailableException(engine.name() + ": the store is closed");
    }
    return new Session(engine.connect(SqliteEngine.Access.NON_BLOCKING));
  }
}
