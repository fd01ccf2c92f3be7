package org.certcollect.cli.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.certcollect.cli.Cli;
import org.certcollect.store.testing.Postgres;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** However much there is to move, it takes the memory that a little takes. */
@Tag("drill")
class ImportMemoryTest {
  private static final int ORDERS = 20_000;

  /** With so many bytes more in each order, the input alone is larger than the heap. */
  private static final int MORE = 4_000;

  private static final long HEAP = 80L << 20;

  @TempDir private Path folder;

  @Test
  void twentyThousandLargeOrdersGoInAndOutOfSqliteThroughASmallHeap() throws Exception {
    assertSmallHeapIsEnough(new Cli(folder.resolve("data")));
  }

  @Test
  void andOfPostgresql() throws Exception {
    assertSmallHeapIsEnough(new Cli(folder.resolve("data")).on(Postgres.empty()));
  }

  private void assertSmallHeapIsEnough(Cli cli) throws Exception {
    Path input = folder.resolve("input.jsonl");
    ManyOrders.write(input, ORDERS, MORE);
    assertThat(Files.size(input)).isGreaterThan(HEAP);
    Path output = folder.resolve("output.jsonl");

    run(cli, "import", input.toString());
    run(cli, "export", "-o", output.toString());

    try (var lines = Files.lines(output)) {
      assertThat(lines.filter(line -> line.startsWith("{\"type\":\"order\""))).hasSize(ORDERS);
    }
  }

  private void run(Cli cli, String... arguments) throws IOException, InterruptedException {
    Process process = Children.start(folder, "-Xmx" + HEAP, cli.environment(), arguments);
    try {
      assertThat(process.waitFor()).as(Files.readString(folder.resolve("out.txt"))).isZero();
    } finally {
      process.destroyForcibly();
    }
  }
}
