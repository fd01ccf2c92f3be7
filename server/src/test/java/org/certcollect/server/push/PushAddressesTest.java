package org.certcollect.server.push;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import org.certcollect.store.domain.PushUrl;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PushAddressesTest {
  private static final PushAddresses PUBLIC = PushAddresses.of(List.of());

  private static List<InetAddress> resolve(PushAddresses addresses, PushUrl url) {
    try (HostLookUps lookUps = new HostLookUps(InetAddress::getAllByName, 1)) {
      return addresses.resolve(url, lookUps, Duration.ofSeconds(20));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "127.0.0.1",
        "0.0.0.0",
        "10.1.2.3",
        "100.64.0.1",
        "169.254.169.254",
        "172.31.255.255",
        "192.168.0.1",
        "198.18.0.1",
        "224.0.0.1",
        "255.255.255.255",
        "[::]",
        "[::1]",
        "[::ffff:127.0.0.1]",
        "[::ffff:169.254.169.254]",
        "[::127.0.0.1]",
        "[fc00::1]",
        "[fe80::1]",
        "[fec0::1]",
        "[ff02::1]",
        "[2002:7f00:1::]",
        "[2001:0:7f00:1::]",
        "[2001:db8::1]",
        "[64:ff9b::7f00:1]",
        "[64:ff9b::169.254.169.254]",
        "localhost"
      })
  void anAddressThatIsNotPublicIsRefused(String host) {
    PushUrl url = new PushUrl("https://" + host + ":8443/");
    assertThatThrownBy(() -> resolve(PUBLIC, url))
        .isInstanceOfSatisfying(
            PushException.class, e -> assertThat(e.outcome()).isEqualTo(PushOutcome.FORBIDDEN));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"8.8.8.8", "172.32.0.1", "100.128.0.1", "[2a00:1450::1]", "[64:ff9b::808:808]"})
  void aPublicAddressIsAllowedByHttpsOnly(String host) throws Exception {
    InetAddress address = InetAddress.getByName(host);
    assertThat(resolve(PUBLIC, new PushUrl("https://" + host))).containsExactly(address);
    PushUrl plain = new PushUrl("http://" + host);
    assertThatThrownBy(() -> resolve(PUBLIC, plain)).hasMessageContaining("without TLS");
    assertThat(resolve(PushAddresses.of(List.of(address.getHostAddress())), plain))
        .containsExactly(address);
  }

  @Test
  void anAllowedNetworkAllowsNothingBesideIt() throws Exception {
    PushAddresses some = PushAddresses.of(List.of("10.0.0.0/8", "fd00::/8"));
    assertThat(resolve(some, new PushUrl("http://10.9.8.7"))).hasSize(1);
    assertThat(resolve(some, new PushUrl("http://[fd00::1]"))).hasSize(1);
    assertThat(resolve(some, new PushUrl("http://[::ffff:10.9.8.7]")))
        .as("an IPv4-mapped address is that of IPv4")
        .containsExactly(InetAddress.getByAddress(new byte[] {10, 9, 8, 7}));
    for (String other :
        List.of(
            "http://169.254.169.254",
            "http://127.0.0.1",
            "http://[::1]",
            "http://[::ffff:127.0.0.1]")) {
      assertThatThrownBy(() -> resolve(some, new PushUrl(other)))
          .hasMessageContaining("push.networks");
    }
  }
}
