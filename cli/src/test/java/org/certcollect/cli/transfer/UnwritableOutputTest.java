package org.certcollect.cli.transfer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.channels.Pipe;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.certcollect.cli.Cli;
import org.certcollect.cli.Cli.Run;
import org.certcollect.cli.verb.OutputFiles;
import org.certcollect.store.jdbc.postgres.PostgresConfig;
import org.certcollect.store.testing.Postgres;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Output files that cannot be written are refused before any work, with the true reason. */
class UnwritableOutputTest {
  @TempDir private Path folder;
  private Cli cli;

  @BeforeEach
  void chooseFolder() {
    cli = new Cli(folder.resolve("data"));
  }

  /** A store was made first, and /proc was said not to exist. */
  @ParameterizedTest
  @CsvSource({
    "no/x, 'the folder FOLDER/no does not exist; create it, or name another file'",
    ".., it is a folder; name another file",
    "file/x, FOLDER/file is not a folder; name another file",
    "/proc/x, no file can be made in /proc; name another file",
    "/dev/full/x, /dev/full is not a folder; name another file",
  })
  void rejectsThatCannotBeWrittenMakeNoStore(String name, String reason) throws IOException {
    Path rejects = Files.createFile(folder.resolve("file")).resolveSibling(name);

    Run run = cli.run(Lines.file("no"), "import", "-", "--rejects", rejects.toString());

    assertThat(run.err())
        .isEqualTo(
            "certcollect: %s cannot be written: %s\n"
                .formatted(rejects, reason.replace("FOLDER", folder.toString())));
    assertThat(run.exit()).isEqualTo(1);
    assertThat(folder).isDirectoryNotContaining(file -> !file.endsWith("file"));
  }

  /** Broke once: a folder that could not be looked at was said to be none. */
  @Test
  void folderThatCannotBeLookedAtIsNotCalledAFile() throws IOException {
    Path loop = folder.resolve("loop");
    Files.createSymbolicLink(loop, loop);
    Path file = loop.resolve("x");
    IOException cause = catchThrowableOfType(IOException.class, () -> Files.createFile(file));
    assertThat(OutputFiles.unwritable(file, cause).getMessage())
        .startsWith(file + " cannot be written: Too many levels of symbolic links")
        .endsWith("; name another file");
  }

  @Test
  void nameThatIsTooLongMakesNoStore() {
    Path rejects = folder.resolve("x".repeat(300));
    Run run = cli.run(Lines.file("no"), "import", "-", "--rejects", rejects.toString());
    assertThat(run.err()).endsWith("cannot be written: File name too long; name another file\n");
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void emptyNameIsCalledEmpty() {
    for (List<String> verb :
        List.of(List.of("import", "-", "--rejects", ""), List.of("export", "-o", ""))) {
      Run run = cli.run(Lines.file("no"), verb.toArray(String[]::new));
      assertThat(run.err())
          .isEqualTo(
              "certcollect: the name of the output file is empty, perhaps because a variable of"
                  + " the shell is not set: name a file\n");
      assertThat(run.exit()).isEqualTo(2);
    }
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void exportIntoProcNamesTheReason() {
    assertThat(cli.run(Lines.file(Lines.ACCOUNT), "import", "-").exit()).isZero();
    assertThat(cli.run("export -o /proc/x").err())
        .isEqualTo(
            "certcollect: /proc/x cannot be written: no file can be made in /proc; name another"
                + " file\n");
  }

  @Test
  void rejectsMayGoIntoADataFolderThatTheImportMakes() {
    Path rejects = cli.data().resolve("rejects");
    cli.run(Lines.file("no"), "import", "-", "--rejects", rejects.toString());
    assertThat(rejects).content().startsWith("{\"line\":2,");
  }

  /** Broke once: the tables were made first, and then the folder of the rejects was missing. */
  @Test
  void rejectsMayNotGoIntoADataFolderThatNobodyMakes() throws SQLException {
    Path rejects = cli.data().resolve("rejects");
    PostgresConfig config = Postgres.empty();
    Cli postgres = new Cli(cli.data()).on(config);
    List<String> verb = List.of("import", "-", "--rejects", rejects.toString());
    assertThat(postgres.run(Lines.file("no"), verb.toArray(String[]::new)))
        .satisfies(run -> assertThat(run.exit()).isEqualTo(1))
        .satisfies(run -> assertThat(run.err()).isEqualTo(noFolder(rejects)));
    assertThat(Postgres.tables(config)).isEmpty();

    List<String> rehearsal = List.of("import", "-", "--dry-run", "--rejects", rejects.toString());
    assertThat(cli.run(Lines.file("no"), rehearsal.toArray(String[]::new)))
        .satisfies(run -> assertThat(run.exit()).isEqualTo(1))
        .satisfies(run -> assertThat(run.err()).isEqualTo(noFolder(rejects)));
    assertThat(cli.run("export -o " + rejects).err()).isEqualTo(noFolder(rejects));
    assertThat(folder).isEmptyDirectory();
  }

  private static String noFolder(Path file) {
    return "certcollect: %s cannot be written: the folder %s does not exist; create it, or name"
            .formatted(file, file.getParent())
        + " another file\n";
  }

  /** The links of /proc to pipes, as that of /dev/stdout, have targets that are no files. */
  @Test
  void pipeOfTheProcessCanBeWritten() throws IOException {
    Map<Path, Path> before = descriptors();
    Pipe pipe = Pipe.open();
    try (var source = pipe.source();
        var sink = pipe.sink()) {
      assertThat(source.isOpen() && sink.isOpen()).isTrue();
      Path rejects = newPipe(before);
      Run run = cli.run(Lines.file(Lines.ACCOUNT), "import", "-", "--rejects", rejects.toString());
      assertThat(run.exit()).as(run.err()).isZero();
    }
  }

  /** The pipe that was not there before: another one may be the channel of the tests' runner. */
  private static Path newPipe(Map<Path, Path> before) throws IOException {
    return descriptors().entrySet().stream()
        .filter(entry -> entry.getValue().toString().startsWith("pipe:"))
        .filter(entry -> !before.containsValue(entry.getValue()))
        .map(Map.Entry::getKey)
        .findFirst()
        .orElseThrow();
  }

  private static Map<Path, Path> descriptors() throws IOException {
    Map<Path, Path> targets = new HashMap<>();
    try (Stream<Path> files = Files.list(Path.of("/proc/self/fd"))) {
      for (Path file : files.toList()) {
        try {
          targets.put(file, Files.readSymbolicLink(file));
        } catch (NoSuchFileException e) {
          // It has been closed, as that of the listing itself.
        }
      }
    }
    return targets;
  }
}
