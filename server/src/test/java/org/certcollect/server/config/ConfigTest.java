package org.certcollect.server.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConfigTest {
  private static final Duration SECOND = Duration.ofSeconds(1);

  @Test
  void theDefaultsAreThoseOfTheReading() {
    assertThat(LimitsConfig.MAX_BODY_BYTES).isEqualTo(16_384);
    assertThat(AuthConfig.DEFAULT.guessesPerLogin()).isEqualTo(20);
    assertThat(AuthConfig.DEFAULT.guessesPerSource()).isEqualTo(100);
    assertThat(ProxyConfig.DEFAULT.trusted()).isEmpty();
    assertThat(ProtocolConfig.DEFAULT.cccGet()).isFalse();
    assertThat(LimitsConfig.DEFAULT.drainDeadline()).isLessThan(Duration.ofSeconds(30));
  }

  @Test
  void aPortIsFrom0To65535() {
    assertThat(new ListenConfig("::", 65_535, OptionalInt.of(0)).httpsPort()).isEqualTo(65_535);
    for (int port : new int[] {-1, 65_536}) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> new ListenConfig("::", port, OptionalInt.empty()))
          .withMessageContaining(Integer.toString(port));
      assertThatIllegalArgumentException()
          .isThrownBy(() -> new ListenConfig("::", 0, OptionalInt.of(port)));
    }
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new ListenConfig(" ", 0, OptionalInt.empty()));
  }

  @Test
  void limitsAreGreaterThan0() {
    Duration no = Duration.ZERO;
    List<Runnable> wrong =
        List.of(
            () -> new LimitsConfig(0, 1, SECOND, SECOND, SECOND, SECOND),
            () -> new LimitsConfig(1, 0, SECOND, SECOND, SECOND, SECOND),
            () -> new LimitsConfig(1, 1, no, SECOND, SECOND, SECOND),
            () -> new LimitsConfig(1, 1, SECOND, no, SECOND, SECOND),
            () -> new LimitsConfig(1, 1, SECOND, SECOND, SECOND.negated(), SECOND),
            () -> new LimitsConfig(1, 1, SECOND, SECOND, SECOND, no));
    assertThat(wrong)
        .allSatisfy(limits -> assertThatIllegalArgumentException().isThrownBy(limits::run));
  }

  @Test
  void throttlingNeverBeginsBefore20Guesses() {
    assertThat(new AuthConfig(1, SECOND, 20, 20, 1).queue()).isEqualTo(1);
    List<Runnable> wrong =
        List.of(
            () -> new AuthConfig(1, SECOND, 19, 20, 1),
            () -> new AuthConfig(1, SECOND, 20, 19, 1),
            () -> new AuthConfig(0, SECOND, 20, 20, 1),
            () -> new AuthConfig(1, Duration.ZERO, 20, 20, 1),
            () -> new AuthConfig(1, SECOND, 20, 20, 0));
    assertThat(wrong)
        .allSatisfy(auth -> assertThatIllegalArgumentException().isThrownBy(auth::run));
  }

  @ParameterizedTest
  @ValueSource(strings = {"10.0.0.1", "10.0.0.0/8", "0.0.0.0/0", "::1", "2001:db8::/32", "::/0"})
  void aTrustedProxyIsAnAddressOrANetwork(String network) {
    assertThat(new ProxyConfig(List.of(network)).trusted()).containsExactly(network);
  }

  /** Broke once, the last ones later: such a network showed as a problem of TLS at the start. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "proxy.example.org",
        "10.0.0",
        "10.0.0.0/33",
        "::/129",
        "10.0.0.0/",
        "/8",
        "10.0.0.0/x",
        "10.0.0.0/8/8",
        " 10.0.0.1",
        "10.0.0.0/-1",
        "fe80::1%eth0",
        "::ffff:10.0.0.1",
        "::ffff:10.0.0.0/104",
        "0:0:0:0:0:FFFF:a00:1"
      })
  void anythingElseIsNone(String network) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new ProxyConfig(List.of(network)))
        .withMessageContaining(network);
  }

  @Test
  void aConfigurationKeepsItsOwnList() {
    List<String> networks = new ArrayList<>(List.of("10.0.0.1"));
    ProxyConfig config = new ProxyConfig(networks);
    networks.clear();
    assertThat(config.trusted()).containsExactly("10.0.0.1");
  }
}
