package org.certcollect.server;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.certcollect.server.config.LimitsConfig;
import org.certcollect.server.testing.Await;
import org.certcollect.server.testing.Forms;
import org.certcollect.server.testing.RawConnection;
import org.certcollect.server.testing.TestLog;
import org.certcollect.server.testing.TestServer;
import org.certcollect.server.testing.TestServer.Settings;
import org.junit.jupiter.api.Test;

class ConnectionsTest {
  private static final Duration LONG = Duration.ofMinutes(5);

  private static TestServer start(int max) {
    return TestServer.start(
        Settings.DEFAULT.with(new LimitsConfig(max, 16_384, LONG, LONG, LONG, LONG)));
  }

  @Test
  void atTheLimitTheConnectionThatIsIdleLongestIsClosed() throws IOException {
    try (TestLog log = TestLog.text();
        TestServer server = start(3)) {
      List<RawConnection> connections = new ArrayList<>();
      for (int i = 0; i < 3; i++) {
        connections.add(i == 1 ? RawConnection.https(server) : RawConnection.http(server));
        assertThat(connections.get(i).post(Forms.SSL, "").status()).isEqualTo(200);
      }
      assertThat(connections.get(0).post(Forms.SSL, "").status()).isEqualTo(200);
      try (RawConnection plain = RawConnection.http(server);
          RawConnection tls = RawConnection.https(server)) {
        assertThat(plain.post(Forms.SSL, "").status()).isEqualTo(200);
        assertThat(tls.post(Forms.SSL, "").status()).isEqualTo(200);
        assertThat(connections.get(1).isClosedByServer()).isTrue();
        assertThat(connections.get(2).isClosedByServer()).isTrue();
        assertThat(connections.get(0).post(Forms.SSL, "").status()).isEqualTo(200);
        Await.until("two are gone", () -> server.connections() == 3);
      }
      assertThat(log.lines("limits.connections"))
          .as("once a minute")
          .singleElement()
          .asString()
          .contains(" WARNING ")
          .endsWith(" limit=3 closed=1");
      for (RawConnection connection : connections) {
        connection.close();
      }
      Await.until("all are gone", () -> server.connections() == 0);
    }
  }

  /** Broke once: 10,000 idle connections of one client kept all others out. */
  @Test
  void theIdleConnectionsOfOneClientKeepNoOtherOut() throws IOException {
    try (TestServer server = start(20);
        RawConnection early = RawConnection.http(server, "127.0.0.2")) {
      List<RawConnection> attacker = new ArrayList<>();
      assertThat(early.post(Forms.SSL, "").status()).isEqualTo(200);
      for (int i = 0; i < 40; i++) {
        attacker.add(RawConnection.http(server));
        attacker.get(i).send(Forms.head("POST", Forms.SSL));
      }
      try (RawConnection late = RawConnection.http(server, "127.0.0.3")) {
        assertThat(late.post(Forms.SSL, "").status()).isEqualTo(200);
      }
      assertThat(early.post(Forms.SSL, "").status()).as("idle longest, but few").isEqualTo(200);
      for (RawConnection connection : attacker) {
        connection.close();
      }
    }
  }

  @Test
  void plainHttpOnTheTlsPortGetsNoAnswer() throws IOException {
    try (TestServer server = TestServer.start()) {
      try (RawConnection connection = RawConnection.plain(server.httpsPort())) {
        String answer = connection.send(Forms.post(Forms.SSL, "loginName=a")).readAll();
        assertThat(answer).doesNotContain("HTTP/");
      }
      try (RawConnection connection = RawConnection.https(server)) {
        assertThat(connection.post(Forms.SSL, "").status()).isEqualTo(200);
      }
    }
  }

  @Test
  void tlsOnThePlainPortFails() throws IOException {
    try (TestServer server = TestServer.start()) {
      assertThatThrownBy(() -> RawConnection.tls(server.httpPort(), "TLSv1.3").close())
          .isInstanceOf(IOException.class);
      try (RawConnection connection = RawConnection.plain(server.httpsPort())) {
        byte[] noHello = "\u0016\3\1\0\5garbage".getBytes(ISO_8859_1);
        assertThat(connection.send(noHello).endOutput().readAll()).doesNotContain("HTTP/");
      }
      try (RawConnection connection = RawConnection.http(server)) {
        assertThat(connection.post(Forms.SSL, "").status()).isEqualTo(200);
      }
    }
  }
}
