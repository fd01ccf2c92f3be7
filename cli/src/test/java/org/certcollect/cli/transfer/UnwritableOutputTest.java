package org.certcollect.cli.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.channels.Pipe;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.certcollect.cli.Cli;
import org.certcollect.cli.Cli.Run;
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

  /** The links of /proc to pipes, as that of /dev/stdout, have targets that are no files. */
  @Test
  void pipeOfTheProcessCanBeWritten() throws IOException {
    Pipe pipe = Pipe.open();
    try (var source = pipe.source();
        var sink = pipe.sink();
        Stream<Path> files = Files.list(Path.of("/proc/self/fd"))) {
      assertThat(source.isOpen() && sink.isOpen()).isTrue();
      Path rejects = files.filter(UnwritableOutputTest::isPipe).findFirst().orElseThrow();
      Run run = cli.run(Lines.file(Lines.ACCOUNT), "import", "-", "--rejects", rejects.toString());
      assertThat(run.exit()).as(run.err()).isZero();
    }
  }

  private static boolean isPipe(Path file) {
    try {
      return Files.readSymbolicLink(file).toString().startsWith("pipe:");
    } catch (IOException e) {
      return false;
    }
  }
}
