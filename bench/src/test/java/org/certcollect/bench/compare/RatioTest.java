package org.certcollect.bench.compare;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;

class RatioTest {
  static Measurement measurement(String name, double busy, double perCpuSecond, double... rates) {
    List<Run> runs =
        DoubleStream.of(rates)
            .mapToObj(
                rate ->
                    new Run(new LoadResult(rate, 0, 1_000, 2_000, 3_000, 0), perCpuSecond, busy, 1))
            .toList();
    return new Measurement(name, runs, new Memory(2048, 1024, 1024), OptionalDouble.empty());
  }

  @Test
  void busyServersAreComparedByTheMediansOfTheirRates() {
    Measurement one = measurement("one", 0.99, 1, 600, 10_000, 500);
    Measurement other = measurement("other", 0.99, 100, 1_000, 900, 1_100);
    assertThat(Ratio.of(one, other)).hasToString("0.60");
  }

  @Test
  void whereOneWasIdleTheCpuTimeOfARequestIsComparedAndMarked() {
    Measurement one = measurement("one", 0.99, 500, 600);
    Measurement other = measurement("other", 0.94, 2_000, 700);
    assertThat(Ratio.of(one, other)).hasToString("0.25*");
  }
}
