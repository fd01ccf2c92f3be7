package org.certcollect.store.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PushUrlTest {
  @ParameterizedTest
  @CsvSource({
    "https://push.example.com, push.example.com, 443, /",
    "HTTPS://push.example.com:8443/a%20b?c=d, push.example.com, 8443, /a%20b?c=d",
    "http://192.0.2.1/x, 192.0.2.1, 80, /x",
    "https://[2001:db8::1]:9/?q, 2001:db8::1, 9, /?q",
    "https://[::ffff:127.0.0.1]/, ::ffff:127.0.0.1, 443, /",
    "https://xn--bcher-kva.example, xn--bcher-kva.example, 443, /"
  })
  void hostPortAndPathAreRead(String text, String host, int port, String path) {
    PushUrl url = new PushUrl(text);
    assertThat(url.host()).isEqualTo(host);
    assertThat(url.port()).isEqualTo(port);
    assertThat(url.path()).isEqualTo(path);
    assertThat(url.secure()).isEqualTo(!text.startsWith("http:"));
  }

  @Test
  void theOriginHasNoPath() {
    assertThat(new PushUrl("HTTPS://push.example.com:8443/a?c=d").origin())
        .isEqualTo("https://push.example.com:8443");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "push.example.com",
        "ftp://push.example.com",
        "file:///etc/passwd",
        "https:",
        "https://",
        "https:///path",
        "https://user@push.example.com",
        "https://user:secret@push.example.com/",
        "https://@push.example.com/",
        "https://good.example.com\\@evil.example.com/",
        "https://push.example.com#fragment",
        "https://push.example.com:",
        "https://push.example.com:0/",
        "https://push.example.com:65536/",
        "https://push.example.com:-1/",
        "https://push.example.com:99999999999/",
        "https://2130706433/",
        "https://0x7f000001/",
        "https://017700000001/",
        "https://127.1/",
        "https://0177.0.0.1/",
        "https://127.0.0.1./",
        "https://256.1.1.1/",
        "https://1.2.3.4.5/",
        "https://[fe80::1%25eth0]/",
        "https://[::1",
        "https://push.example.com./",
        "https://push_example.com/",
        "https://pusch.exämple.com/",
        "https://push.example.com/a b",
        "https://push.example.com/\r\nHost: evil",
        "https://push.example.com/%zz",
        " https://push.example.com"
      })
  void aHostileUrlIsRefusedAndNotRepeated(String text) {
    assertThatThrownBy(() -> new PushUrl(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageNotContaining("secret")
        .hasMessageNotContaining("evil");
  }

  @Test
  void aUrlThatIsTooLongIsRefused() {
    String text = "https://push.example.com/" + "a".repeat(976);
    assertThatThrownBy(() -> new PushUrl(text)).hasMessageContaining("1000");
    assertThat(new PushUrl(text.substring(0, 1_000)).port()).isEqualTo(443);
  }

  @ParameterizedTest
  @CsvSource({
    "'', no blank or control character",
    "https://push.example.com/a b, no blank or control character",
    "https://täst.example/, write its host as xn--...",
    "https://me:secret@push.example.com/, --user and --password-file"
  })
  void eachFaultHasItsOwnMessage(String text, String message) {
    assertThatThrownBy(() -> new PushUrl(text)).hasMessageContaining(message);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a:b", "a\nb"})
  void aUserThatNoHeaderCanHoldIsRefused(String user) {
    PushUrl url = new PushUrl("https://push.example.com");
    assertThatThrownBy(() -> new PushSettings(url, Optional.of(user), Optional.empty(), false))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
