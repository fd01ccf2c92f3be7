package org.certcollect.server.management;

/**
 * A server that can be taken out of service without a failed request: while it drains, it still
 * answers, but it is not ready, and each answer ends its connection.
 */
public interface Drainable {
  /** Begins to drain, or ends it. A stop can not be undone. */
  void drain(boolean on);

  boolean isDraining();

  /** The number of open connections to the ports of the protocol. */
  int connections();
}
