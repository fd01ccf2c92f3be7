package org.certcollect.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The temporary folder, from which native libraries are loaded. */
@Tag("drill")
class TemporaryFolderProcessTest {
  @TempDir private Path folder;
  private Path temporary;
  private String data;

  @BeforeEach
  void makeFolder() throws IOException {
    temporary = Files.createDirectory(folder.resolve("tmp"));
    data = "--data=" + folder.resolve("data");
  }

  /** Broke once: each left 1.1 MB of SQLite's library there for ever. */
  @Test
  void aKilledServerLeavesNothingThere() throws Exception {
    try (ChildProcess server = start("serve", "--init", "--https-port=0", "--http-port=0")) {
      server.await("https://");
      assertThat(temporary).isEmptyDirectory();
      server.kill();
    }
    assertThat(temporary).isEmptyDirectory();
  }

  @Test
  void aMissingFolderIsNamedWith2() throws Exception {
    temporary = folder.resolve("none");
    assertRefused("is missing, full or not writable by this user");
  }

  @Test
  void aFolderThatIsMountedNoexecIsNamedWith2() throws Exception {
    assertRefusedOn("noexec", "is mounted noexec");
  }

  @Test
  void aReadOnlyFolderIsNamedWith2() throws Exception {
    assertRefusedOn("ro", "is missing, full or not writable by this user");
  }

  @Test
  void aFullFolderIsNamedWith2() throws Exception {
    assertRefusedOn("size=64k", "is missing, full or not writable by this user");
  }

  private void assertRefusedOn(String mountOption, String problem) throws Exception {
    boolean mounted = run("mount", "-t", "tmpfs", "-o", mountOption, "tmpfs", temporary.toString());
    assumeTrue(mounted, "needs the right to mount a tmpfs (root, CAP_SYS_ADMIN)");
    try {
      assertRefused(problem);
    } finally {
      boolean unmounted = run("umount", temporary.toString());
      assertThat(unmounted).isTrue();
    }
  }

  /** For verbs that run a server or check its configuration, and for one of the others. */
  private void assertRefused(String problem) throws Exception {
    assertRefused(problem, "config", "check");
    assertRefused(problem, "serve");
    assertRefused(problem, "account", "add", "acme");
    // Broke once: a backup left the library to the driver, and was a fault of certcollect.
    new Cli(folder.resolve("data")).done("account add acme");
    assertRefused(problem, "backup", folder.resolve("copy.sqlite").toString());
  }

  private void assertRefused(String problem, String... arguments) throws Exception {
    try (ChildProcess child = start(arguments)) {
      assertThat(child.waitFor()).as(child.err()).isEqualTo(2);
      // Since Java 20 the JVM itself warns first of a folder that does not exist.
      assertThat(child.err().lines())
          .filteredOn(line -> !line.equals("WARNING: java.io.tmpdir directory does not exist"))
          .singleElement(STRING)
          .contains(temporary.toString(), problem, "-Djava.io.tmpdir");
    }
  }

  private ChildProcess start(String... arguments) throws IOException {
    String[] all = new String[arguments.length + 1];
    all[0] = data;
    System.arraycopy(arguments, 0, all, 1, arguments.length);
    return ChildProcess.start(temporary, all);
  }

  private static boolean run(String... command) throws IOException, InterruptedException {
    return new ProcessBuilder(command).start().waitFor() == 0;
  }
}
