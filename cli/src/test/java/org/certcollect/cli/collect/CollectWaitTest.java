package org.certcollect.cli.collect;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicBoolean;
import org.certcollect.cli.Cli;
import org.certcollect.cli.Cli.Run;
import org.certcollect.protocol.fixtures.Fixtures;
import org.certcollect.protocol.format.Der;
import org.certcollect.protocol.format.PemEncoder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The verb waits for an order of a real server. */
@Timeout(120)
class CollectWaitTest {
  @TempDir private Path folder;
  private ServedFolder served;

  @BeforeEach
  void start() {
    served = new ServedFolder(folder, "1.06");
    served.add(1, "ssl");
  }

  @AfterEach
  void stop() {
    served.close();
  }

  private static Run collect(Cli cli, String rest) {
    return cli.run("collect 1 --interval 10ms " + rest);
  }

  @Test
  void waitEndsWhenTheOrderIsIssued() {
    AtomicBoolean issued = new AtomicBoolean();
    Cli cli =
        new Cli(folder.resolve("data"))
            .when(
                "asking again",
                () -> {
                  if (issued.compareAndSet(false, true)) {
                    served.issue(1, "chain-3");
                  }
                });

    Run run = collect(cli, "--wait --max-wait 1m " + served.account());

    assertThat(run.exit()).as(run.err()).isZero();
    assertThat(issued).isTrue();
    assertThat(run.out())
        .isEqualTo(
            PemEncoder.certificates(Fixtures.chain("chain-3").stream().map(Der::of).toList()));
  }

  @Test
  void waitEndsAtItsMaximum() {
    Run run = collect(served.cli(), "--max-wait 50ms " + served.account());

    assertThat(run.exit()).isEqualTo(75);
    assertThat(run.err())
        .contains("order 1 has no certificate yet; asking again", "try again later")
        .doesNotContain("--wait");
  }

  @Test
  void waitForAFailingServerDoesNotSayThatTheOrderIsBeingProcessed() {
    served.closeStore();

    Run run = collect(served.cli(), "--max-wait 50ms " + served.account());

    assertThat(run.exit()).isEqualTo(3);
    assertThat(run.err()).contains("asking again", "-14").doesNotContain("being processed");
  }
}
