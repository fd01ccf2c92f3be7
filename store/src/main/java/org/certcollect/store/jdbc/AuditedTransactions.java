package org.certcollect.store.jdbc;

import java.sql.SQLException;
import java.util.List;
import org.certcollect.store.ChangeAuditor;
import org.certcollect.store.ChangeRecord;

/**
 * Transactions whose changes an auditor is told of before each commit. If it throws, they are
 * undone.
 */
record AuditedTransactions(Transactions inner, DatabaseFailures failures, ChangeAuditor auditor)
    implements Transactions {
  @Override
  public void prepare() {
    auditor.begin();
  }

  @Override
  public void release() {
    auditor.end();
  }

  @Override
  public void announce(ChangeRecord record) {
    auditor.record(List.of(record));
  }

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
      auditor.record(changes);
    }
    try {
      inner.commit(session);
    } catch (SQLException e) {
      correct(changes, e);
      throw e;
    }
  }

  /** Records that changes that were recorded were not made. */
  private void correct(List<ChangeRecord> changes, SQLException failure) {
    String cause =
        (failures.leavesDoubt(failure)
                ? "the connection was lost at the commit; it may or may not have been made"
                : "the commit failed, so it was not made")
            + " (SQLState "
            + failure.getSQLState()
            + ")";
    if (!changes.isEmpty()) {
      try {
        auditor.record(changes.stream().map(change -> change.failed(cause)).toList());
      } catch (RuntimeException e) {
        failure.addSuppressed(e);
      }
    }
  }

  @Override
  public void rollback(Session session) throws SQLException {
    session.announcing(false);
    inner.rollback(session);
  }
}
