package org.certcollect.store;

import java.util.Optional;
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

  /** The key that the collection codes are hashed with. */
  CodesKey codesKey();

  Events events();

  /** The reads behind a collect request. */
  Collects collects();

  /**
   * The same reads for a thread that must not wait; empty if each would cross a network. The caller
   * closes them. After the store is closed, the next refresh ends them.
   */
  Optional<NonBlockingCollects> nonBlockingCollects();

  /** The bulk access behind import and export. */
  Transfers transfers();

  /** Whether the store answers now; does not throw. */
  CheckResult check();

  /** Ends every connection; what was acknowledged stays. */
  @Override
  void close();
}
