package org.certcollect.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.MultiMap;
import java.util.List;
import org.certcollect.server.config.ProxyConfig;
import org.certcollect.server.http.Proxies.Origin;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProxiesTest {
  private static final String PROXY = "10.0.0.1";
  private static final Proxies PROXIES =
      new Proxies(new ProxyConfig(List.of("10.0.0.0/8", "192.168.7.7", "2001:db8:a::/48")));

  private static Origin origin(String... headers) {
    return PROXIES.origin(PROXY, false, map(headers));
  }

  private static MultiMap map(String... headers) {
    MultiMap map = MultiMap.caseInsensitiveMultiMap();
    for (String header : headers) {
      map.add(header.substring(0, header.indexOf(':')), header.substring(header.indexOf(':') + 1));
    }
    return map;
  }

  private static Origin at(String address, boolean secure) {
    return new Origin(address, secure);
  }

  @ParameterizedTest
  @CsvSource({
    "10.255.255.255, true",
    "11.0.0.0, false",
    "192.168.7.7, true",
    "192.168.7.8, false",
    "2001:db8:a:ffff::1, true",
    "2001:db8:b::1, false",
    "::ffff:10.1.1.1, true",
    "::ffff:11.1.1.1, false"
  })
  void thePeerIsTrustedByItsNetwork(String peer, boolean trusted) {
    Origin origin = PROXIES.origin(peer, false, map("X-Forwarded-For: 1.2.3.4"));
    assertThat(origin.address()).isEqualTo(trusted ? "1.2.3.4" : peer);
  }

  @Test
  void withoutHeadersThePeerIsTheSource() {
    assertThat(PROXIES.origin(PROXY, true, map())).isEqualTo(at(PROXY, true));
    assertThat(origin()).isEqualTo(at(PROXY, false));
  }

  @Test
  void xForwardedListsAreReadFromTheirEnds() {
    assertThat(origin("X-Forwarded-For: 6.6.6.6, 1.2.3.4", "X-Forwarded-Proto: https"))
        .isEqualTo(at("1.2.3.4", true));
    assertThat(origin("X-Forwarded-For: 6.6.6.6", "X-Forwarded-For: 1.2.3.4,10.0.0.2"))
        .isEqualTo(at("1.2.3.4", false));
    assertThat(origin("X-Forwarded-For: 1.2.3.4", "X-Forwarded-Proto: https, http"))
        .isEqualTo(at("1.2.3.4", false));
  }

  @Test
  void eachProxysProtocolBelongsToItsAddress() {
    assertThat(origin("X-Forwarded-For: 1.2.3.4, 10.0.0.2", "X-Forwarded-Proto: https, http"))
        .isEqualTo(at("1.2.3.4", true));
    assertThat(origin("X-Forwarded-For: 6.6.6.6, 1.2.3.4", "X-Forwarded-Proto: https, http"))
        .isEqualTo(at("1.2.3.4", false));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "1.2.3.4 | 1.2.3.4",
        "1.2.3.4:4711 | 1.2.3.4",
        "2001:db8::1 | 2001:db8::1",
        "[2001:db8::1] | 2001:db8::1",
        "[2001:db8::1]:4711 | 2001:db8::1"
      })
  void addressesMayHavePorts(String text, String address) {
    assertThat(origin("X-Forwarded-For: " + text).address()).isEqualTo(address);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {"unknown", "_hidden", "'' | ''", "[", "[]", "1.2.3", "1.2.3.4.5", "::g", "a:b"})
  void whatIsNoAddressEndsTheWay(String text) {
    assertThat(origin("X-Forwarded-For: 6.6.6.6, " + text + ",10.0.0.2").address())
        .isIn("10.0.0.2", text.isEmpty() ? "6.6.6.6" : "10.0.0.2");
  }

  /** A proxy that does not know this header (RFC 7239) passes on what a client wrote in it. */
  @Test
  void forwardedIsIgnored() {
    assertThat(origin("Forwarded: for=1.2.3.4;proto=https")).isEqualTo(at(PROXY, false));
    assertThat(origin("Forwarded: for=6.6.6.6;proto=https", "X-Forwarded-For: 1.2.3.4"))
        .isEqualTo(at("1.2.3.4", false));
  }
}
