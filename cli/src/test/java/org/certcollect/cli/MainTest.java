package org.certcollect.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;

import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.OptionalInt;
import org.certcollect.cli.verb.ExitCode;
import org.certcollect.cli.verb.Surroundings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import picocli.CommandLine.Command;

class MainTest {
  @TempDir private Path folder;
  private final StringWriter err = new StringWriter();

  @Test
  void errorOfTheMachineIs70AndOneLine() {
    assertThat(guarded(false)).isEqualTo(70);
    assertThat(err.toString())
        .contains("OutOfMemoryError: Java heap space", "report", "--debug")
        .hasLineCount(1);
  }

  @Test
  void errorOfTheMachineIsShownWholeWithDebug() {
    assertThat(guarded(true)).isEqualTo(70);
    assertThat(err.toString()).contains("\tat org.certcollect");
  }

  @Test
  void verbPrintsNothingThatALibraryLogs() throws Exception {
    Path missing = folder.resolve("missing");
    try (ChildProcess verb =
        ChildProcess.start(missing, "account", "add", "acme", "--data=" + folder)) {
      assertThat(verb.waitFor()).isNotZero();
      // From JDK 24 on the JVM itself tells that the folder is missing.
      assertThat(verb.err().lines().filter(line -> !line.startsWith("WARNING: java.io.tmpdir")))
          .singleElement(STRING)
          .startsWith("certcollect: ");
    }
  }

  @Test
  void whatTheLocaleHasNoLettersForIsNotTaken() {
    assertThat(Main.areMutilated("account", "add", "l\uFFFD\uFFFDC")).isTrue();
    assertThat(Main.areMutilated("account", "add", "l\u00E4C", "")).isFalse();
  }

  @Test
  void resultThatIsLostIsNotDone() throws Exception {
    try (PrintWriter full = new PrintWriter("/dev/full", StandardCharsets.UTF_8)) {
      full.println("17");
      assertThat(Main.arrived(ExitCode.DONE, surroundings(full, false))).isEqualTo(1);
      assertThat(err.toString()).contains("disk is full").hasLineCount(1);
      assertThat(Main.arrived(ExitCode.STORE, surroundings(full, false))).isEqualTo(3);
    }
    PrintWriter whole = new PrintWriter(new StringWriter());
    assertThat(Main.arrived(ExitCode.DONE, surroundings(whole, false))).isEqualTo(0);
  }

  @Test
  void readerThatGoesAwayIsNoFaultThatIsTold() throws Exception {
    try (PrintWriter gone = new PrintWriter("/dev/full", StandardCharsets.UTF_8)) {
      gone.println("17");
      assertThat(Main.arrived(ExitCode.DONE, surroundings(gone, true))).isEqualTo(141);
    }
    assertThat(err.toString()).isEmpty();
  }

  @Test
  void widthOfTheTerminalIsReadFromTheLauncher() {
    assertThat(Main.columns("80")).hasValue(80);
    for (String none : new String[] {"", "0", "7", "-80", "wide", "800000000000"}) {
      assertThat(Main.columns(none)).as(none).isEmpty();
    }
  }

  private Surroundings surroundings(PrintWriter out, boolean pipe) {
    return new Surroundings(
        Map.of(),
        InputStream.nullInputStream(),
        out,
        new PrintWriter(err, true),
        OutputStream.nullOutputStream(),
        false,
        false,
        OptionalInt.empty(),
        pipe,
        Clock.systemUTC(),
        "tester",
        "certcollect");
  }

  private int guarded(boolean debug) {
    PrintWriter writer = new PrintWriter(err);
    return Main.guarded(() -> new CommandLine(new Breaking()).execute(), writer, debug);
  }

  @Command
  private static final class Breaking implements Runnable {
    @Override
    public void run() {
      throw new OutOfMemoryError("Java heap space");
    }
  }
}
