package org.certcollect.protocol.format;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.certcollect.protocol.format.IssuedCertificate.CaCertificate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ArchiveNamesTest {
  private static final Der DER = Der.of(new byte[] {5, 0});

  @ParameterizedTest
  @CsvSource({
    "www.example.com, www_example_com",
    "*.example.com, STAR_example_com",
    "WWW.Example.COM, WWW_Example_COM",
    "xn--bcher-kva.example, xn--bcher-kva_example",
    "a_b.example, a_b_example",
    "../../etc/passwd, ____etcpasswd",
    "///, 77",
    "'', 77"
  })
  void anEndEntityIsNamedAfterItsDnsName(String dnsName, String base) {
    assertThat(ArchiveNames.base(issued(Optional.of(dnsName)))).isEqualTo(base);
  }

  @Test
  void anEndEntityWithoutADnsNameIsNamedAfterItsOrder() {
    assertThat(ArchiveNames.base(issued(Optional.empty()))).isEqualTo("77");
  }

  @ParameterizedTest
  @CsvSource({
    "Example Root CA, ExampleRootCA",
    "'Ex-am.ple, \"R_oot\" (CA) 2', ExampleRootCA2",
    "Größe CA, GreCA",
    "認証局, CA",
    "'', CA"
  })
  void aCaIsNamedAfterTheLettersAndDigitsOfItsCommonName(String commonName, String base) {
    assertThat(ArchiveNames.base(ca(Optional.of(commonName)))).isEqualTo(base);
  }

  @Test
  void aCaWithoutACommonNameIsNamedCa() {
    assertThat(ArchiveNames.base(ca(Optional.empty()))).isEqualTo("CA");
  }

  @Test
  void equalNamesAreNumberedAlsoIfOnlyTheirCaseDiffers() {
    ArchiveNames names = new ArchiveNames();
    assertThat(names.unique("A", ".crt")).isEqualTo("A.crt");
    assertThat(names.unique("A", ".crt")).isEqualTo("A_2.crt");
    assertThat(names.unique("a", ".crt")).isEqualTo("a_3.crt");
    assertThat(names.unique("A_2", ".crt")).isEqualTo("A_2_2.crt");
    assertThat(names.unique("A", ".ca-bundle")).isEqualTo("A.ca-bundle");
  }

  /** File systems end at 255 bytes, and DNS names of 246 and more characters passed that. */
  @Test
  void aLongNameIsCutToAHundredBytesWithItsEnding() {
    ArchiveNames names = new ArchiveNames();
    String longest = "a".repeat(253);
    assertThat(names.unique(longest, ".crt")).isEqualTo("a".repeat(96) + ".crt");
    assertThat(names.unique(longest + "b", ".crt")).isEqualTo("a".repeat(94) + "_2.crt");
    assertThat(names.unique(longest, ".ca-bundle")).isEqualTo("a".repeat(90) + ".ca-bundle");
    assertThat(names.unique("b".repeat(96), ".crt")).isEqualTo("b".repeat(96) + ".crt");
  }

  @ParameterizedTest
  @CsvSource({
    "con, _con.crt",
    "NUL, _NUL.crt",
    "aux, _aux.crt",
    "prn, _prn.crt",
    "COM1, _COM1.crt",
    "lpt9, _lpt9.crt",
    "con_example, con_example.crt",
    "com10, com10.crt",
    "console, console.crt"
  })
  void aDeviceOfWindowsGetsAnUnderscoreBeforeIt(String base, String name) {
    assertThat(new ArchiveNames().unique(base, ".crt")).isEqualTo(name);
  }

  private static CaCertificate ca(Optional<String> commonName) {
    return new CaCertificate(DER, commonName, Instant.EPOCH);
  }

  private static IssuedCertificate issued(Optional<String> dnsName) {
    return new IssuedCertificate(77, DER, dnsName, Instant.EPOCH, List.of());
  }
}
