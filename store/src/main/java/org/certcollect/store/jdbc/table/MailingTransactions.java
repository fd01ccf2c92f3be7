package org.certcollect.store.jdbc.table;

import java.sql.SQLException;
import java.util.Optional;
import java.util.Set;
import org.certcollect.store.ChangeRecord;
import org.certcollect.store.domain.MailKind;
import org.certcollect.store.jdbc.CausedMails;
import org.certcollect.store.jdbc.Session;
import org.certcollect.store.jdbc.Transactions;

/** Transactions that write the e-mails that their changes cause, at their end. */
record MailingTransactions(Transactions inner, Set<MailKind> kinds, Runnable written)
    implements Transactions {
  @Override
  public void prepare() {
    inner.prepare();
  }

  @Override
  public void release() {
    inner.release();
  }

  @Override
  public void announce(ChangeRecord record) {
    inner.announce(record);
  }

  @Override
  public void begin(Session session) throws SQLException {
    session.mailing(Optional.of(new CausedMails()));
    inner.begin(session);
  }

  @Override
  public void beginSnapshot(Session session) throws SQLException {
    inner.beginSnapshot(session);
  }

  @Override
  public void commit(Session session) throws SQLException {
    Optional<CausedMails> mails = session.mails();
    session.mailing(Optional.empty());
    boolean any = false;
    if (mails.isPresent()) {
      OutboxWriter writer = new OutboxWriter(session, kinds, mails.get());
      for (CausedMails.Cause cause : mails.get().causes()) {
        any |= writer.write(cause);
      }
    }
    inner.commit(session);
    if (any) {
      written.run();
    }
  }

  @Override
  public void rollback(Session session) throws SQLException {
    session.mailing(Optional.empty());
    inner.rollback(session);
  }
}
