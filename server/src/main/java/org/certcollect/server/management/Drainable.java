package org.certcollect.server.management;

import java.util.concurrent.CompletableFuture;
import org.certcollect.store.domain.Actor;

/**
 * A server that can be taken out of service without a failed request: while it drains, it still
 * answers, but it is not ready, and each answer ends its connection.
 */
public interface Drainable {
  /** Begins to drain, or ends it. A stop can not be undone. */
  void drain(boolean on);

  /**
   * Begins to drain, or ends it, and records who asked for it.
   *
   * @return complete when that is recorded; fails as the audit log does, and the server drains then
   *     all the more
   */
  CompletableFuture<Void> drain(boolean on, Actor actor);

  boolean isDraining();

  /** The number of open connections to the ports of the protocol. */
  int connections();
}
