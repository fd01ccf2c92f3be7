package org.certcollect.server.auth;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RequestSourceTest {
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
  void sourceIsAnIpv4AddressOrAnIpv6Network(String address, String name) {
    assertThat(RequestSource.of(address).name()).isEqualTo(name);
  }

  @ParameterizedTest
  @CsvSource({
    "2001:db8:1:2ff::1, 2001:db8:1::/48 2001:db8:1:200::/56 2001:db8:1:2ff::/64",
    "::1, ::/48 ::/56 ::/64",
    "192.0.2.1, 192.0.2.1",
    "no-address, no-address",
    "no/64, no/64"
  })
  void ipv6SourceHasWiderNetworksAroundIt(String address, String names) {
    List<String> networks =
        RequestSource.of(address).networks().stream().map(RequestSource::name).toList();
    assertThat(String.join(" ", networks)).isEqualTo(names);
  }
}
