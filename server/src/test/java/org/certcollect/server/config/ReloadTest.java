package org.certcollect.server.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.certcollect.server.StartException;
import org.certcollect.server.testing.Await;
import org.certcollect.server.testing.Forms;
import org.certcollect.server.testing.RawConnection;
import org.certcollect.server.testing.TestServer;
import org.certcollect.server.testing.TestServer.Settings;
import org.certcollect.server.testing.TlsFiles;
import org.certcollect.store.domain.Product;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Settings that a running server takes over, and its open connections with it. */
class ReloadTest {
  private static final Duration LONG = Duration.ofMinutes(5);
  private static final LimitsConfig LIMITS = limits(100, LONG);
  private static final ProxyConfig TRUSTING = new ProxyConfig(List.of("127.0.0.1"));
  private static final String HTTPS = "X-Forwarded-Proto: https";

  private static TestServer server;

  @BeforeAll
  static void start() {
    server = TestServer.start(Settings.DEFAULT.with(LIMITS));
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @AfterEach
  void takeBack() {
    server.reload(LIMITS, AuthConfig.DEFAULT, ProxyConfig.DEFAULT);
  }

  private static LimitsConfig limits(int connections, Duration bodyDeadline) {
    return new LimitsConfig(
        connections, 16 * 1024, LONG, bodyDeadline, LONG, Duration.ofSeconds(20));
  }

  private static String ask(RawConnection connection, String... headers) throws IOException {
    return connection.send(Forms.post(Forms.SSL, "", headers)).read().body();
  }

  @Test
  void aLowerLimitOfConnectionsHoldsFromTheNextOneOn() throws IOException {
    try (RawConnection first = RawConnection.http(server);
        RawConnection second = RawConnection.http(server)) {
      assertThat(ask(first)).startsWith("-1\n");
      assertThat(ask(second)).startsWith("-1\n");
      server.reload(limits(1, LONG), AuthConfig.DEFAULT, ProxyConfig.DEFAULT);
      assertThat(ask(first)).as("one that is open").startsWith("-1\n");
      try (RawConnection third = RawConnection.http(server)) {
        assertThat(ask(third)).startsWith("-1\n");
        assertThat(first.isClosedByServer()).isTrue();
        assertThat(second.isClosedByServer()).isTrue();
        server.reload(limits(2, LONG), AuthConfig.DEFAULT, ProxyConfig.DEFAULT);
        try (RawConnection fourth = RawConnection.http(server)) {
          assertThat(ask(fourth)).startsWith("-1\n");
          assertThat(ask(third)).as("two have a place again").startsWith("-1\n");
        }
      }
    }
    Await.until("all are closed", () -> server.connections() == 0);
  }

  @Test
  void aShorterDeadlineHoldsForTheNextRequestOfAnOpenConnection() throws IOException {
    try (RawConnection connection = RawConnection.http(server)) {
      assertThat(ask(connection)).startsWith("-1\n");
      server.reload(limits(100, Duration.ofMillis(100)), AuthConfig.DEFAULT, ProxyConfig.DEFAULT);
      connection.send(Forms.head("POST", Forms.SSL, "Content-Length: 9") + "\r\n");
      assertThat(connection.isClosedByServer()).isTrue();
    }
  }

  @Test
  void anotherLimitOfGuessesHoldsForGuessesThatWereCountedBefore() throws IOException {
    server.quickAccount("reseller", "right");
    server.order("reseller", Product.SSL, 7);
    String right = Forms.status("reseller", "right", 7);
    try (RawConnection connection = RawConnection.https(server)) {
      for (int i = 0; i < 20; i++) {
        connection.post(Forms.SSL, Forms.status("reseller", "no" + i, 7));
      }
      assertThat(connection.post(Forms.SSL, right).body()).startsWith("-16\n");
      server.reload(
          LIMITS,
          new AuthConfig(100_000, Duration.ofMinutes(10), 21, 100, 100),
          ProxyConfig.DEFAULT);
      assertThat(connection.post(Forms.SSL, right).body()).isEqualTo("0\n");
    }
  }

  @Test
  void aProxyIsTrustedFromTheNextRequestOnAndNoLonger() throws IOException {
    try (RawConnection proxy = RawConnection.http(server)) {
      assertThat(ask(proxy, HTTPS)).startsWith("-1\n");
      server.reload(LIMITS, AuthConfig.DEFAULT, TRUSTING);
      assertThat(ask(proxy, HTTPS)).startsWith("-3\n");
      server.reload(LIMITS, AuthConfig.DEFAULT, ProxyConfig.DEFAULT);
      assertThat(ask(proxy, HTTPS)).startsWith("-1\n");
    }
  }

  @Test
  void withAnInvalidCertificateNothingIsTakenOver() throws IOException {
    Path file = TlsFiles.files(server.folder()).certificate();
    String valid = Files.readString(file);
    Files.writeString(file, "garbage");
    try (RawConnection proxy = RawConnection.http(server)) {
      assertThatThrownBy(() -> server.reload(limits(1, LONG), AuthConfig.DEFAULT, TRUSTING))
          .isInstanceOf(StartException.class);
      assertThat(ask(proxy, HTTPS)).startsWith("-1\n");
      try (RawConnection second = RawConnection.https(server)) {
        assertThat(ask(second)).startsWith("-3\n");
        assertThat(ask(proxy)).startsWith("-1\n");
      }
    } finally {
      Files.writeString(file, valid);
    }
  }
}
