package org.certcollect.cli.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.certcollect.cli.bench.Generate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** However much there is to move, it takes the memory that a little takes. */
class ImportMemoryTest {
  private static final int ORDERS = 100_000;

  @TempDir private Path folder;

  /** The input alone is four times the heap, the store more than twice. */
  @Test
  void a_hundred_thousand_orders_go_in_and_out_through_a_small_heap() throws Exception {
    Path input = folder.resolve("input.jsonl");
    try (OutputStream out = Files.newOutputStream(input)) {
      Generate.write(out, ORDERS, 1, 256);
    }
    Path output = folder.resolve("output.jsonl");

    run("import", input.toString());
    run("export", "-o", output.toString());

    try (var lines = Files.lines(output)) {
      assertThat(lines.filter(line -> line.startsWith("{\"type\":\"order\""))).hasSize(ORDERS);
    }
  }

  private void run(String... arguments) throws IOException, InterruptedException {
    String[] all = new String[arguments.length + 2];
    all[0] = "--data";
    all[1] = folder.resolve("data").toString();
    System.arraycopy(arguments, 0, all, 2, arguments.length);
    Process process = Children.start(folder, "-Xmx80m", all);
    try {
      assertThat(process.waitFor()).as(Files.readString(folder.resolve("out.txt"))).isZero();
    } finally {
      process.destroyForcibly();
    }
  }
}
