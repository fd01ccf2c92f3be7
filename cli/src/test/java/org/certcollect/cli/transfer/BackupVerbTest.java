package org.certcollect.cli.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.stream.Stream;
import org.certcollect.cli.Cli;
import org.certcollect.cli.Cli.Run;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BackupVerbTest {
  private static final String INPUT =
      Lines.file(Lines.ACCOUNT, Lines.issued(5, Lines.whole("chain-3")));

  @TempDir private Path folder;

  @Test
  void copyIsTheStore() throws IOException {
    Cli cli = new Cli(folder.resolve("data"));
    assertThat(cli.run(INPUT, "import", "-").exit()).isZero();
    Path copy = Files.createDirectory(folder.resolve("copy")).resolve("certcollect.sqlite");

    Run run = cli.run("", "backup", copy.toString());

    assertThat(run.exit()).as(run.err()).isZero();
    assertThat(run.out()).contains("holds 1 order and 1 account; the copy was verified");
    assertThat(new Cli(folder.resolve("copy")).run("export").out())
        .isEqualTo(cli.run("export").out());
  }

  @Test
  void fileThatIsThereIsReplacedByForceAlone() throws IOException {
    Cli cli = new Cli(folder.resolve("data"));
    assertThat(cli.run(INPUT, "import", "-").exit()).isZero();
    Path copy = Files.writeString(folder.resolve("copy.sqlite"), "precious");

    assertThat(cli.run("", "backup", copy.toString()).err()).contains("replace it with --force");
    assertThat(copy).hasContent("precious");
    assertThat(cli.run("", "backup", copy.toString(), "--force", "--json").fields())
        .containsEntry("orders", "1");
    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files.map(Path::getFileName).map(Path::toString))
          .containsExactlyInAnyOrder("data", "copy.sqlite");
    }
  }

  /** Broke once: the link was replaced, and its target stayed old. */
  @Test
  void linkIsKeptAndItsTargetReplaced() throws IOException {
    Cli cli = new Cli(folder.resolve("data"));
    assertThat(cli.run(INPUT, "import", "-").exit()).isZero();
    Path elsewhere = Files.createDirectory(folder.resolve("elsewhere"));
    Path target = Files.writeString(elsewhere.resolve("copy.sqlite"), "old");
    Path link = Files.createSymbolicLink(folder.resolve("link"), target);

    assertThat(cli.run("", "backup", link.toString(), "--force").exit()).isZero();

    assertThat(link).isSymbolicLink();
    assertThat(Files.size(target)).isGreaterThan(1000);
    Path own =
        Files.createSymbolicLink(
            folder.resolve("own"), cli.data().resolve("certcollect.sqlite-wal"));
    assertThat(cli.run("", "backup", own.toString(), "--force").err())
        .contains("one of certcollect's own files");
  }

  @Test
  void storeIsNotReplacedByItsOwnCopy() throws IOException {
    Cli cli = new Cli(folder.resolve("data"));
    assertThat(cli.run(INPUT, "import", "-").exit()).isZero();
    Path store = cli.data().resolve("certcollect.sqlite");
    Object before = Files.readAttributes(store, BasicFileAttributes.class).fileKey();

    for (Path target :
        List.of(
            store,
            Files.createSymbolicLink(folder.resolve("soft"), store),
            Files.createLink(folder.resolve("hard"), store),
            Files.createSymbolicLink(folder.resolve("folder"), cli.data())
                .resolve("certcollect.sqlite-wal"))) {
      Run run = cli.run("", "backup", "--force", target.toString());
      assertThat(run.err()).contains(target + " is one of certcollect's own files");
      assertThat(run.exit()).isEqualTo(1);
    }
    assertThat(Files.readAttributes(store, BasicFileAttributes.class).fileKey()).isEqualTo(before);
    assertThat(cli.run("order show 5").exit()).isZero();
  }

  @Test
  void postgresqlIsRefusedWithTheWayToDoIt() {
    Cli cli =
        new Cli(folder)
            .with("CERTCOLLECT_STORE_URL", "jdbc:postgresql://127.0.0.1:1/none")
            .with("CERTCOLLECT_STORE_USER", "nobody");
    Run run = cli.run("", "backup", folder.resolve("copy").toString());
    assertThat(run.err()).contains("pg_dump");
    assertThat(run.exit()).isEqualTo(1);
  }

  /** Broke once: a copy was made before its record, and one that failed had none. */
  @Test
  void aCopyThatFailsWasRecordedBefore() throws IOException {
    Cli cli = new Cli(folder.resolve("data"));
    assertThat(cli.run(INPUT, "import", "-").exit()).isZero();
    Files.writeString(cli.data().resolve("certcollect.sqlite"), "damaged");
    Path copy = folder.resolve("copy.sqlite");

    assertThat(cli.run("backup " + copy).exit()).isEqualTo(3);

    assertThat(copy).doesNotExist();
    assertThat(cli.run("audit show").out())
        .contains("store.backup actor=cli:tester detail=\"to " + copy + "\"")
        .doesNotContain("store.backup.done");
  }

  @Test
  void withoutAStoreThereIsNothingToCopy() {
    assertThat(new Cli(folder.resolve("none")).run("backup copy.sqlite").exit()).isEqualTo(3);
  }
}
