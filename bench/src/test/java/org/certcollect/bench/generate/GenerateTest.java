package org.certcollect.bench.generate;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("drill")
class GenerateTest {
  @TempDir private Path folder;

  @Test
  void oneSeedGivesTheSameBytesAndAnotherSeedGivesOthers() throws IOException {
    assertThat(generated(200, 5)).isEqualTo(generated(200, 5)).isNotEqualTo(generated(200, 6));
  }

  @Test
  void wrongArgumentsAreRefused() {
    for (String right : List.of("0", "20000000 7", "10 1 64", "10 1 4096", "1 1 64 rsa-below-ec")) {
      assertThat(Generate.areValid(right.split(" "))).as(right).isTrue();
    }
    for (String wrong :
        List.of(
            "",
            "x",
            "-1",
            "20000001",
            "1 x",
            "10 1 0",
            "10 1 100",
            "10 1 1e3",
            "1 1 64 1",
            "1 1 64 mixed 1")) {
      assertThat(Generate.areValid(wrong.split(" "))).as(wrong).isFalse();
    }
    assertThat(Generate.areValid()).isFalse();
  }

  @Test
  void largerOutputBeginsWithTheSmallerOne() throws IOException {
    assertThat(generated(300, 5)).startsWith(generated(200, 5));
  }

  @Test
  void ordersWereCreatedInTheOrderOfTheirNumbers() throws IOException {
    List<String> times =
        Pattern.compile("\"created\":\"([^\"]*)\",\"changed\"")
            .matcher(generated(200, 5))
            .results()
            .map(match -> match.group(1))
            .toList();

    assertThat(times).hasSize(200).isSorted().doesNotHaveDuplicates();
  }

  @Test
  void importAcceptsEveryOrderAndAllKindsOccur() throws Exception {
    Path input = Files.writeString(folder.resolve("input.jsonl"), generated(1_000, 1));

    assertThat(certcollect("import", input.toString())).contains("rejected 0");

    List<String> orders = certcollect("order", "list", "--csv", "--limit", "1000").lines().toList();
    for (String state :
        List.of("awaiting-payment", "processing", "issued", "revoked", "rejected")) {
      for (String product : List.of("ssl", "ccc")) {
        assertThat(orders)
            .as(state + " " + product)
            .anyMatch(line -> line.contains(',' + product + ',') && line.contains(state));
      }
    }
  }

  /** Runs the command to its end and returns its standard output. */
  private String certcollect(String... arguments) throws Exception {
    List<String> command = new ArrayList<>();
    command.add(System.getProperty("java.home") + "/bin/java");
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.addAll(
        List.of("org.certcollect.cli.Main", "--data", folder.resolve("data").toString()));
    command.addAll(List.of(arguments));
    Path err = folder.resolve("err.txt");
    Process process = new ProcessBuilder(command).redirectError(err.toFile()).start();
    String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(printed + Files.readString(err)).isZero();
    return printed;
  }

  private static String generated(int orders, long seed) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    Generate.write(out, orders, seed, 128, KeyKinds.MIXED);
    return out.toString(StandardCharsets.US_ASCII);
  }
}
