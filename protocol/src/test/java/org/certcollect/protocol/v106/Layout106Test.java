package org.certcollect.protocol.v106;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Locale;
import java.util.TimeZone;
import org.certcollect.protocol.CollectResult;
import org.certcollect.protocol.CollectResult.Available;
import org.certcollect.protocol.CollectResult.Period;
import org.certcollect.protocol.MediaType;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The line of the validity period, for times, time zones and locales that no golden file has. */
class Layout106Test {
  private static final Layout106 WITH_PERIOD = new Layout106(MediaType.TEXT_PLAIN, false, true);

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
      assertThat(head(notBefore, notAfter)).as(each).isEqualTo("1\n" + line + "\n");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"ar-EG-u-nu-arab", "th-TH-u-ca-buddhist-nu-thai", "fa-IR", "ja-JP-u-ca-japanese"})
  void theDigitsAreAsciiAndTheYearsGregorianInEveryLocale(String tag) {
    Locale.setDefault(Locale.forLanguageTag(tag));
    assertThat(head(Instant.parse("2003-05-14T00:00:00Z"), Instant.parse("2004-05-13T23:59:59Z")))
        .isEqualTo("1\n14/05/2003 13/05/2004\n");
  }

  @Test
  void anOrderThatIsNotIssuedHasNoPeriod() {
    assertThat(WITH_PERIOD.write(new CollectResult.Processing()).head()).isEqualTo("0\n");
  }

  private static String head(Instant notBefore, Instant notAfter) {
    return WITH_PERIOD.write(new Available(new Period(notBefore, notAfter))).head();
  }
}
