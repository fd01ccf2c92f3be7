package org.certcollect.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import javax.net.ssl.SSLContext;
import org.certcollect.server.testing.Await;
import org.certcollect.server.testing.Forms;
import org.certcollect.server.testing.RawConnection;
import org.certcollect.server.testing.TestServer;
import org.certcollect.store.domain.Product;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Many connections and many requests: all are answered, and nothing is left of them. */
class StormTest {
  private static final int THREADS = 10;
  private static final int CONNECTIONS = 2_000;
  private static final int KEPT = 50;
  private static final int REQUESTS = 5_000;
  private static final String FORM = Forms.certificates("reseller", "right", 7);

  private static TestServer server;

  @BeforeAll
  static void start() {
    server = TestServer.start();
    server.account("reseller", "right");
    server.order("reseller", Product.SSL, 7);
    server.issue(7, "chain-3");
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static void inParallel(Callable<Void> work) throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(THREADS);
    try {
      List<Future<Void>> done = new ArrayList<>();
      for (int i = 0; i < THREADS; i++) {
        done.add(threads.submit(work));
      }
      for (Future<Void> future : done) {
        future.get();
      }
    } finally {
      threads.shutdownNow();
    }
    Await.until("all connections are gone", () -> server.connections() == 0);
  }

  private static void ask(RawConnection connection) throws IOException {
    assertThat(connection.post(Forms.SSL, FORM).body()).startsWith("2\n-----BEGIN CERT");
  }

  @Test
  void connectionsThatComeAndGoLeaveNothing() throws Exception {
    SSLContext context = RawConnection.trustingAll();
    inParallel(
        () -> {
          for (int i = 0; i < CONNECTIONS / THREADS; i++) {
            try (RawConnection connection =
                i % 2 == 0
                    ? RawConnection.tls(context, server.httpsPort(), "TLSv1.3")
                    : RawConnection.http(server)) {
              if (i % 4 == 0) {
                ask(connection);
              } else if (i % 4 == 1) {
                assertThat(connection.post(Forms.SSL, FORM).body()).startsWith("-1\n");
              }
            }
          }
          return null;
        });
  }

  @Test
  void requestsOnConnectionsThatStayAreAllAnswered() throws Exception {
    inParallel(
        () -> {
          List<RawConnection> kept = new ArrayList<>();
          for (int i = 0; i < KEPT / THREADS; i++) {
            kept.add(RawConnection.https(server));
          }
          for (int i = 0; i < REQUESTS / KEPT; i++) {
            for (RawConnection connection : kept) {
              ask(connection);
            }
          }
          for (RawConnection connection : kept) {
            connection.close();
          }
          return null;
        });
  }
}
