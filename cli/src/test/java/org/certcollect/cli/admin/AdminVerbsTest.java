package org.certcollect.cli.admin;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.certcollect.admin.Pem;
import org.certcollect.cli.Cli;
import org.certcollect.cli.Cli.Run;
import org.certcollect.protocol.fixtures.Fixtures;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AdminVerbsTest {
  @TempDir private Path folder;
  private Cli cli;

  @BeforeEach
  void useAnEmptyFolder() {
    cli = new Cli(folder.resolve("data"));
  }

  private void makeStore() {
    assertThat(cli.run("account add acme --ssl").exit()).isZero();
  }

  @Test
  void aTokenForAStoreThatIsNotThereIsRefused() {
    Run refused = cli.run("admin token add hook --scope orders");

    assertThat(refused.exit()).isEqualTo(3);
    assertThat(refused.err()).contains("--data");
    assertThat(folder.resolve("data")).doesNotExist();
  }

  @Test
  void aTokenIsPrintedOnceAndThenRemoved() {
    makeStore();
    Run added = cli.run("admin token add hook --scope orders --scope read --expires 30d");

    assertThat(added.exit()).isZero();
    String token = added.after("token");
    assertThat(token).matches("cctok_[A-Za-z0-9_-]{43}");
    Run listed = cli.run("admin token list");
    assertThat(listed.out()).contains("hook", "read", "orders").doesNotContain(token);
    assertThat(cli.run("admin client list").out()).isEmpty();

    assertThat(cli.run("admin token remove hook").exit()).isZero();
    assertThat(cli.run("admin token list").out()).isEmpty();
    assertThat(cli.run("admin token remove hook").exit()).isEqualTo(1);
    assertThat(cli.run("admin token add hook --scope read").exit()).isEqualTo(1);
  }

  @Test
  void aClientIsKnownByItsCertificate() throws Exception {
    makeStore();
    Path file = folder.resolve("client.pem");
    Files.writeString(file, Pem.certificate(Fixtures.certificates("chain-3").get(0).getEncoded()));

    Run added = cli.run("admin client add monitor --scope read --certificate " + file);

    assertThat(added.exit()).isZero();
    assertThat(cli.run("admin client list --json").field("name")).isEqualTo("monitor");
    assertThat(cli.run("admin client remove monitor").exit()).isZero();
  }

  @Test
  void wrongOptionsAreNamed() {
    assertThat(cli.run("admin token add hook").err()).contains("--scope");
    assertThat(cli.run("admin token add hook --scope all").err())
        .contains("read, orders, accounts, server, prune");
    assertThat(cli.run("admin token add hook --scope read --expires 9999d").err())
        .contains("3660d");
  }
}
