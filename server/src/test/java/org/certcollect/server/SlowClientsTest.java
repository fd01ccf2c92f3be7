package org.certcollect.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import org.certcollect.server.config.LimitsConfig;
import org.certcollect.server.testing.Await;
import org.certcollect.server.testing.Forms;
import org.certcollect.server.testing.RawConnection;
import org.certcollect.server.testing.TestServer;
import org.certcollect.server.testing.TestServer.Settings;
import org.certcollect.store.domain.Product;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Clients that take their time, and what they take of the server's. */
class SlowClientsTest {
  private static final Duration SHORT = Duration.ofMillis(300);
  private static final Duration LONG = Duration.ofMinutes(5);
  private static final String REQUEST = Forms.post(Forms.SSL, "loginName=a");

  private static TestServer server;

  @BeforeAll
  static void start() {
    server = start(LONG, LONG, LONG);
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static TestServer start(Duration header, Duration body, Duration idle) {
    LimitsConfig limits = new LimitsConfig(100, 16_384, header, body, idle, LONG);
    return TestServer.start(Settings.DEFAULT.with(limits));
  }

  @Test
  void aByteAtATimeIsServed() throws IOException {
    try (RawConnection plain = RawConnection.http(server);
        RawConnection tls = RawConnection.https(server)) {
      for (int i = 0; i < REQUEST.length(); i++) {
        plain.send(REQUEST.substring(i, i + 1));
        tls.send(REQUEST.substring(i, i + 1));
      }
      assertThat(plain.read().body()).startsWith("-1\n");
      assertThat(tls.read().body()).startsWith("-3\n");
    }
  }

  @Test
  void aConnectionThatSendsNothingIsClosed() throws IOException {
    try (TestServer hasty = start(SHORT, LONG, LONG);
        RawConnection plain = RawConnection.http(hasty);
        RawConnection tls = RawConnection.https(hasty)) {
      assertThat(plain.isClosedByServer()).isTrue();
      assertThat(tls.isClosedByServer()).isTrue();
    }
  }

  @Test
  void aTrickleOfAHeaderIsCut() throws IOException {
    try (TestServer hasty = start(SHORT, LONG, LONG);
        RawConnection connection = RawConnection.http(hasty)) {
      connection.send(Forms.head("POST", Forms.SSL));
      assertThatATrickleIsCut(connection, "X: y\r\n", SHORT);
    }
  }

  @Test
  void aTrickleOfABodyIsCut() throws IOException {
    try (TestServer hasty = start(LONG, SHORT, LONG);
        RawConnection connection = RawConnection.http(hasty)) {
      connection.send(Forms.head("POST", Forms.SSL, "Content-Length: 16000") + "\r\n");
      assertThatATrickleIsCut(connection, "x", SHORT);
    }
  }

  @Test
  void aTrickleAfterARefusalIsCut() throws IOException {
    try (TestServer hasty = start(LONG, SHORT, LONG);
        RawConnection connection = RawConnection.http(hasty)) {
      connection.send(Forms.head("POST", "/x", "Content-Length: 99999") + "\r\n");
      assertThat(connection.read().status()).isEqualTo(404);
      assertThatATrickleIsCut(connection, "x", SHORT);
    }
  }

  @Test
  void anIdleConnectionIsClosedAfterItsAnswer() throws IOException {
    try (TestServer hasty = start(LONG, LONG, SHORT);
        RawConnection connection = RawConnection.http(hasty)) {
      assertThat(connection.post(Forms.SSL, "").status()).isEqualTo(200);
      assertThat(connection.isClosedByServer()).isTrue();
    }
  }

  @Test
  void aTrickleOfALaterHeaderIsCut() throws IOException {
    try (TestServer hasty = start(LONG, LONG, SHORT);
        RawConnection connection = RawConnection.http(hasty)) {
      assertThat(connection.post(Forms.SSL, "").status()).isEqualTo(200);
      connection.send(Forms.head("POST", Forms.SSL));
      assertThatATrickleIsCut(connection, "X: y\r\n", SHORT);
    }
  }

  @Test
  void aClientThatTakesNoAnswersIsCut() throws IOException {
    String request = Forms.post(Forms.SSL, Forms.certificates("a", "b", 7));
    try (TestServer hasty = start(LONG, LONG, SHORT);
        RawConnection connection = RawConnection.https(hasty)) {
      hasty.account("a", "b");
      hasty.order("a", Product.SSL, 7);
      hasty.issue(7, "chain-10");
      Thread sender =
          new Thread(
              () -> {
                try {
                  while (true) {
                    connection.send(request);
                  }
                } catch (IOException cut) {
                  // The test waits for this.
                }
              });
      sender.start();
      Await.until("the connection is cut", () -> hasty.connections() == 0);
      sender.join();
    } catch (InterruptedException e) {
      throw new InterruptedIOException();
    }
  }

  @Test
  void aClientThatSendsHundredsOfRequestsAtOnceAndThenReadsGetsAllAnswers() throws IOException {
    server.account("a", "b");
    server.order("a", Product.SSL, 7);
    server.issue(7, "chain-3-rsa");
    String request = Forms.post(Forms.SSL, Forms.certificates("a", "b", 7));
    try (RawConnection connection = RawConnection.https(server)) {
      connection.send(request.repeat(300));
      for (int i = 0; i < 300; i++) {
        assertThat(connection.read().body()).startsWith("2\n");
      }
    }
  }

  @Test
  void aClientThatEndsItsSideGetsItsAnswer() throws IOException {
    try (RawConnection connection = RawConnection.http(server)) {
      assertThat(connection.send(REQUEST).endOutput().read().body()).startsWith("-1\n");
      assertThat(connection.isClosedByServer()).isTrue();
    }
  }

  @Test
  void clientsThatVanishLeaveNothingBehind() throws IOException {
    server.account("slow", "b");
    String needsAHash = Forms.post(Forms.SSL, Forms.status("slow", "c", 7));
    for (int i = 0; i < 5; i++) {
      RawConnection.http(server).reset();
      RawConnection.http(server).send(REQUEST.substring(0, 20)).reset();
      RawConnection.http(server).send(REQUEST).reset();
      RawConnection.https(server).send(needsAHash).reset();
      RawConnection.https(server).send(needsAHash).close();
    }
    Await.until("all are gone", () -> server.connections() == 0);
    aByteAtATimeIsServed();
  }

  private static void assertThatATrickleIsCut(
      RawConnection connection, String drop, Duration deadline) {
    long start = System.nanoTime();
    Await.until(
        "the connection is cut",
        () -> {
          try {
            connection.send(drop);
            return false;
          } catch (IOException cut) {
            return true;
          }
        });
    assertThat(System.nanoTime() - start).isGreaterThan(deadline.toNanos() / 2);
  }
}
