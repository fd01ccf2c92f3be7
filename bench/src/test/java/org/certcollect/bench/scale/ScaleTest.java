package org.certcollect.bench.scale;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The parts that reckon. */
class ScaleTest {
  private static final Path ROOT = Path.of("root");

  @Test
  void without_arguments_it_is_three_sizes_on_both_engines() {
    Options options = Options.parse(ROOT);

    assertThat(options.counts()).containsExactly(10_000L, 1_000_000L, 10_000_000L);
    assertThat(options.engines()).containsExactly(Engine.SQLITE, Engine.POSTGRESQL);
  }

  @Test
  void counts_and_engines_can_be_chosen_and_the_fewest_come_first() {
    Options options = Options.parse(ROOT, "--counts", "20000 1000", "--engines", "postgresql");

    assertThat(options.counts()).containsExactly(1_000L, 20_000L);
    assertThat(options.engines()).containsExactly(Engine.POSTGRESQL);
  }

  @Test
  void what_it_does_not_know_it_refuses() {
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
  void a_percentile_is_the_duration_that_so_many_do_not_exceed() {
    Durations durations = new Durations();
    for (int i = 2_000; i > 0; i--) {
      durations.add(i);
    }

    assertThat(durations.percentile(50)).isEqualTo(1_000);
    assertThat(durations.percentile(99)).isEqualTo(1_980);
    assertThat(durations.percentile(100)).isEqualTo(2_000);
  }

  @Test
  void memory_is_the_most_that_was_seen_of_each_kind() {
    MemoryWatch watch = new MemoryWatch();
    watch.look(List.of("VmRSS:\t 9 kB", "RssAnon:\t  2048 kB", "RssFile:\t  1024 kB"));
    watch.look(List.of("RssAnon:\t  1024 kB", "RssFile:\t  4096 kB"));
    watch.look(List.of());

    assertThat(watch.anonymousMib()).isEqualTo(2);
    assertThat(watch.fileMib()).isEqualTo(4);
  }

  @Test
  void figures_become_tables_and_lines() {
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
}
