package org.certcollect.bench.generate;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The build before a program of the module runs, with a program in the place of Maven. */
class BenchBuildTest {
  private static final String ESCAPE = "\u001b";

  @TempDir private Path folder;

  /** Maven ends each module with the escape sequence of a reset, also where no terminal is. */
  @Test
  void buildWritesNoColours() throws Exception {
    assertThat(build("for a; do case $a in *outputFile=*) echo jars >\"${a#*=}\" ;; esac; done"))
        .startsWith("building the module bench")
        .endsWith("0 " + folder.resolve("bench/target/test-classes") + "\n")
        .doesNotContain(ESCAPE);
  }

  @Test
  void failedBuildTellsWhyAndEndsTheScript() throws Exception {
    assertThat(build("echo '[ERROR] no compiler'; exit 1"))
        .endsWith("...\n[ERROR] no compiler\n1")
        .doesNotContain(ESCAPE);
  }

  /** Builds, and returns what is written to both outputs, then the exit code and the class path. */
  private String build(String maven) throws IOException, InterruptedException {
    Path bench = Files.createDirectory(folder.resolve("bench"));
    for (String script : new String[] {"java.sh", "find-java.sh"}) {
      Files.copy(Path.of(script), bench.resolve(script));
    }
    Files.createFile(folder.resolve("pom.xml"));
    Path program = folder.resolve("mvn");
    Files.writeString(program, "#!/bin/sh\nprintf '\\033[1m\\033[0m'\n" + maven + "\n");
    Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
    ProcessBuilder builder =
        new ProcessBuilder(
            "sh",
            "-c",
            "root=$0; (set -eu; . \"$root/bench/java.sh\"; echo \"0 ${classpath%%:*}\") || printf"
                + " $?",
            folder.toString());
    builder.environment().merge("PATH", folder.toString(), (path, own) -> own + ":" + path);
    builder
        .environment()
        .put("CERTCOLLECT_JAVA", Path.of(System.getProperty("java.home"), "bin/java").toString());
    Process process = builder.redirectErrorStream(true).start();
    process.getOutputStream().close();
    String written = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    process.waitFor();
    return written;
  }
}
