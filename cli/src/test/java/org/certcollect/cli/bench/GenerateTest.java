package org.certcollect.cli.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.certcollect.cli.Cli;
import org.certcollect.cli.Cli.Run;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GenerateTest {
  @TempDir private Path folder;

  @Test
  void one_seed_gives_the_same_bytes_and_another_others() throws IOException {
    assertThat(generated(200, 5)).isEqualTo(generated(200, 5)).isNotEqualTo(generated(200, 6));
  }

  @Test
  void wrong_arguments_are_told_apart() {
    for (String right : List.of("0", "20000000 7", "10 1 64", "10 1 4096")) {
      assertThat(Generate.areRight(right.split(" "))).as(right).isTrue();
    }
    for (String wrong :
        List.of("", "x", "-1", "20000001", "1 x", "10 1 0", "10 1 100", "10 1 1e3", "1 1 64 1")) {
      assertThat(Generate.areRight(wrong.split(" "))).as(wrong).isFalse();
    }
    assertThat(Generate.areRight()).isFalse();
  }

  @Test
  void more_orders_begin_with_the_fewer() throws IOException {
    assertThat(generated(300, 5)).startsWith(generated(200, 5));
  }

  @Test
  void all_that_is_generated_is_accepted_and_of_every_kind() throws IOException {
    Cli cli = new Cli(folder);
    Run run = cli.run(generated(1_000, 1), "import", "-");
    assertThat(run.err()).isEmpty();
    assertThat(run.exit()).isZero();
    for (String state :
        List.of("awaiting-payment", "processing", "issued", "revoked", "rejected")) {
      for (String product : List.of("ssl", "ccc")) {
        assertThat(cli.run("order list --state " + state + " --product " + product).lines())
            .as(state + " " + product)
            .hasSizeGreaterThan(1);
      }
    }
  }

  private static String generated(int orders, long seed) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    Generate.write(out, orders, seed, 128);
    return out.toString(StandardCharsets.US_ASCII);
  }
}
