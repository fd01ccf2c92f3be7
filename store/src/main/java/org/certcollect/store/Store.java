package org.certcollect.store;

import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.certcollect.store.domain.MailKind;
import org.certcollect.store.domain.StoreException;
import org.certcollect.store.transfer.Transfers;

/**
 * A store of accounts, orders and certificates. Every change is one transaction, durable when the
 * call returns, and leaves one {@link Event}. Every read sees the last change that any process
 * finished before the read began.
 *
 * <p>Safe for use by many threads. Calls block. They throw {@link StoreException}s.
 */
public interface Store extends AutoCloseable {
  Accounts accounts();

  Orders orders();

  CaCertificates caCertificates();

  /** The record of the key for collection codes. */
  CodesKey codesKey();

  Events events();

  /** The last time that each order was collected. */
  LastCollects lastCollects();

  /** The servers on this store. */
  Nodes nodes();

  /** The deletion of data that is no longer needed. */
  Retention retention();

  /** The messages that are to be sent. */
  Outbox outbox();

  /** The push notifications that are to be sent, and those who get them. */
  Pushes pushes();

  /** The credentials of the admin API. */
  ApiCredentials apiCredentials();

  /** The answers of the admin API to requests that may be repeated. */
  ApiAnswers apiAnswers();

  /**
   * Does work in one transaction: its changes are durable when this method returns, and undone when
   * it throws. The work may be done more than once, and must pass on what the store throws.
   *
   * @param work uses only the store that it is given, in its own thread
   */
  <T> T atomically(Function<Store, T> work);

  /** The reads that answer a collect request. They may wait. */
  Collects collects();

  /**
   * The reads that answer a collect request on a thread that must not wait; empty if each read
   * would cross a network. The caller closes them. After the store is closed, the next refresh
   * closes them.
   */
  Optional<NonBlockingCollects> nonBlockingCollects();

  /** The bulk access for import and export. */
  Transfers transfers();

  /** The use of the connections that read; changes may have others. */
  PoolUse pool();

  /**
   * The use of the connections of a store.
   *
   * @param busy the number of connections that are lent now
   * @param max the maximum number of them
   */
  record PoolUse(int busy, int max) {}

  /** The result of a check whether the store answers now; does not throw. */
  CheckResult check();

  /**
   * This store, with an auditor that is told of each change before it is committed. What the
   * auditor throws is thrown to the caller, and the change is undone. It is not told of loads.
   */
  Store audited(ChangeAuditor auditor);

  /**
   * This store, with an e-mail in the {@link Outbox} and one of the {@link Pushes} for each change
   * that causes one. Loads cause none.
   *
   * @param kinds the kinds of e-mail that are written
   * @param written is called after a transaction that may have written something
   */
  Store mailing(Set<MailKind> kinds, Runnable written);

  /**
   * Tells the auditor, if there is one, of a load, or of something that is about to be handed out.
   * An exception of the auditor is passed to the caller, who must not go on then.
   */
  void announce(ChangeRecord record);

  /** Closes every connection. Acknowledged changes stay. */
  @Override
  void close();
}
