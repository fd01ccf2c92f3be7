package org.certcollect.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.certcollect.protocol.OrderReference.Numbered;
import org.certcollect.protocol.form.FormField;
import org.certcollect.protocol.v106.Specification106;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Nothing secret is in what a careless log line would print. */
class MaskedSecretsTest {
  private static final String CANARY = "canary";

  static Stream<Object> secrets() {
    OrderReference order = new OrderReference(Numbered.ORDER, 1, "any");
    Login login = new Login(new LoginName(CANARY), new LoginPassword(CANARY), List.of(order));
    CollectionCode code = new CollectionCode(CANARY);
    RequestReader reader = new RequestReader(Specification106.DIALECT, Set.of());
    Transport https = new Transport(true, true);
    return Stream.of(
        login.name(),
        login.password(),
        login,
        code,
        request(login),
        request(code),
        new FormField(CANARY, CANARY),
        List.of(new FormField("loginPassword", CANARY)),
        reader.read(
            Endpoint.COLLECT_SSL,
            https,
            List.of(new FormField("loginName", CANARY), new FormField("loginPassword", CANARY))),
        reader.read(Endpoint.COLLECT_SSL, https, List.of(new FormField(CANARY, CANARY))));
  }

  @ParameterizedTest
  @MethodSource("secrets")
  void aSecretIsNotPrinted(Object secret) {
    assertThat(secret.toString()).doesNotContainIgnoringCase(CANARY);
  }

  @Test
  void aRefusedSecretIsNotInTheException() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new LoginPassword(CANARY.repeat(100)))
        .withMessageNotContaining(CANARY);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new CollectionCode(CANARY.repeat(100)))
        .withMessageNotContaining(CANARY);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new LoginName(CANARY.repeat(100)))
        .withMessageNotContaining(CANARY);
  }

  @Test
  void lengthsAreCountedInCodePoints() {
    String key = "\ud83d\udd11";
    assertThat(new LoginName(key.repeat(64)).value()).hasSize(128);
    assertThatIllegalArgumentException().isThrownBy(() -> new LoginName(key.repeat(65)));
    assertThatIllegalArgumentException().isThrownBy(() -> new LoginName(""));
  }

  private static CollectRequest request(OrderClaim claim) {
    return new CollectRequest(
        Endpoint.COLLECT_CCC,
        claim,
        "any",
        Optional.empty(),
        new RequestReader(Specification106.DIALECT, Set.of())
            .layoutOfFailure(Endpoint.COLLECT_CCC, List.of()));
  }
}
