package org.certcollect.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import org.certcollect.server.config.ProxyConfig;
import org.certcollect.server.testing.Forms;
import org.certcollect.server.testing.RawConnection;
import org.certcollect.server.testing.TestLog;
import org.certcollect.server.testing.TestServer;
import org.certcollect.server.testing.TestServer.Settings;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The PROXY protocol of load balancers that pass on TCP connections. */
class ProxyProtocolTest {
  private static final String VERSION_1 = "PROXY TCP4 192.0.2.1 127.0.0.1 4711 443\r\n";
  private static final String REQUEST = Forms.post(Forms.SSL, "");

  private static TestServer server;

  @BeforeAll
  static void start() {
    server =
        TestServer.start(
            Settings.DEFAULT.with(new ProxyConfig(List.of("127.0.0.1", "192.0.2.0/28"), true)));
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static byte[] version2(int command, int... source) {
    ByteArrayOutputStream header = new ByteArrayOutputStream();
    header.writeBytes(new byte[] {13, 10, 13, 10, 0, 13, 10, 81, 85, 73, 84, 10});
    header.writeBytes(new byte[] {(byte) (0x20 | command), 0x11, 0, 12});
    for (int part : source) {
      header.write(part);
    }
    header.writeBytes(new byte[] {127, 0, 0, 1, 18, 103, 1, (byte) 187});
    return header.toByteArray();
  }

  @Test
  void bothVersionsNameTheClient() throws IOException {
    try (TestLog log = TestLog.json()) {
      try (RawConnection loadBalancer = RawConnection.http(server)) {
        assertThat(loadBalancer.send(VERSION_1 + REQUEST).read().body()).startsWith("-1\n");
      }
      try (RawConnection loadBalancer = RawConnection.http(server)) {
        loadBalancer.send(version2(1, 198, 51, 100, 7));
        assertThat(loadBalancer.send(REQUEST).read().body()).startsWith("-1\n");
      }
      assertThat(log.lines("\"source\":\"192.0.2.1\"")).hasSize(1);
      assertThat(log.lines("\"source\":\"198.51.100.7\"")).hasSize(1);
    }
  }

  @Test
  void healthCheckOfTheLoadBalancerIsItsOwn() throws IOException {
    try (TestLog log = TestLog.json();
        RawConnection loadBalancer = RawConnection.http(server)) {
      loadBalancer.send(version2(0, 198, 51, 100, 7));
      assertThat(loadBalancer.send(REQUEST).read().body()).startsWith("-1\n");
      assertThat(log.lines("\"source\":\"127.0.0.1\"")).hasSize(1);
    }
  }

  @Test
  void theHeaderOfAnUntrustedPeerIsNotBelieved() throws IOException {
    try (RawConnection stranger = RawConnection.http(server, "127.0.0.2")) {
      assertThat(stranger.send(VERSION_1 + REQUEST).readAll()).isIn("", "[reset]");
    }
  }

  @Test
  void aConnectionWithoutTheHeaderGetsNoAnswer() throws IOException {
    try (RawConnection loadBalancer = RawConnection.http(server)) {
      assertThat(loadBalancer.send(REQUEST).readAll()).isIn("", "[reset]");
    }
  }

  /** A client of a load balancer that is itself a trusted proxy. */
  @Test
  void xForwardedForIsBelievedFromTheClientThatTheHeaderNames() throws IOException {
    try (TestLog log = TestLog.json();
        RawConnection loadBalancer = RawConnection.http(server)) {
      String request = Forms.post(Forms.SSL, "", "X-Forwarded-For: 203.0.113.9");
      assertThat(loadBalancer.send(VERSION_1 + request).read().body()).startsWith("-1\n");
      assertThat(log.lines("\"source\":\"203.0.113.9\"")).hasSize(1);
    }
    try (TestLog log = TestLog.json();
        RawConnection loadBalancer = RawConnection.http(server)) {
      String request = Forms.post(Forms.SSL, "", "X-Forwarded-For: 203.0.113.9");
      String other = VERSION_1.replace("192.0.2.1", "198.51.100.7");
      assertThat(loadBalancer.send(other + request).read().body()).startsWith("-1\n");
      assertThat(log.lines("\"source\":\"198.51.100.7\""))
          .as("a warning of the field, and the request")
          .hasSize(2)
          .anyMatch(line -> line.contains("was ignored"))
          .anyMatch(line -> line.contains("Answered"));
    }
  }
}
