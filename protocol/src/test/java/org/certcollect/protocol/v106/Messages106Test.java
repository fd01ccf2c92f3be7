package org.certcollect.protocol.v106;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Arrays;
import java.util.stream.Stream;
import org.certcollect.protocol.CollectResult.Refused;
import org.certcollect.protocol.StatusCode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The golden files hold the texts; here is what they have in common. */
class Messages106Test {
  static Stream<StatusCode> refusals() {
    return Arrays.stream(StatusCode.values())
        .filter(status -> status.code() < 0)
        .filter(status -> status != StatusCode.PERMISSION_DENIED_CONTEXT);
  }

  @ParameterizedTest
  @MethodSource("refusals")
  void theTextOfARefusalIsOneLineOfAscii(StatusCode status) {
    assertThat(Messages106.of(Refused.of(status, "a"))).matches("[ -~]+!");
  }

  @Test
  void anArgumentIsNamedAsItIs() {
    assertThat(Messages106.of(Refused.of(StatusCode.MISSING_ARGUMENT, "a$1")))
        .isEqualTo("The 'a$1' argument is missing!");
  }

  @Test
  void anUnrecognisedArgumentIsNotNamed() {
    assertThat(Messages106.of(Refused.of(StatusCode.UNRECOGNISED_ARGUMENT, "secret")))
        .isEqualTo("Unrecognised argument!");
  }

  @Test
  void aStatusOfALaterDialectHasNoText() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Messages106.of(Refused.of(StatusCode.PERMISSION_DENIED_CONTEXT)));
  }

  @Test
  void fourteenStatusesAreKnownAndOnlyNegativeOnesAreRefusals() {
    assertThat(Arrays.stream(StatusCode.values()).map(StatusCode::code))
        .containsExactlyInAnyOrder(2, 1, 0, -1, -2, -3, -4, -14, -16, -17, -20, -21, -22, -91);
    assertThatIllegalArgumentException().isThrownBy(() -> Refused.of(StatusCode.PROCESSING));
  }
}
