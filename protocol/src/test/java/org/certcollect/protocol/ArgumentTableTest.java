package org.certcollect.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.certcollect.protocol.Endpoint.COLLECT_CCC;
import static org.certcollect.protocol.Endpoint.COLLECT_SSL;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ArgumentTableTest {
  private static final Argument<String> SHOW = argument("showValidityPeriod", COLLECT_SSL);
  private static final Argument<String> TYPE = argument("responseType", COLLECT_SSL);
  private static final Argument<String> KEY = argument("key", COLLECT_SSL);
  private static final Argument<String> CODE = argument("code", COLLECT_CCC);
  private static final ArgumentTable TABLE = new ArgumentTable(List.of(SHOW, TYPE, CODE, KEY));

  private final Locale before = Locale.getDefault();

  @AfterEach
  void restoreTheLocale() {
    Locale.setDefault(before);
  }

  @ParameterizedTest
  @ValueSource(strings = {"tr", "az", "lt", "en"})
  void aNameIsFoundInAnyCaseInEveryLocale(String language) {
    Locale.setDefault(Locale.forLanguageTag(language));
    assertThat(TABLE.argument("SHOWVALIDITYPERIOD")).contains(SHOW);
    assertThat(TABLE.argument("showvalidityperiod")).contains(SHOW);
  }

  @Test
  void aLetterBeyondAsciiIsNotTakenForAnAsciiLetter() {
    assertThat(TABLE.argument("showVal\u0131dityPeriod")).as("dotless i").isEmpty();
    assertThat(TABLE.argument("SHOWVAL\u0130DITYPERIOD")).as("dotted I").isEmpty();
    assertThat(TABLE.argument("re\u017fponseType")).as("long s").isEmpty();
    assertThat(TABLE.argument("KEY")).contains(KEY);
    assertThat(TABLE.argument("\u212aey")).as("Kelvin sign").isEmpty();
  }

  @Test
  void anEndpointKnowsOnlyItsOwnArgumentsInTheOrderOfTheTable() {
    assertThat(TABLE.arguments(COLLECT_SSL)).isEqualTo(List.of(SHOW, TYPE, KEY));
    assertThat(TABLE.arguments(COLLECT_CCC)).isEqualTo(List.of(CODE));
  }

  private static Argument<String> argument(String name, Endpoint endpoint) {
    return Argument.optional(name, Set.of(endpoint), Optional::of);
  }
}
