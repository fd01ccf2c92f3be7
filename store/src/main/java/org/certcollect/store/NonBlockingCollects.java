package org.certcollect.store;

import java.util.Optional;
import org.certcollect.store.domain.StoreException;

/**
 * The reads that answer a collect request on a thread that must not wait, for example an event loop
 * with many connections. They take microseconds if the data is in memory. If they had to wait for a
 * lock, they throw a {@link StoreException} at once, and the caller asks {@link Store#collects}
 * instead, on a thread that may wait. Used by one thread at a time.
 */
public interface NonBlockingCollects extends Collects, AutoCloseable {
  /**
   * Makes all changes up to now visible to the reads that follow. It costs almost nothing, and one
   * call is enough for all requests that have arrived before it.
   */
  void refresh();

  /**
   * As in {@link Collects}, but sees every change that was finished before the last {@link
   * #refresh}, and possibly some later ones.
   */
  @Override
  Optional<AccountAndOrder> byLogin(String login, long orderNumber);

  /** Closes the connection. Later reads throw. */
  @Override
  void close();
}
