package org.certcollect.cli.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import org.certcollect.admin.transfer.LineReader;
import org.certcollect.cli.Cli;
import org.certcollect.cli.Cli.Run;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Import of hostile files: bad lines are rejected, the others are taken, and memory holds out. */
class HostileInputTest {
  @TempDir private Path folder;

  @Test
  void jsonThatIsNestedTooDeeply() throws IOException {
    assertRejected("[".repeat(100_000), "it is not a JSON object");
    assertRejected("{\"a\":".repeat(100_000), "its JSON is too deep");
    assertRejected("{\"a\":" + "[".repeat(100_000), "its JSON is too deep");
  }

  @Test
  void jsonWithTooManyParts() throws IOException {
    assertRejected("{\"a\":[" + "1,".repeat(1_000_000) + "1]}", "too many or too long parts");
  }

  @Test
  void duplicateKeys() throws IOException {
    assertRejected(
        Lines.order(5, "processing", ",\"number\":6"), "the key \\\"number\\\" occurs twice");
  }

  @Test
  void numbersBeyondAllBounds() throws IOException {
    assertRejected("{\"number\":" + "9".repeat(100_000) + "}", "too long parts");
    assertRejected("{\"number\":" + "9".repeat(25) + "}", "a number is too large");
    assertRejected("{\"number\":1e999999999}", "a number is not an integer");
    assertRejected("{\"number\":NaN}", "it is not JSON");
  }

  @Test
  void textsThatNoDatabaseKeeps() throws IOException {
    for (String text : new String[] {"\\u0000", "\\ud800", "\\udc00\\ud800"}) {
      assertRejected(
          Lines.order(5, "rejected", ",\"reason\":\"" + text + "\""),
          "NUL or half of a surrogate pair");
    }
  }

  @Test
  void bytesThatAreNotUtf8() throws IOException {
    byte[] start = "{\"type\":\"".getBytes(StandardCharsets.US_ASCII);
    for (byte[] wrong :
        new byte[][] {{(byte) 0xC0, (byte) 0xAF}, {(byte) 0xED, (byte) 0xA0, (byte) 0x80}, {-1}}) {
      ByteArrayOutputStream line = new ByteArrayOutputStream();
      line.writeBytes(start);
      line.writeBytes(wrong);
      assertRejected(line.toByteArray(), "it is not UTF-8");
    }
  }

  @Test
  void binaryGarbage() throws IOException {
    Random random = new Random(20261123);
    for (int i = 0; i < 50; i++) {
      byte[] garbage = new byte[1 + random.nextInt(5_000)];
      random.nextBytes(garbage);
      for (int at = 0; at < garbage.length; at++) {
        garbage[at] = garbage[at] == '\n' ? 0 : garbage[at];
      }
      assertRejected(garbage, "it is not ");
    }
  }

  @Test
  void lineOf100Megabytes() throws IOException {
    Path file = folder.resolve("long.jsonl");
    byte[] part = new byte[1 << 20];
    Arrays.fill(part, (byte) 'x');
    try (OutputStream out = Files.newOutputStream(file)) {
      out.write(Lines.file(Lines.ACCOUNT).getBytes(StandardCharsets.UTF_8));
      for (int i = 0; i < 100; i++) {
        out.write(part);
      }
      out.write(("\n" + Lines.order(6, "processing", "")).getBytes(StandardCharsets.UTF_8));
    }
    Cli cli = new Cli(folder.resolve("data"));
    Run run = cli.run("", "import", file.toString());
    assertThat(run.err()).contains("Rejected: line 3: it has more than 16777216 bytes");
    assertThat(cli.run("order show 6").exit()).isZero();
  }

  @Test
  void lineWithoutEndTakesNoMemoryBeyondItsBound() throws IOException {
    byte[] endless = new byte[5_000_000];
    LineReader lines = new LineReader(new ByteArrayInputStream(endless), 1_000);
    LineReader.Line line = lines.next().orElseThrow();
    assertThat(line.tooLong()).isTrue();
    assertThat(line.content()).isEmpty();
    assertThat(lines.next()).isEmpty();
    assertThat(lines.bytes()).isEqualTo(endless.length);
  }

  private void assertRejected(String line, String reason) throws IOException {
    assertRejected(line.getBytes(StandardCharsets.UTF_8), reason);
  }

  private void assertRejected(byte[] line, String reason) throws IOException {
    Path file = folder.resolve("input.jsonl");
    try (OutputStream out = Files.newOutputStream(file)) {
      out.write(Lines.file(Lines.ACCOUNT).getBytes(StandardCharsets.UTF_8));
      out.write(line);
      out.write(("\n" + Lines.order(6, "processing", "") + "\n").getBytes(StandardCharsets.UTF_8));
    }
    Path rejects = folder.resolve("rejects.jsonl");
    Cli cli = new Cli(folder.resolve("data"));
    Run run = cli.run("", "import", file.toString(), "--rejects", rejects.toString(), "--force");
    assertThat(run.exit()).as(run.err()).isEqualTo(1);
    assertThat(Files.readString(rejects)).startsWith("{\"line\":3,").contains(reason);
    assertThat(cli.run("order show 6").exit()).isZero();
  }
}
