package org.certcollect.store.jdbc;

import java.sql.SQLException;
import java.util.List;
import java.util.function.Consumer;
import org.certcollect.store.ChangeRecord;

/**
 * Transactions whose changes an auditor is told of before each commit. What it throws undoes them.
 */
record AuditedTransactions(Transactions inner, Consumer<List<ChangeRecord>> auditor)
    implements Transactions {
  @Override
  public void begin(Session session) throws SQLException {
    session.announcing(true);
    inner.begin(session);
  }

  @Override
  public void beginSnapshot(Session session) throws SQLException {
    inner.beginSnapshot(session);
  }

  @Override
  public void commit(Session session) throws SQLException {
    List<ChangeRecord> changes = session.announced();
    session.announcing(false);
    if (!changes.isEmpty()) {
      auditor.accept(changes);
    }
    inner.commit(session);
  }

  @Override
  public void rollback(Session session) throws SQLException {
    session.announcing(false);
    inner.rollback(session);
  }
}
