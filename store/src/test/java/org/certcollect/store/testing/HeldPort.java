package org.certcollect.store.testing;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;

/**
 * A free port of this host. A socket that is bound to it and does not listen keeps the system from
 * giving it to another process while no server listens. A server needs SO_REUSEADDR to listen on
 * it.
 */
final class HeldPort {
  private final Socket holder = new Socket();

  HeldPort() throws IOException {
    holder.setReuseAddress(true);
    holder.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
  }

  int number() {
    return holder.getLocalPort();
  }
}
