package org.certcollect.server.management;

import org.certcollect.store.domain.Actor;

/**
 * A server that can be taken out of service without a failed request: while it drains, it still
 * answers, but it is not ready, and each answer ends its connection.
 */
public interface Drainable {
  /**
   * Begins to drain, or ends it, and then records who asked for it, which may block. A stop can not
   * be undone. If the record fails, the exception is thrown, and the server drains all the more.
   */
  void drain(boolean on, Actor actor);

  boolean isDraining();

  /** The number of open connections to the ports of the protocol. */
  int connections();
}
