package org.certcollect.cli.transfer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.certcollect.store.contract.Samples.ALICE;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import org.certcollect.admin.DataFolder;
import org.certcollect.cli.Cli;
import org.certcollect.store.NewOrder;
import org.certcollect.store.Order;
import org.certcollect.store.Store;
import org.certcollect.store.contract.Samples;
import org.certcollect.store.domain.Product;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** While an import runs in one process, another goes on changing and reading the store. */
@Tag("drill")
class ImportBesideOthersTest {
  private static final int ORDERS = 30_000;
  private static final Duration GENEROUS = Duration.ofSeconds(5);

  @TempDir private Path folder;

  @Test
  void otherWritersGetTheirTurnAndLoseNothing() throws Exception {
    Path input = folder.resolve("input.jsonl");
    ManyOrders.write(input, ORDERS);
    Cli cli = new Cli(folder.resolve("data"));
    cli.done("account add demo --ssl");
    Process process =
        Children.start(folder, "-Xmx256m", "--data", cli.data().toString(), "import", "" + input);
    int made = 0;
    Duration longest = Duration.ZERO;
    try (Store store = new DataFolder(cli.data()).openExisting(Clock.systemUTC())) {
      while (process.isAlive()) {
        long start = System.nanoTime();
        Order order =
            store
                .orders()
                .add(
                    new NewOrder(
                        "demo",
                        Product.SSL,
                        OptionalLong.of(made + 1L),
                        true,
                        Optional.empty(),
                        Optional.empty()),
                    ALICE);
        Order issued = store.orders().issue(order.number(), Samples.chain("chain-3"), ALICE);
        Duration took = Duration.ofNanos(System.nanoTime() - start);
        longest = took.compareTo(longest) > 0 ? took : longest;
        assertThat(store.orders().find(order.number())).contains(issued);
        made++;
      }
    } finally {
      process.destroyForcibly();
    }
    assertThat(process.waitFor()).as(Files.readString(folder.resolve("out.txt"))).isZero();
    assertThat(longest).isLessThan(GENEROUS);
    assertThat(made).isGreaterThan(10);
    long orders =
        cli.run("export").lines().stream().filter(l -> l.startsWith("{\"type\":\"order\"")).count();
    assertThat(orders).isEqualTo(ORDERS + made);
  }
}
