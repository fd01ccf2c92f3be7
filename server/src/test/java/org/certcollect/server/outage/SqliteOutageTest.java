package org.certcollect.server.outage;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.certcollect.server.testing.Clients;
import org.certcollect.server.testing.Forms;
import org.certcollect.server.testing.RawConnection;
import org.certcollect.server.testing.TestLog;
import org.certcollect.server.testing.TestServer;
import org.certcollect.store.domain.Product;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Tests of the answers to clients while the file of the store is locked, or missing with its
 * folder.
 */
class SqliteOutageTest {
  private final TestLog log = TestLog.json();
  private TestServer server;
  private RawConnection client;

  @BeforeEach
  void start() throws IOException {
    server = TestServer.start();
    server.account("reseller", "right");
    server.order("reseller", Product.SSL, 7);
    client = RawConnection.https(server);
  }

  @AfterEach
  void stop() throws IOException {
    client.close();
    server.close();
    log.close();
  }

  private String poll() throws IOException {
    return client.post(Forms.SSL, Forms.status("reseller", "right", 7)).body();
  }

  /** The first poll comes while it is held: it opens a connection of its own. */
  @Test
  void whileAnotherProcessWritesAllAreServedWhatWasBeforeAndThenWhatItWrote() throws Exception {
    Process other =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                LockHolder.class.getName(),
                server.database().toString())
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    try (BufferedReader said = other.inputReader(UTF_8)) {
      assertThat(said.readLine()).isEqualTo("locked");
      long start = System.nanoTime();
      for (int i = 0; i < 50; i++) {
        assertThat(poll()).isEqualTo("0\n");
      }
      assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(5));
      other.getOutputStream().close();
      assertThat(other.waitFor()).isZero();
      assertThat(poll()).startsWith("-20\n");
    } finally {
      other.destroy();
    }
  }

  /**
   * Requests on a session that has the file open are answered; those that would have to open it get
   * -14.
   */
  @Test
  void whileTheFolderIsAwayAllAreServedOrRefusedAndWhenItIsBackAllAreServed() throws IOException {
    String form = Forms.post(Forms.SSL, Forms.status("reseller", "right", 7));
    assertThat(poll()).isEqualTo("0\n");
    Path folder = server.database().getParent();
    try (Clients clients = Clients.https(server, 12)) {
      Path away = Files.move(folder, folder.resolveSibling(folder.getFileName() + "-away"));
      try {
        for (int i = 0; i < 10; i++) {
          clients.send(form);
          assertThat(clients.read())
              .extracting(RawConnection.Answer::body)
              .isSubsetOf("0\n", Rig.UNKNOWN_ERROR);
        }
      } finally {
        Files.move(away, folder);
      }
      server.issue(7, "chain-2");
      clients.send(form);
      assertThat(clients.read()).extracting(RawConnection.Answer::body).containsOnly("1\n");
    }
    assertThat(log.toString()).doesNotContain("\"exception\"", "right");
  }
}
