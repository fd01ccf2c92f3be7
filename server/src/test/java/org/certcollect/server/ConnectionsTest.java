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

  @Test
  void oneOverTheLimitIsClosedAndServedWhenAnotherIsGone() throws IOException {
    LimitsConfig limits = new LimitsConfig(3, 16_384, LONG, LONG, LONG, LONG);
    try (TestLog log = TestLog.text();
        TestServer server = TestServer.start(Settings.DEFAULT.with(limits))) {
      List<RawConnection> connections = new ArrayList<>();
      for (int i = 0; i < 3; i++) {
        connections.add(i == 1 ? RawConnection.https(server) : RawConnection.http(server));
        assertThat(connections.get(i).post(Forms.SSL, "").status()).isEqualTo(200);
      }
      try (RawConnection plain = RawConnection.http(server)) {
        assertThat(plain.isClosedByServer()).isTrue();
      }
      try (RawConnection tls = RawConnection.https(server)) {
        assertThat(tls.isClosedByServer()).isTrue();
      }
      assertThat(log.lines("limits.connections"))
          .as("once a minute")
          .singleElement()
          .asString()
          .contains(" WARNING ")
          .endsWith(" limit=3 closed=1");
      Await.until("the two are forgotten", () -> server.connections() == 3);
      connections.get(0).close();
      Await.until("one is gone", () -> server.connections() == 2);
      connections.set(0, RawConnection.https(server));
      for (RawConnection connection : connections) {
        assertThat(connection.post(Forms.SSL, "").status()).isEqualTo(200);
        connection.close();
      }
      Await.until("all are gone", () -> server.connections() == 0);
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
