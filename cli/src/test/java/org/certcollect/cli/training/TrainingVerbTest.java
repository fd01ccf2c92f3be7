package org.certcollect.cli.training;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.certcollect.cli.Cli;
import org.certcollect.cli.verb.ExitCode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The run that the archive of classes is made from. */
class TrainingVerbTest {
  @TempDir private Path folder;

  @Test
  void itServesAndRunsVerbsWithoutTouchingTheOperatorsStore() {
    Cli cli = new Cli(folder.resolve("data"));
    Cli.Run run = cli.run("archive-classes --time=1s");
    assertThat(run.err()).isEmpty();
    assertThat(run.out()).isEmpty();
    assertThat(run.exit()).isZero();
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void aPartOfTheWorkLeavesNothingEither() {
    Cli cli = new Cli(folder.resolve("data"));
    for (String part : List.of("server", "verbs")) {
      assertThat(cli.run("archive-classes --time=100ms --of=" + part).exit()).isZero();
    }
    assertThat(folder).isEmptyDirectory();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " --of=arguments"})
  void noTimeIsRefused(String part) {
    Cli.Run run = new Cli(folder.resolve("data")).run("archive-classes --time=0s" + part);
    assertThat(run.err()).contains("--time must be more than 0s");
    assertThat(run.exit()).isEqualTo(ExitCode.USAGE);
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  @Timeout(60)
  void argumentsAreCheckedWithoutTheWork() {
    Cli cli = new Cli(folder.resolve("data"));
    assertThat(cli.run("archive-classes --time=1h --of=arguments").exit()).isZero();
  }

  @Test
  void helpShowsIt() {
    Cli cli = new Cli(folder);
    assertThat(cli.run("--help").out()).contains("archive-classes  Make the archives of classes");
    assertThat(cli.run("archive-classes --help").out())
        .contains("archives of classes")
        .doesNotContain("--of");
  }
}
