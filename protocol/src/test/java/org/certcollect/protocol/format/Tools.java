package org.certcollect.protocol.format;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Runs the programs that judge our formats. */
final class Tools {
  private static final int LIMIT_SECONDS = 60;

  private Tools() {}

  /**
   * Runs a program and returns its standard output and error together. The test fails unless the
   * program exits with 0. It is skipped if the program is missing.
   */
  static String run(Path folder, String program, String... arguments)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of(find(program)));
    command.addAll(Arrays.asList(arguments));
    Path output = Files.createTempFile(folder, "output", ".txt");
    Process process =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectInput(new File("/dev/null"))
            .redirectOutput(output.toFile())
            .start();
    boolean ended = process.waitFor(LIMIT_SECONDS, SECONDS);
    if (!ended) {
      process.destroyForcibly();
    }
    String printed = Files.readString(output, UTF_8);
    assertThat(ended).as("%s hangs: %s", command, printed).isTrue();
    assertThat(process.exitValue()).as("%s: %s", command, printed).isZero();
    return printed;
  }

  /** That of the JDK in use, or that on the path. */
  private static String find(String program) {
    Path ofJdk = Path.of(System.getProperty("java.home"), "bin", program);
    if (Files.isExecutable(ofJdk)) {
      return ofJdk.toString();
    }
    boolean there =
        Arrays.stream(System.getenv("PATH").split(File.pathSeparator))
            .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
    assumeTrue(there, program + " is missing; .ci/run installs it");
    return program;
  }
}
