package org.certcollect.protocol.format;

import static org.assertj.core.api.Assertions.assertThat;

import org.bouncycastle.asn1.DEROctetString;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DerTest {
  @ParameterizedTest
  @ValueSource(ints = {0, 1, 127, 128, 255, 256, 65_535, 65_536, 1 << 24})
  void aLengthIsDefiniteAndAsShortAsPossible(int length) throws Exception {
    Der wrapped = Der.wrap(0x04, Der.of(new byte[length]));
    assertThat(wrapped.bytes()).isEqualTo(new DEROctetString(new byte[length]).getEncoded());
  }
}
