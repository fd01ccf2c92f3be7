package org.certcollect.server.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.MultiMap;
import java.util.List;
import java.util.stream.Stream;
import org.certcollect.protocol.fixtures.FuzzInputs;
import org.certcollect.server.auth.RequestSource;
import org.certcollect.server.config.ProxyConfig;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever a trusted proxy says of where a request came from, the request has a source. */
class ForwardingFuzzTest {
  private static final String PROXY = "10.0.0.1";
  private static final Proxies PROXIES =
      new Proxies(new ProxyConfig(List.of("10.0.0.0/8", "2001:db8:a::/48")));

  static Stream<Named<byte[]>> inputs() {
    return FuzzInputs.of(ForwardingFuzzTest.class);
  }

  @ParameterizedTest
  @MethodSource("inputs")
  void storedInputs(byte[] input) {
    fuzzerTestOneInput(input);
  }

  /** Reads header fields, each a line of the input. */
  public static void fuzzerTestOneInput(byte[] input) {
    MultiMap headers = MultiMap.caseInsensitiveMultiMap();
    for (String line : new String(input, ISO_8859_1).split("\n", 8)) {
      int colon = line.indexOf(':');
      if (colon > 0) {
        headers.add(line.substring(0, colon), line.substring(colon + 1));
      }
    }
    Proxies.Origin origin = PROXIES.origin(PROXY, input.length % 2 == 0, headers);
    assertThat(RequestSource.of(origin.address()).name()).isNotBlank();
  }
}
