package org.certcollect.cli.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.SQLException;
import java.util.concurrent.TimeUnit;
import org.certcollect.cli.Cli;
import org.certcollect.cli.Cli.Run;
import org.certcollect.store.jdbc.postgres.PostgresConfig;
import org.certcollect.store.testing.Postgres;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A database that cannot be opened is told at once, whatever it is to be opened for. */
@Timeout(value = 30, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
@Tag("drill")
class StoresTest {
  @TempDir private Path folder;

  /** Before the tests, whose time it must not take. */
  @BeforeAll
  static void startPostgres() {
    assertThat(Postgres.server().host()).isNotEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"account list", "export", "import -"})
  void whereNothingListens(String verb) {
    Run run = run("jdbc:postgresql://127.0.0.1:1/none", "nobody", "none", verb);
    assertThat(run.err()).contains("127.0.0.1:1/none: it cannot be reached");
    assertThat(run.exit()).isEqualTo(3);
  }

  @ParameterizedTest
  @ValueSource(strings = {"export", "import - --dry-run"})
  void whereThePasswordIsWrong(String verb) {
    PostgresConfig config = Postgres.empty();
    Run run = run(config.url(), config.user(), "wrong", verb);
    assertThat(run.err()).contains("it refuses this user");
    assertThat(run.exit()).isEqualTo(3);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "account list",
        "order list",
        "export",
        "order pay 7",
        "account disable demo --yes"
      })
  void whereThereIsNoStoreAVerbThatMakesNoneLeavesTheDatabaseEmpty(String verb)
      throws SQLException {
    PostgresConfig config = Postgres.empty();
    Run run = new Cli(folder).on(config).run(verb);
    assertThat(run.err()).contains("no store at postgresql://" + Postgres.server().host());
    assertThat(run.exit()).isEqualTo(3);
    assertThat(Postgres.tables(config)).isEmpty();
  }

  @Test
  void verbsHaveFewConnections() {
    PostgresConfig empty = Postgres.empty();
    PostgresConfig config = empty.with(10, empty.deadline());
    assertThat(Stores.first(config).poolSize()).isEqualTo(1);
    assertThat(Stores.unhurried(config).poolSize()).isEqualTo(3);
  }

  private Run run(String url, String user, String password, String verb) {
    return new Cli(folder)
        .with("CERTCOLLECT_STORE_URL", url)
        .with("CERTCOLLECT_STORE_USER", user)
        .with("CERTCOLLECT_STORE_PASSWORD", password)
        .with("CERTCOLLECT_STORE_DEADLINE", "1s")
        .run("{\"format\":\"certcollect\",\"version\":2}", verb.split(" "));
  }
}
