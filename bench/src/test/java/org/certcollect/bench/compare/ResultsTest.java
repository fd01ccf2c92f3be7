package org.certcollect.bench.compare;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class ResultsTest {
  private static Results results() {
    Workload workload = new Workload("keep-pem", Stage.SQLITE_EC, Mode.KEEP, Answer.PEM, false);
    Results results = new Results();
    results.add(
        new Comparison(
            workload,
            List.of(
                RatioTest.measurement(Contender.CERTCOLLECT, 1, 700, 600),
                RatioTest.measurement(Contender.NGINX, 0.98, 900, 800),
                RatioTest.measurement(Contender.NGINX_WITHOUT_LOG, 1, 1_100, 1_000))));
    return results;
  }

  @Test
  void aWorkloadIsOneLineWithBothRatios() {
    assertThat(results().ratios().text().lines().skip(1).findFirst().orElseThrow())
        .startsWith("keep-pem")
        .containsSubsequence("600", "800", "0.75", "2.00", "1000", "0.60", "100 %", "98 %");
  }

  @Test
  void everyServerIsOneLineOfTheDetails() {
    assertThat(results().details().text().lines()).hasSize(1 + 3);
  }

  @Test
  void programsGetPlainFigures() {
    assertThat(results().forPrograms().tabSeparated())
        .endsWith(
            "keep-pem\t600.0\t800.0\t0.750\t2000\t2000\t1.000\t0.980\t1.000\t1.000\trequests per"
                + " second\n");
  }

  @Test
  void startsAreTheirMedian() {
    Results results = new Results();
    assertThat(results.start()).isEmpty();
    results.add(new Start(900, 1_200));
    results.add(new Start(1_000, 1_300));
    results.add(new Start(5_000, 9_000));
    assertThat(results.start().orElseThrow()).contains("1000 ms", "1300 ms");
  }
}
