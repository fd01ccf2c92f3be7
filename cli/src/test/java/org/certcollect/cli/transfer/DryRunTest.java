package org.certcollect.cli.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import org.certcollect.cli.Cli;
import org.certcollect.cli.Cli.Run;
import org.certcollect.store.jdbc.postgres.PostgresConfig;
import org.certcollect.store.testing.Postgres;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DryRunTest {
  private static final String FIRST =
      Lines.file(Lines.ACCOUNT, Lines.issued(5, Lines.whole("chain-3")));
  private static final String SECOND =
      Lines.file(
          Lines.ca("chain-4", 1),
          Lines.ACCOUNT,
          Lines.ACCOUNT.replace("demo", "new"),
          Lines.issued(5, Lines.whole("chain-3")),
          Lines.order(6, "processing", "").replace("demo", "new"),
          Lines.order(7, "processing", "").replace("demo", "nobody"),
          Lines.issued(8, Lines.whole("chain-2").replace("A", "B")),
          Lines.order(5, "rejected", ""));

  private static final String FOR_NONE =
      Lines.file(
          Lines.ACCOUNT,
          Lines.issued(5, Lines.whole("chain-3")),
          Lines.order(7, "processing", "").replace("demo", "nobody"),
          Lines.order(8, "processing", ",\"code\":\"ABCDEFGH23456789\"").replace("ssl", "ccc"));

  /** The line that a real import and a dry run word differently. */
  private static final String NEW_STORE = "There (is|was) no store in .*\n";

  @TempDir private Path folder;

  @Test
  void dryRunSaysWhatWouldComeAndChangesNothing() {
    Cli cli = new Cli(folder);
    assertThat(cli.run(FIRST, "import", "-").exit()).isZero();
    String before = cli.run("export").out();

    Run dry = cli.run(SECOND, "import", "-", "--dry-run", "--json");

    assertThat(dry.exit()).isEqualTo(1);
    assertThat(dry.fields())
        .containsEntry("imported", "3")
        .containsEntry("skipped", "2")
        .containsEntry("rejected", "3");
    assertThat(cli.run("export").out()).isEqualTo(before);

    Run real = cli.run(SECOND, "import", "-", "--json");
    assertThat(real.fields()).isEqualTo(dry.fields());
    assertThat(real.err()).isEqualTo(dry.err());
  }

  @Test
  void dryRunWithCodesMakesNoKey() throws IOException {
    Cli cli = new Cli(folder);
    assertThat(cli.run(Lines.file(Lines.ACCOUNT), "import", "-").exit()).isZero();
    String client =
        Lines.order(6, "processing", ",\"code\":\"K7MPQ2RSTUVW9XYZ\"").replace("ssl", "ccc");

    Run dry = cli.run(Lines.file(client), "import", "-", "--dry-run", "--json");

    assertThat(dry.fields()).containsEntry("imported", "1");
    assertThat(folder.resolve("collection-codes.key")).doesNotExist();

    assertThat(cli.run(Lines.file(client), "import", "-").exit()).isZero();
    dry = cli.run(Lines.file(client), "import", "-", "--dry-run", "--json");
    assertThat(dry.fields()).containsEntry("skipped", "1");
  }

  @Test
  void withoutTheKeyOfTheCodesTheImportEndsAndNoLineIsBlamed() throws IOException {
    Cli cli = new Cli(folder);
    String client =
        Lines.order(6, "processing", ",\"code\":\"K7MPQ2RSTUVW9XYZ\"").replace("ssl", "ccc");
    assertThat(cli.run(Lines.file(Lines.ACCOUNT, client), "import", "-").exit()).isZero();
    Files.delete(folder.resolve("collection-codes.key"));

    Run run = cli.run(Lines.file(client), "import", "-");

    assertThat(run.exit()).isEqualTo(3);
    assertThat(run.err()).contains("collection-codes.key is missing").doesNotContain("Rejected");
  }

  @Test
  void whereThereIsNoStoreADryRunSaysWhatWouldComeAndMakesNone() {
    Cli cli = new Cli(folder.resolve("none"));
    Run dry = dryRunWithoutStore(cli);
    assertThat(cli.data()).doesNotExist();
    assertTells(cli, dry);
  }

  @Test
  void onPostgresqlTooItSaysWhatWouldComeAndMakesNone() throws SQLException {
    PostgresConfig config = Postgres.empty();
    Cli cli = new Cli(folder.resolve("none")).on(config);
    Run dry = dryRunWithoutStore(cli);
    assertThat(dry.err())
        .contains(
            "There is no store in %s: this dry run uses an empty one. If another database was meant,"
                    .formatted(config.name())
                + " correct store.url.");
    assertThat(cli.data()).doesNotExist();
    assertThat(Postgres.tables(config)).isEmpty();
    assertTells(cli, dry);
  }

  private static Run dryRunWithoutStore(Cli cli) {
    Run dry = cli.run(FOR_NONE, "import", "-", "--dry-run", "--json");
    assertThat(dry.fields()).containsEntry("imported", "3").containsEntry("rejected", "1");
    return dry;
  }

  private static void assertTells(Cli cli, Run dry) {
    Run real = cli.run(FOR_NONE, "import", "-", "--json");
    assertThat(real.fields()).isEqualTo(dry.fields());
    assertThat(real.err().replaceFirst(NEW_STORE, ""))
        .isEqualTo(dry.err().replaceFirst(NEW_STORE, ""));
  }
}
