package org.certcollect.admin.transfer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.certcollect.protocol.fixtures.Fixtures;
import org.certcollect.store.x509.ParsedCertificate;
import org.junit.jupiter.api.Test;

class CaRegistryTest {
  @Test
  void storedCertificatesAreKnownWhateverTheBoundOnNewOnes() {
    List<ParsedCertificate> stored = parsed("chain-10");
    CaRegistry registry =
        new CaRegistry(stored.stream().map(ParsedCertificate::stored).toList(), 1);
    ParsedCertificate first = parsed("chain-3").get(1);
    ParsedCertificate second = parsed("chain-4").get(1);

    registry.add(first, 1);

    assertThat(registry.find(stored.get(9).stored().fingerprint(), 0)).isPresent();
    assertThat(registry.find(first.stored().fingerprint(), 1)).isPresent();
    assertThatThrownBy(() -> registry.add(second, 2))
        .isInstanceOf(InvalidRecordException.class)
        .hasMessageContaining("too many CA certificates");
  }

  private static List<ParsedCertificate> parsed(String fixture) {
    return Fixtures.certificates(fixture).stream().map(ParsedCertificate::of).toList();
  }
}
