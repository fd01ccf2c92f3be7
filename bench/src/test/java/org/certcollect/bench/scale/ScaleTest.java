package org.certcollect.bench.scale;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The parts of bench/scale that compute: options, percentiles, tables. */
class ScaleTest {
  private static final Path ROOT = Path.of("root");

  @Test
  void withoutArgumentsThreeSizesAreMeasuredOnBothEngines() {
    Options options = Options.parse(ROOT);

    assertThat(options.counts()).containsExactly(10_000L, 1_000_000L, 10_000_000L);
    assertThat(options.engines()).containsExactly(Engine.SQLITE, Engine.POSTGRESQL);
  }

  @Test
  void countsAndEnginesCanBeChosenAndTheSmallestComesFirst() {
    Options options = Options.parse(ROOT, "--counts", "20000 1000", "--engines", "postgresql");

    assertThat(options.counts()).containsExactly(1_000L, 20_000L);
    assertThat(options.engines()).containsExactly(Engine.POSTGRESQL);
  }

  @Test
  void unknownArgumentsAreRefused() {
    for (String[] arguments :
        List.of(
            new String[] {"--count", "7"},
            new String[] {"--counts"},
            new String[] {"--counts", "0"},
            new String[] {"--counts", "many"},
            new String[] {"--engines", "h2"})) {
      assertThatThrownBy(() -> Options.parse(ROOT, arguments))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void percentileIsTheDurationThatSoManyDoNotExceed() {
    Durations durations = new Durations();
    for (int i = 2_000; i > 0; i--) {
      durations.add(i);
    }

    assertThat(durations.percentile(50)).isEqualTo(1_000);
    assertThat(durations.percentile(99)).isEqualTo(1_980);
    assertThat(durations.percentile(100)).isEqualTo(2_000);
  }

  @Test
  void memoryIsTheMaximumThatWasSeenOfEachKind() {
    MemoryWatch watch = new MemoryWatch();
    watch.look(List.of("VmRSS:\t 9 kB", "RssAnon:\t  2048 kB", "RssFile:\t  1024 kB"));
    watch.look(List.of("RssAnon:\t  1024 kB", "RssFile:\t  4096 kB"));
    watch.look(List.of());

    assertThat(watch.anonymousMib()).isEqualTo(2);
    assertThat(watch.fileMib()).isEqualTo(4);
  }

  @Test
  void figuresBecomeTablesAndLines() {
    Figures figures = new Figures();
    figures.add("Reads", new Subject(Engine.SQLITE, 1_000), "µs", 10);
    figures.add("Reads", new Subject(Engine.SQLITE, 20_000), "µs", 12.5);
    figures.add("Starts", new Subject(Engine.POSTGRESQL, 10), "ms", 1234);
    figures.addRatios("Reads", "µs", "ratio");

    assertThat(figures.markdown())
        .isEqualTo(
            """
            ### Reads

            | store | orders | µs | ratio |
            |---|--:|--:|--:|
            | sqlite | 1,000 | 10.0 | 1.00 |
            | sqlite | 20,000 | 12.5 | 1.25 |

            ### Starts

            | store | orders | ms |
            |---|--:|--:|
            | postgresql | 10 | 1234 |
            """);
    assertThat(figures.tsv())
        .startsWith("table\tengine\torders\tfigure\tvalue\nReads\tsqlite\t1000\tµs\t10.0\n");
  }

  @Test
  void summaryHasARowForEachStoreThatWasCollectedFrom() {
    Subject million = new Subject(Engine.SQLITE, 1_000_000);
    Figures figures = new Figures();
    figures.add(Imports.TABLE, million, "orders/s", 23_456.7);
    figures.add(Imports.TABLE, million, "database MiB", 1_400);
    figures.add(CollectTimes.TABLE, million, "p50 µs", 34.2);
    figures.add(CollectTimes.TABLE, million, "p99 µs", 110);
    figures.add(ListTimes.ALL, million, "first page ms", 0.2);
    figures.add(ListTimes.ALL, million, "middle page ms", 0.35);
    figures.add(ListTimes.ALL, million, "last page ms", 0.1);
    figures.add(StartTimes.TABLE, new Subject(Engine.SQLITE, 10), "median ms", 510);
    figures.add(StartTimes.TABLE, million, "median ms", 523);

    assertThat(new ScaleSummary(figures).markdown().lines().skip(2))
        .containsExactly("| sqlite | 1,000,000 | 523 | 0.034 | 0.110 | 0.350 | 23,457 | 1.47 |");
  }
}
