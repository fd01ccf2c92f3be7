package org.certcollect.store;

import java.util.Optional;
import org.certcollect.store.domain.StoreException;

/**
 * The reads behind a collect request for a thread that must not wait, such as one that serves many
 * connections. They take microseconds if the data is in memory. If they would have to wait for a
 * lock, they throw a {@link StoreException} at once, and the caller asks {@link Store#collects}
 * instead, on a thread that may wait. Used by one thread at a time.
 */
public interface NonBlockingCollects extends Collects, AutoCloseable {
  /**
   * Looks whether anything was changed. It costs next to nothing, and one call does for all
   * requests that have come by then.
   */
  void refresh();

  /**
   * As in {@link Collects}, but sees every change that was finished before the last {@link
   * #refresh}, and possibly some later ones.
   */
  @Override
  Optional<AccountAndOrder> byLogin(String login, long orderNumber);

  /** Ends the connection. Later reads throw. */
  @Override
  void close();
}
