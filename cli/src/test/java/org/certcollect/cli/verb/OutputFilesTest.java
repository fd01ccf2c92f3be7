package org.certcollect.cli.verb;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OutputFilesTest {
  @TempDir private Path folder;

  /** A half-written file may hold the hashes of all passwords. */
  @Test
  void signalLeavesNothingThatIsNotWhole() throws Exception {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Endless.class.getName(),
                folder.resolve("all.jsonl").toString())
            .redirectErrorStream(true)
            .start();
    try {
      assertThat(process.inputReader().readLine()).isEqualTo("half");
      try (var files = Files.list(folder)) {
        assertThat(files).hasSize(1);
      }
      // Not the process's own destroy, which may close its streams.
      assertThat(process.toHandle().destroy()).isTrue();
      assertThat(process.waitFor()).isEqualTo(128 + 15);
    } finally {
      process.toHandle().destroyForcibly();
    }
    assertThat(folder).isEmptyDirectory();
  }

  /** Writes half a file, says so, and never ends. */
  static final class Endless {
    private Endless() {}

    public static void main(String[] arguments) {
      OutputFiles.ofOwner()
          .write(
              Map.of(
                  Path.of(arguments[0]),
                  out -> {
                    out.write('x');
                    System.out.println("half");
                    try {
                      new CountDownLatch(1).await();
                    } catch (InterruptedException e) {
                      Thread.currentThread().interrupt();
                    }
                  }));
    }
  }
}
