package org.certcollect.cli.order;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.certcollect.cli.Cli;
import org.certcollect.cli.Cli.Run;
import org.certcollect.protocol.fixtures.Fixtures;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The verbs with which an operator keeps orders. */
class OrderHandlingTest {
  @TempDir private Path folder;
  private Cli cli;

  @BeforeEach
  void issueAnOrder() throws IOException {
    cli = new Cli(folder.resolve("data"));
    Path certificate = Files.write(folder.resolve("c.pem"), Fixtures.bytes("chain-3.pem"));
    cli.done("account add acme --ssl --ccc");
    cli.done("order add --account acme --product ssl --number 5 --paid");
    cli.done("order issue 5 --certificate " + certificate);
  }

  @Test
  void holdIsShownUntilTheRelease() {
    Run held = cli.run("", "order", "hold", "5", "--reason", "wrong name");
    assertThat(held.out()).isEqualTo("order 5 is held\n");
    assertThat(cli.run("order show 5 --json").field("heldSince")).startsWith("20");
    assertThat(cli.run("order show 5").out()).contains("held since", "order.hold", "wrong name");

    assertThat(cli.run("order release 5").out()).isEqualTo("order 5 is not held\n");
    assertThat(cli.run("order release 5 --json").fields()).containsEntry("heldSince", "null");
  }

  @Test
  void remarksAreSetAndRemovedOneByOne() {
    Run set = cli.run("", "order", "note", "5", "--reference", "T-1", "--note", "call them");
    assertThat(set.out()).isEqualTo("order 5 has these remarks now\n");
    assertThat(cli.run("", "order", "note", "5", "--note", "", "--json").fields())
        .containsEntry("reference", "T-1")
        .containsEntry("note", "null");
    assertThat(cli.run("order note 5").exit()).isEqualTo(2);
    Run tooLong = cli.run("", "order", "note", "5", "--reference", "x".repeat(129));
    assertThat(tooLong.err()).isEqualTo("certcollect: reference must have 1 to 128 characters\n");
    assertThat(tooLong.exit()).isEqualTo(1);
  }
}
