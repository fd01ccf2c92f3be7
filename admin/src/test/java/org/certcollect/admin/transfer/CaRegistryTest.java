package org.certcollect.admin.transfer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.cert.X509Certificate;
import java.util.List;
import org.certcollect.protocol.fixtures.Fixtures;
import org.certcollect.store.x509.Certificate;
import org.junit.jupiter.api.Test;

class CaRegistryTest {
  @Test
  void what_is_stored_is_known_whatever_the_bound_on_what_comes() {
    List<X509Certificate> stored = Fixtures.certificates("chain-10");
    CaRegistry registry = new CaRegistry(stored.stream().map(Certificate::of).toList(), 1);
    X509Certificate first = Fixtures.certificates("chain-3").get(1);
    X509Certificate second = Fixtures.certificates("chain-4").get(1);

    registry.add(Certificate.of(first), first, 1);

    assertThat(registry.find(Certificate.of(stored.get(9)).fingerprint(), 0)).isPresent();
    assertThat(registry.find(Certificate.of(first).fingerprint(), 1)).isPresent();
    assertThatThrownBy(() -> registry.add(Certificate.of(second), second, 2))
        .isInstanceOf(InvalidRecordException.class)
        .hasMessageContaining("too many CA certificates");
  }
}
