package org.certcollect.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Locale;
import java.util.TimeZone;
import org.certcollect.protocol.CollectResult.Available;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HeadLineTest {
  private final TimeZone zone = TimeZone.getDefault();
  private final Locale locale = Locale.getDefault();

  @AfterEach
  void restoreDefaults() {
    TimeZone.setDefault(zone);
    Locale.setDefault(locale);
  }

  @ParameterizedTest
  @CsvSource({
    "2003-05-14T00:00:00Z, 2004-05-13T23:59:59Z, 14/05/2003 13/05/2004",
    "2003-12-31T23:59:59Z, 2004-01-01T00:00:00Z, 31/12/2003 01/01/2004",
    "2000-02-29T00:00:00Z, 9999-12-31T23:59:59Z, 29/02/2000 31/12/9999",
    "1950-01-01T00:00:00Z, 2049-12-31T23:59:59Z, 01/01/1950 31/12/2049"
  })
  void theDaysAreThoseOfGmt(Instant notBefore, Instant notAfter, String line) {
    for (String each : new String[] {"Pacific/Kiritimati", "Etc/GMT+12", "UTC"}) {
      TimeZone.setDefault(TimeZone.getTimeZone(each));
      assertThat(line(notBefore, notAfter)).as(each).isEqualTo(line);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"ar-EG-u-nu-arab", "th-TH-u-ca-buddhist-nu-thai", "fa-IR", "ja-JP-u-ca-japanese"})
  void theDigitsAreAsciiAndTheYearsGregorianWhateverTheLocale(String tag) {
    Locale.setDefault(Locale.forLanguageTag(tag));
    assertThat(line(Instant.parse("2003-05-14T00:00:00Z"), Instant.parse("2004-05-13T23:59:59Z")))
        .isEqualTo("14/05/2003 13/05/2004");
  }

  @Test
  void thereIsNoPeriodOfWhatIsNotIssued() {
    assertThat(
            HeadLine.validity().of(Specification106.DIALECT, true, new CollectResult.Processing()))
        .isEmpty();
  }

  private static String line(Instant notBefore, Instant notAfter) {
    Available available = new Available(new Validity(notBefore, notAfter));
    return HeadLine.validity().of(Specification106.DIALECT, true, available).orElseThrow();
  }
}
