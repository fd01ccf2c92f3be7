package org.certcollect.server;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.certcollect.server.config.LimitsConfig;
import org.certcollect.server.testing.TestServer;
import org.certcollect.store.domain.Product;

/** The server that {@link MemoryAttackTest} attacks in a process of its own. Ends at SIGTERM. */
final class MemoryProgram {
  /** A stop need not wait long for the attack's requests, which never end. */
  private static final Duration DRAIN_DEADLINE = Duration.ofSeconds(1);

  private MemoryProgram() {}

  public static void main(String[] args) throws Exception {
    LimitsConfig usual = LimitsConfig.DEFAULT;
    LimitsConfig limits =
        new LimitsConfig(
            usual.connections(),
            usual.headerBytes(),
            usual.headerDeadline(),
            usual.bodyDeadline(),
            usual.idleTimeout(),
            DRAIN_DEADLINE);
    TestServer server = TestServer.start(TestServer.Settings.DEFAULT.with(limits));
    server.account("a", "b");
    server.order("a", Product.SSL, 7);
    server.issue(7, "chain-10");
    Runtime.getRuntime().addShutdownHook(new Thread(server::close));
    System.out.println(server.httpPort() + " " + server.httpsPort());
    new CountDownLatch(1).await();
  }
}
