package org.certcollect.server.outage;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.List;
import org.certcollect.server.config.ProxyConfig;
import org.certcollect.server.testing.Clients;
import org.certcollect.server.testing.Forms;
import org.certcollect.server.testing.RawConnection.Answer;
import org.certcollect.server.testing.TestServer;
import org.certcollect.server.testing.TestServer.Settings;
import org.certcollect.store.domain.Product;
import org.certcollect.store.testing.FaultProxy;
import org.certcollect.store.testing.Postgres;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Tests of many clients at once and a database that is too slow for them. */
@Tag("drill")
class BacklogTest {
  private static final int CLIENTS = 500;
  private static final long MEMORY = 32L << 20;

  private static final String POLL =
      Forms.post(
          Forms.SSL,
          Forms.status("reseller", "right", 7),
          "X-Forwarded-For: 192.0.2.1",
          "X-Forwarded-Proto: https");

  private final FaultProxy proxy = new FaultProxy(Postgres.server().port());
  private TestServer server;
  private Clients clients;
  private Clients another;

  @BeforeEach
  void start() throws IOException {
    Settings behindProxy = Settings.DEFAULT.with(new ProxyConfig(List.of("127.0.0.0/8")));
    server = TestServer.on(Postgres.empty(proxy.host()), behindProxy);
    server.account("reseller", "right");
    server.order("reseller", Product.SSL, 7);
    clients = Clients.http(server, CLIENTS);
    another = Clients.http(server, 1);
    clients.send(POLL);
    assertThat(bodies(clients)).containsOnly("0\n");
  }

  @AfterEach
  void stop() throws IOException {
    another.close();
    clients.close();
    server.close();
    proxy.close();
  }

  private static List<String> bodies(Clients clients) throws IOException {
    return clients.read().stream().map(Answer::body).toList();
  }

  /** The time that a new request takes. */
  private Duration timeOfAnother() throws IOException {
    long start = System.nanoTime();
    another.send(POLL);
    assertThat(bodies(another)).containsExactly("0\n");
    return Duration.ofNanos(System.nanoTime() - start);
  }

  @Test
  void aStalledDatabasePilesUpNeitherThreadsNorMemoryNorWork() throws IOException {
    int threads = Thread.activeCount();
    long memory = usedMemory();
    proxy.stall();
    long start = System.nanoTime();
    clients.send(POLL);
    assertThat(bodies(clients)).containsOnly(Rig.UNKNOWN_ERROR);
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Rig.DEADLINE);
    clients.send(POLL);
    assertThat(usedMemory() - memory).isLessThan(MEMORY);
    // The proxy and the pool have a few threads, the clients none.
    assertThat(Thread.activeCount() - threads).isLessThan(30);

    proxy.pass();

    assertThat(timeOfAnother()).isLessThan(Duration.ofSeconds(2));
    assertThat(bodies(clients)).contains("0\n");
  }

  private static long usedMemory() {
    System.gc();
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
  }

  /** Broke once: each request had a round trip of its own, and most of so many got -14. */
  @Test
  void requestsShareTheRoundTripsToADatabaseThatIsFarAway() throws IOException {
    proxy.delay(Duration.ofMillis(100));

    clients.send(POLL);

    assertThat(bodies(clients)).containsOnly("0\n");
    assertThat(timeOfAnother()).isLessThan(Duration.ofSeconds(2));
  }
}
