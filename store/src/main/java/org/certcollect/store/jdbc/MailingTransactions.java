package org.certcollect.store.jdbc;

import java.sql.SQLException;
import java.util.Optional;
import org.certcollect.store.ChangeRecord;

/** Transactions that write the e-mails that their changes cause, at their end. */
public record MailingTransactions(Transactions inner, Writer writer, Runnable written)
    implements Transactions {
  /** A writer of the messages that a transaction causes. */
  @FunctionalInterface
  public interface Writer {
    /** Writes the messages. Returns whether one may be due now. */
    boolean write(Session session, CausedMails mails) throws SQLException;
  }

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
    boolean due = mails.isPresent() && writer.write(session, mails.get());
    inner.commit(session);
    if (due) {
      written.run();
    }
  }

  @Override
  public void rollback(Session session) throws SQLException {
    session.mailing(Optional.empty());
    inner.rollback(session);
  }
}
