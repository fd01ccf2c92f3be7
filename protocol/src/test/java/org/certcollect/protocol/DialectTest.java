package org.certcollect.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.certcollect.protocol.Endpoint.COLLECT_CCC;
import static org.certcollect.protocol.Endpoint.COLLECT_SSL;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.certcollect.protocol.CollectResult.Refused;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DialectTest {
  private final Locale before = Locale.getDefault();

  @AfterEach
  void restoreTheLocale() {
    Locale.setDefault(before);
  }

  @Test
  void theTableOfTheSpecificationHasItsNineArgumentsInItsOrder() {
    assertThat(Specification106.DIALECT.arguments(COLLECT_CCC).stream().map(Argument::name))
        .containsExactly(
            "loginName",
            "loginPassword",
            "orderNumber",
            "collectionCode",
            "queryType",
            "responseType",
            "responseEncoding",
            "responseMimeType",
            "showValidityPeriod");
    assertThat(Specification106.DIALECT.arguments(COLLECT_SSL).stream().map(Argument::name))
        .containsExactly(
            "loginName",
            "loginPassword",
            "orderNumber",
            "queryType",
            "responseType",
            "responseEncoding",
            "showValidityPeriod");
  }

  @ParameterizedTest
  @ValueSource(strings = {"tr", "az", "lt", "en"})
  void namesAreFoundInAnyCaseWhateverTheLocale(String language) {
    Locale.setDefault(Locale.forLanguageTag(language));
    assertThat(name("SHOWVALIDITYPERIOD")).contains("showValidityPeriod");
    assertThat(name("showvalidityperiod")).contains("showValidityPeriod");
  }

  @Test
  void noLetterBeyondAsciiIsTakenForAnAsciiOne() {
    assertThat(name("showVal\u0131dityPeriod")).as("dotless i").isEmpty();
    assertThat(name("SHOWVAL\u0130DITYPERIOD")).as("dotted I").isEmpty();
    assertThat(name("re\u017fponseType")).as("long s").isEmpty();
    assertThat(withK().argument(COLLECT_SSL, "KEY")).isPresent();
    assertThat(withK().argument(COLLECT_SSL, "\u212aey")).as("Kelvin sign").isEmpty();
  }

  @Test
  void aMessageNamesTheArgument() {
    assertThat(Specification106.DIALECT.message(Refused.of(StatusCode.MISSING_ARGUMENT, "a$1")))
        .isEqualTo("The 'a$1' argument is missing!");
  }

  @Test
  void everyRequiredArgumentHasNoDefaultAndAnyOtherHasOne() {
    assertThat(Specification106.DIALECT.arguments())
        .allSatisfy(
            argument ->
                assertThat(argument.defaultValue().isPresent())
                    .as(argument.name())
                    .isEqualTo(
                        argument.presence() == Argument.Presence.OPTIONAL
                            && !argument.name().equals("collectionCode")));
  }

  private static Optional<String> name(String sent) {
    return Specification106.DIALECT.argument(COLLECT_SSL, sent).map(Argument::name);
  }

  private static Dialect withK() {
    Argument key =
        new Argument(
            "key",
            Set.of(COLLECT_SSL),
            Argument.Presence.OPTIONAL,
            Optional.empty(),
            List.of(Rules.text(1)));
    return new Dialect(List.of(key), StatusCode::text, List.of());
  }
}
