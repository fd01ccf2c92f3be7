package org.certcollect.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.certcollect.cli.ChildProcess;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Tag("drill")
class DemoProcessTest {
  @TempDir private Path folder;
  private Path temporary;

  @BeforeEach
  void makeAFolder() throws IOException {
    temporary = Files.createDirectory(folder.resolve("tmp"));
  }

  @ParameterizedTest
  @CsvSource({"1.06, 39", "1.22, 42"})
  void everyRequestOfAllWorksInAShellAndAnswersAsItSays(String dialect, int commands)
      throws Exception {
    assumeTrue(hasCurl(), "curl is not installed");
    try (ChildProcess demo = demo("--all", "--dialect=" + dialect)) {
      demo.await("# plain HTTP with a password");
      demo.await("curl ");
      assertThat(answersAsSaid(demo.lines(), "")).isEqualTo(commands);
      assertThat(demo.terminate()).isZero();
      assertThat(demo.err()).contains("NOT FOR PRODUCTION").doesNotContain("Exception");
    }
    assertThat(temporary).isEmptyDirectory();
  }

  @Test
  void requestsOfTheFirstScreenWorkInAShellAndAnswerAsTheySay() throws Exception {
    assumeTrue(hasCurl(), "curl is not installed");
    try (ChildProcess demo = demo()) {
      demo.await("# an order that does not exist");
      demo.await("curl ");
      String variables =
          demo.lines().stream()
              .filter(line -> line.matches("[a-z]+=.*"))
              .collect(Collectors.joining("\n", "", "\n"));
      assertThat(answersAsSaid(demo.lines(), variables)).isEqualTo(4);
      assertThat(demo.terminate()).isZero();
    }
    assertThat(temporary).isEmptyDirectory();
  }

  @Test
  void interruptLeavesNothingBehind() throws Exception {
    try (ChildProcess demo = demo("--json")) {
      assertThat(demo.await("{")).contains("\"answer\":-22", "\"command\":\"curl ");
      assertThat(demo.signal("INT")).isZero();
      assertThat(demo.err())
          .as("nothing was reloaded")
          .containsOnlyOnce("Serving a TLS certificate")
          .doesNotContain("New connections get");
    }
    assertThat(temporary).isEmptyDirectory();
  }

  @Test
  void wrongPortIsExitCode2AndLeavesNothingBehind() throws Exception {
    try (ChildProcess demo = ChildProcess.start(temporary, "demo", "--http-port=many")) {
      assertThat(demo.waitFor()).isEqualTo(2);
      assertThat(demo.err()).contains("--http-port: http.port = many");
    }
    assertThat(temporary).isEmptyDirectory();
  }

  private ChildProcess demo(String... more) throws IOException {
    return ChildProcess.start(
        temporary,
        Stream.concat(
                Stream.of("demo", "--https-port=0", "--http-port=0", "--management-port=0"),
                Stream.of(more))
            .toArray(String[]::new));
  }

  /** Runs each command, compares its answer with the comment before it, and counts them. */
  private static int answersAsSaid(List<String> lines, String variables) throws IOException {
    int commands = 0;
    for (int i = 1; i < lines.size(); i++) {
      if (lines.get(i).startsWith("curl ")) {
        String title = lines.get(i - 1);
        String expected = title.substring(title.lastIndexOf("-> ") + 3);
        String answer = shell(variables + lines.get(i));
        assertThat(answer.lines().findFirst()).as(title).contains(expected);
        commands++;
      }
    }
    return commands;
  }

  private static boolean hasCurl() throws IOException, InterruptedException {
    return new ProcessBuilder("sh", "-c", "command -v curl").start().waitFor() == 0;
  }

  private static String shell(String line) throws IOException {
    Process process = new ProcessBuilder("sh", "-c", line).start();
    return new String(process.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
  }
}
