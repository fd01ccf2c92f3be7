package org.certcollect.store;

import java.util.Optional;

/**
 * The reads behind a collect request for a thread that must not wait, such as one that serves many
 * connections. They take microseconds where the data is in memory; where they would have to wait
 * for a lock they throw a {@link StoreException} at once, and the same read of {@link
 * Store#collects} is the one to ask. Used by one thread at a time.
 */
public interface PromptCollects extends Collects, AutoCloseable {
  /**
   * Looks whether anything was changed. It costs next to nothing, and serves for all requests that
   * have come by now.
   */
  void refresh();

  /**
   * As in {@link Collects}, but sees every change that was finished before the last {@link
   * #refresh}, and of later ones maybe some.
   */
  @Override
  Optional<AccountAndOrder> byLogin(String login, long orderNumber);

  /** Ends the connection. What is read afterwards throws. */
  @Override
  void close();
}
