package org.certcollect.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;
import org.certcollect.protocol.fixtures.FuzzInputs;
import org.certcollect.server.config.ProxyConfig;
import org.certcollect.server.testing.Forms;
import org.certcollect.server.testing.RawConnection;
import org.certcollect.server.testing.TestLog;
import org.certcollect.server.testing.TestServer;
import org.certcollect.server.testing.TestServer.Settings;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever a load balancer sends first is a PROXY header, or the connection ends without error. */
class ProxyHeaderFuzzTest {
  private static final TestServer SERVER =
      TestServer.start(
          Settings.DEFAULT.with(new ProxyConfig(List.of("127.0.0.1", "192.0.2.0/28"), true)));

  @AfterAll
  static void stop() {
    SERVER.close();
  }

  static Stream<Named<byte[]>> inputs() {
    return FuzzInputs.of(ProxyHeaderFuzzTest.class);
  }

  @ParameterizedTest
  @MethodSource("inputs")
  void storedInputs(byte[] input) throws IOException {
    fuzzerTestOneInput(input);
  }

  /** Sends bytes and then a request. */
  public static void fuzzerTestOneInput(byte[] preamble) throws IOException {
    try (TestLog log = TestLog.json();
        RawConnection loadBalancer = RawConnection.http(SERVER)) {
      try {
        loadBalancer.send(preamble).send(Forms.post(Forms.SSL, "")).endOutput().readAll();
      } catch (IOException cut) {
        // As it should be.
      }
      assertThat(log.lines("\"SEVERE\"")).isEmpty();
    }
  }
}
