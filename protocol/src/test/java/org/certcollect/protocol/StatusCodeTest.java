package org.certcollect.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Arrays;
import org.certcollect.protocol.CollectResult.Refused;
import org.junit.jupiter.api.Test;

/** The texts stand in the golden files; here is what they have in common. */
class StatusCodeTest {
  @Test
  void thereAreThirteenFirstLines() {
    assertThat(Arrays.stream(StatusCode.values()).map(StatusCode::code))
        .containsExactlyInAnyOrder(2, 1, 0, -1, -2, -3, -4, -14, -16, -17, -20, -21, -22);
  }

  @Test
  void aTextIsForANegativeCodeAlone() {
    assertThat(StatusCode.values())
        .allSatisfy(status -> assertThat(status.text().isEmpty()).isEqualTo(status.code() >= 0));
  }

  @Test
  void everyTextIsOneLineOfAscii() {
    assertThat(StatusCode.values()).allSatisfy(s -> assertThat(s.text()).matches("[ -~]*"));
  }

  @Test
  void onlyANegativeCodeIsARefusal() {
    assertThatIllegalArgumentException().isThrownBy(() -> Refused.of(StatusCode.PROCESSING));
    assertThat(Refused.of(StatusCode.REVOKED).status()).isEqualTo(StatusCode.REVOKED);
  }
}
