package org.certcollect.server.outage;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.certcollect.protocol.fixtures.Fixtures;
import org.certcollect.server.config.ManagementConfig;
import org.certcollect.server.testing.Await;
import org.certcollect.server.testing.Forms;
import org.certcollect.server.testing.RawConnection;
import org.certcollect.server.testing.TestServer;
import org.certcollect.store.domain.Product;
import org.certcollect.store.jdbc.postgres.PostgresConfig;
import org.certcollect.store.jdbc.postgres.PostgresStore;
import org.certcollect.store.testing.FaultProxy;
import org.certcollect.store.testing.Postgres;
import org.junit.jupiter.api.Test;

/** A database that answers late, but answers. */
class SlowDatabaseTest {
  private static final int ORDERS = 10;
  private static final int CONNECTIONS = 12;

  /**
   * Broke once: the few threads that check passwords also loaded the certificates, one after the
   * other.
   */
  @Test
  void theFirstRequestsOfManyAfterAStartDoNotWaitForEachOther() throws IOException {
    try (FaultProxy proxy = new FaultProxy(Postgres.server().port());
        TestServer server = TestServer.on(wide(Postgres.empty(proxy.host())))) {
      List<RawConnection> clients = new ArrayList<>();
      for (int i = 0; i < ORDERS; i++) {
        server.account("reseller-" + i, "right");
        server.order("reseller-" + i, Product.SSL, 100 + i);
        server.issue(100 + i, Fixtures.chains().get(i));
        clients.add(RawConnection.https(server));
      }
      Await.until("all are connected", () -> proxy.connections() == CONNECTIONS);
      proxy.delay(Duration.ofMillis(300));
      for (int i = 0; i < ORDERS; i++) {
        clients
            .get(i)
            .send(Forms.post(Forms.SSL, Forms.certificates("reseller-" + i, "right", 100 + i)));
      }
      for (RawConnection client : clients) {
        assertThat(client.read().body()).startsWith("2\n");
        client.close();
      }
    }
  }

  /** Broke once: each scrape waited a second for the count of orders. */
  @Test
  void metricsDoNotWaitForOrdersToBeCounted() throws IOException {
    ManagementConfig management =
        new ManagementConfig("127.0.0.1", OptionalInt.of(0), false, Optional.empty());
    try (FaultProxy proxy = new FaultProxy(Postgres.server().port());
        TestServer server =
            TestServer.start(
                TestServer.Settings.DEFAULT.with(management),
                unused ->
                    PostgresStore.open(
                        Postgres.empty(proxy.host()).with(2, Duration.ofSeconds(10)),
                        Clock.systemUTC()));
        RawConnection scraper = RawConnection.plain(server.managementPort())) {
      proxy.stall();
      long start = System.nanoTime();
      for (int i = 0; i < 10; i++) {
        assertThat(scraper.send("GET /metrics HTTP/1.1\r\nHost: localhost\r\n\r\n").read().body())
            .contains("certcollect_build_info")
            .doesNotContain("certcollect_orders{");
      }
      assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(5));
      proxy.pass();
    }
  }

  private static PostgresConfig wide(PostgresConfig config) {
    return new PostgresConfig(
        config.url(), config.user(), config.password(), CONNECTIONS, config.deadline());
  }
}
