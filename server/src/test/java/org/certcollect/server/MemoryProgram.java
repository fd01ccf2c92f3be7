package org.certcollect.server;

import java.util.concurrent.CountDownLatch;
import org.certcollect.server.testing.TestServer;
import org.certcollect.store.domain.Product;

/** The server that {@link MemoryAttackTest} attacks in a process of its own. Ends at SIGTERM. */
final class MemoryProgram {
  private MemoryProgram() {}

  public static void main(String[] args) throws Exception {
    TestServer server = TestServer.start();
    server.account("a", "b");
    server.order("a", Product.SSL, 7);
    server.issue(7, "chain-10");
    Runtime.getRuntime().addShutdownHook(new Thread(server::close));
    System.out.println(server.httpPort() + " " + server.httpsPort());
    new CountDownLatch(1).await();
  }
}
