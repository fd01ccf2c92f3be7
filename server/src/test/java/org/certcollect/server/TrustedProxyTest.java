package org.certcollect.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import org.certcollect.server.config.ProxyConfig;
import org.certcollect.server.testing.Forms;
import org.certcollect.server.testing.RawConnection;
import org.certcollect.server.testing.TestLog;
import org.certcollect.server.testing.TestServer;
import org.certcollect.server.testing.TestServer.Settings;
import org.junit.jupiter.api.Test;

/** TLS may end at a proxy: its word for HTTPS counts, and nobody else's. */
class TrustedProxyTest {
  private static final String HTTPS = "X-Forwarded-Proto: https";
  private static final String CLIENT = "X-Forwarded-For: 192.0.2.1";

  private static String ask(RawConnection connection, String... headers) throws IOException {
    return connection.send(Forms.post(Forms.SSL, "", headers)).read().body();
  }

  @Test
  void byDefaultNobodyIsTrusted() throws IOException {
    try (TestServer server = TestServer.start();
        TestLog log = TestLog.json();
        RawConnection connection = RawConnection.http(server)) {
      assertThat(ask(connection, HTTPS, CLIENT)).startsWith("-1\n");
      assertThat(log.lines("\"Answered\"")).singleElement().asString().contains("\"127.0.0.1\"");
    }
  }

  @Test
  void aTrustedProxyVouchesForHttpsAndTheSource() throws IOException {
    Settings trusting = Settings.DEFAULT.with(new ProxyConfig(List.of("127.0.0.1")));
    try (TestServer server = TestServer.start(trusting);
        TestLog log = TestLog.json();
        RawConnection proxy = RawConnection.http(server);
        RawConnection stranger = RawConnection.http(server, "127.0.0.2");
        RawConnection https = RawConnection.https(server)) {
      assertThat(ask(proxy)).startsWith("-1\n");
      assertThat(ask(proxy, HTTPS)).startsWith("-3\n");
      assertThat(ask(proxy, HTTPS, CLIENT)).startsWith("-3\n");
      assertThat(ask(proxy, "Forwarded: for=192.0.2.1;proto=https")).startsWith("-1\n");
      assertThat(log.lines("\"source\":\"192.0.2.1\"")).hasSize(1);
      assertThat(ask(stranger, HTTPS, CLIENT)).startsWith("-1\n");
      assertThat(log.lines("127.0.0.2")).hasSize(2);
      assertThat(ask(stranger, HTTPS, CLIENT)).startsWith("-1\n");
      assertThat(log.lines("Forwarded-For or X-Forwarded-Proto came from an address that is not"))
          .singleElement()
          .asString()
          .contains("\"level\":\"WARNING\"", "\"source\":\"127.0.0.2\"");
      assertThat(ask(https)).startsWith("-3\n");
      assertThat(ask(https, "X-Forwarded-Proto: http")).startsWith("-1\n");
    }
  }
}
