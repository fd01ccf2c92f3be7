package org.certcollect.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.certcollect.cli.ChildProcess;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DemoProcessTest {
  @TempDir private Path folder;
  private Path temporary;

  @BeforeEach
  void makeAFolder() throws IOException {
    temporary = Files.createDirectory(folder.resolve("tmp"));
  }

  @Test
  void each_printed_curl_line_works_in_a_shell_and_answers_as_it_says() throws Exception {
    assumeTrue(hasCurl(), "curl is not installed");
    try (ChildProcess demo = demo()) {
      demo.await("# plain HTTP with a password");
      demo.await("curl ");
      List<String> lines = demo.lines();
      for (int i = 1; i < lines.size(); i++) {
        if (lines.get(i).startsWith("curl ")) {
          String title = lines.get(i - 1);
          String expected = title.substring(title.lastIndexOf("-> ") + 3);
          assertThat(shell(lines.get(i)).lines().findFirst()).as(title).contains(expected);
        }
      }
      assertThat(lines.stream().filter(line -> line.startsWith("curl "))).hasSizeGreaterThan(30);
      assertThat(demo.terminate()).isZero();
      assertThat(demo.err()).contains("NO PRODUCTION SERVER").doesNotContain("Exception");
    }
    assertThat(temporary).isEmptyDirectory();
  }

  @Test
  void ctrl_c_leaves_nothing_behind_too() throws Exception {
    try (ChildProcess demo = demo("--json")) {
      assertThat(demo.await("{")).contains("\"answer\":-22", "\"command\":\"curl ");
      assertThat(demo.signal("INT")).isZero();
    }
    assertThat(temporary).isEmptyDirectory();
  }

  @Test
  void a_wrong_port_is_2_and_leaves_nothing_behind() throws Exception {
    try (ChildProcess demo = ChildProcess.start(temporary, "demo", "--http-port=many")) {
      assertThat(demo.waitFor()).isEqualTo(2);
      assertThat(demo.err()).contains("--http-port: http.port = many");
    }
    assertThat(temporary).isEmptyDirectory();
  }

  private ChildProcess demo(String... more) throws IOException {
    return ChildProcess.start(
        temporary,
        Stream.concat(Stream.of("demo", "--https-port=0", "--http-port=0"), Stream.of(more))
            .toArray(String[]::new));
  }

  private static boolean hasCurl() throws IOException, InterruptedException {
    return new ProcessBuilder("sh", "-c", "command -v curl").start().waitFor() == 0;
  }

  private static String shell(String line) throws IOException {
    Process process = new ProcessBuilder("sh", "-c", line).start();
    return new String(process.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
  }
}
