package org.certcollect.server.auth;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SourceTest {
  @ParameterizedTest
  @CsvSource({
    "192.0.2.1, 192.0.2.1",
    "::ffff:192.0.2.1, 192.0.2.1",
    "::ffff:c000:201, 192.0.2.1",
    "2001:db8::1, 2001:db8::/64",
    "2001:0DB8:0:0:ffff:ffff:ffff:ffff, 2001:db8::/64",
    "2001:db8:0:1::1, 2001:db8:0:1::/64",
    "2001:db8:1:2:3:4:5:6, 2001:db8:1:2::/64",
    "::1, ::/64",
    "fe80::1%2, fe80::/64",
    "no-address, no-address"
  })
  void aSourceIsAnIpv4AddressOrAnIpv6Network(String address, String name) {
    assertThat(Source.of(address).name()).isEqualTo(name);
  }
}
