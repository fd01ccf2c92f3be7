package org.certcollect.admin;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PrintableTextTest {
  @ParameterizedTest
  @ValueSource(strings = {"", "reseller1", "Łódź \"quoted\" \\", "\ud83d\ude00", "a\ud83d\ude00b"})
  void textThatIsSafeStaysAsItIs(String text) {
    assertThat(PrintableText.of(text)).isEqualTo(text);
  }

  @ParameterizedTest
  @CsvSource({
    "9, \\u0009",
    "27, \\u001b",
    "127, \\u007f",
    "133, \\u0085",
    "8238, \\u202e",
    "8232, \\u2028",
    "8233, \\u2029",
    "65279, \\ufeff",
    "55357, \\ud83d",
    "56832, \\ude00",
    "917536, \\udb40\\udc20"
  })
  void invisibleAndMisleadingCharactersAreEscaped(int point, String escaped) {
    String text = Character.toString(point);
    assertThat(PrintableText.of(text)).isEqualTo(escaped);
    assertThat(PrintableText.of("a" + text + "é")).isEqualTo("a" + escaped + "é");
  }

  @Test
  void aPairOfSurrogatesIsSafeBesideTextThatIsNot() {
    assertThat(PrintableText.of("\ud83d\ude00\n")).isEqualTo("\ud83d\ude00\\u000a");
  }
}
