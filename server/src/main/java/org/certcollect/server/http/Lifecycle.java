package org.certcollect.server.http;

/**
 * The state of a server: ready, or stopping. A load balancer is told first that the server is not
 * ready, and each response then ends its connection; the listeners close later. Safe for use by
 * many threads.
 */
public final class Lifecycle {
  private volatile boolean ready = true;

  /** Whether the server wants new requests. */
  public boolean isReady() {
    return ready;
  }

  /** The stop begins. */
  public void stop() {
    ready = false;
  }
}
