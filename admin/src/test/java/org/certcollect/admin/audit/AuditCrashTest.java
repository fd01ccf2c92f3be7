package org.certcollect.admin.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import org.certcollect.admin.DataFolder;
import org.certcollect.admin.audit.AuditVerifier.AuditReport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A test that kills a process that writes records, again and again. Every record that it
 * acknowledged must be there. {@code -Dcrash.cycles=1000} does it more often than the build.
 */
@Tag("drill")
class AuditCrashTest {
  private static final int CYCLES = Integer.getInteger("crash.cycles", 16) / 4;
  private static final int MAX_RECORDS = 3_000;

  @TempDir private Path data;

  /** A program that writes records until it is killed, and prints the number of each. */
  static final class Writer {
    private Writer() {}

    public static void main(String[] arguments) {
      // A file of few records, so that some are killed as another file begins.
      AuditConfig config =
          new AuditConfig("alpha", 1 << 14, Duration.ofSeconds(1), Duration.ofMinutes(1));
      try (AuditLog log =
          AuditFolder.in(new DataFolder(Path.of(arguments[0])))
              .openForServer(config, Clock.systemUTC())) {
        for (long number = Long.parseLong(arguments[1]); ; number++) {
          log.append(List.of(new AuditEntry("collect").with("order", number)));
          System.out.println(number + " .");
          if (number % 100 == 0) {
            var unused = log.signHead();
          }
        }
      }
    }
  }

  @Test
  void nothingAcknowledgedIsMissingAfterAKill() throws Exception {
    Random random = new Random(20261128);
    long last = 0;
    for (int cycle = 0; cycle < CYCLES; cycle++) {
      last = writeAndKill(last + 1, 1 + random.nextInt(MAX_RECORDS));
      AuditFolder folder = AuditFolder.in(new DataFolder(data));
      // A server that starts repairs a line that was cut off.
      folder.openForServer(AuditConfig.of("alpha"), Clock.systemUTC()).close();
      AuditReport report = AuditVerifier.verify(folder, "alpha", List.of(), false);
      assertThat(report.problems()).as("cycle %d", cycle).isEmpty();
      assertThat(report.records() - report.repairs().size())
          .as("those that were acknowledged, and at most one more in each cycle")
          .isBetween(last - cycle, last + cycle + 1);
      assertThat(there(folder, last)).as("record %d", last).isTrue();
    }
  }

  private static boolean there(AuditFolder folder, long order) {
    AuditReader.AuditFilter all =
        new AuditReader.AuditFilter(
            OptionalLong.of(order), Optional.empty(), Optional.empty(), false);
    try (AuditReader reader = new AuditReader(folder, all)) {
      return reader.next().isPresent();
    }
  }

  /** Returns the last number that the process printed. */
  private long writeAndKill(long first, int records) throws Exception {
    Process writer =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                Writer.class.getName(),
                data.toString(),
                Long.toString(first))
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    long last = 0;
    try (BufferedReader lines = writer.inputReader(StandardCharsets.US_ASCII)) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (line.endsWith(" .")) {
          last = Long.parseLong(line.substring(0, line.length() - 2));
        }
        if (last == first + records) {
          writer.toHandle().destroyForcibly();
        }
      }
    } finally {
      writer.destroyForcibly().waitFor();
    }
    assertThat(last).isGreaterThanOrEqualTo(first + records);
    return last;
  }
}
