package org.certcollect.cli.push;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.certcollect.cli.Cli;
import org.certcollect.cli.Cli.Run;
import org.certcollect.cli.verb.ExitCode;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PushVerbsTest {
  private static final String PASSWORD = "KanariePassword";

  @TempDir private Path folder;
  private Cli cli;

  @BeforeEach
  void addAccount() {
    cli = new Cli(folder.resolve("data"));
    cli.done("account add acme --ssl");
  }

  /**
   * Broke once: {@code config check} found it valid, and {@code push test} was an internal error.
   */
  @Test
  void aFileWithoutACertificateIsAConfigurationError() throws IOException {
    cli.done("push set acme --url https://push.example.com/in");
    Path empty = Files.writeString(folder.resolve("push-ca.pem"), "no certificate\n");
    Files.writeString(
        folder.resolve("data/certcollect.properties"), "push.trusted-certificates = " + empty);
    for (String verb : List.of("config check", "push test acme")) {
      Run run = cli.run(verb);
      assertThat(run.exit()).as(verb).isEqualTo(ExitCode.USAGE);
      assertThat(run.err()).as(verb).contains("push.trusted-certificates", empty.toString());
    }
  }

  @Test
  void changeOfTheCommandLineCausesANotificationThatIsListed() {
    assertThat(cli.run("push show acme").exit()).isEqualTo(ExitCode.REFUSED);
    cli.done("push set acme --url https://push.example.com/in --with-certificate");
    cli.done("order add --account acme --product ssl --number 5");
    cli.done("order reject 5 --reason nobody --yes");
    assertThat(cli.run("push list --json").out())
        .contains("\"status\":\"rejected\"", "\"account\":\"acme\"", "\"order\":5");
    assertThat(cli.run("push list --failed").err()).contains("No push notification was given up.");
    assertThat(cli.run("push retry 1").out()).contains("1 push notification will be sent again");
    assertThat(cli.run("push retry --failed").out()).contains("0 push notifications");
    assertThat(cli.run("push retry 99").exit()).isEqualTo(ExitCode.REFUSED);
    assertThat(cli.run("push retry").exit()).isEqualTo(ExitCode.USAGE);
    cli.done("order add --account acme --product ssl --number 6");
    cli.done("order reject 6 --yes");
    Run page = cli.run("push list --json --limit 1");
    assertThat(page.out().lines()).hasSize(1);
    assertThat(page.err()).contains("--after 1");
    assertThat(cli.run("push drop 1 99").exit()).isEqualTo(ExitCode.REFUSED);
    assertThat(cli.run("push list --json").out().lines()).as("all or none").hasSize(2);
    assertThat(cli.run("push drop 1 2 --reason moved").out())
        .contains("2 push notifications will not be sent");
    assertThat(cli.run("order show 5").out()).contains("order.push-dropped", "rejected: moved");
    assertThat(cli.run("push list").err()).contains("No push notification waits.");
    cli.done("order add --account acme --product ssl --number 7");
    cli.done("order reject 7 --yes");
    cli.done("push remove acme --yes");
    assertThat(cli.run("push list").err()).contains("No push notification waits.");
    assertThat(cli.run("account show acme").out()).contains("account.push", "account.no-push");
  }

  @Test
  void passwordIsStoredEncryptedAndShownNowhere() throws IOException {
    Path file = Files.writeString(folder.resolve("password"), PASSWORD + "\n");
    cli.done("push set acme --url https://push.example.com/in --user me --password-file " + file);
    Run shown = cli.run("push show acme --json");
    assertThat(cli.run("account show acme").out())
        .containsPattern("(?m)^push +https://push.example.com$");
    assertThat(shown.out())
        .contains("\"url\":\"https://push.example.com/in\"", "\"user\":\"me\"")
        .contains("\"password\":true");
    StringBuilder all = new StringBuilder(shown.out() + cli.run("account show acme").out());
    try (Stream<Path> files = Files.walk(folder.resolve("data"))) {
      for (Path each : files.filter(Files::isRegularFile).toList()) {
        all.append(Files.readString(each, ISO_8859_1));
      }
    }
    assertThat(all).doesNotContain(PASSWORD);
    assertThat(cli.run("push set acme --url https://push.example.com --user me").exit())
        .isEqualTo(ExitCode.USAGE);
    assertThat(cli.run("push set acme --url https://me:secret@push.example.com").err())
        .contains("no user or password", "--password-file")
        .doesNotContain("secret");
    assertThat(cli.run("push set nobody --url https://push.example.com").exit())
        .isEqualTo(ExitCode.REFUSED);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://127.0.0.1/in",
        "https://169.254.169.254/",
        "https://[::1]/",
        "http://93.184.215.14/",
        "http://push.example.com/in"
      })
  void urlToWhichNothingCanBeSentIsRefused(String url) {
    assertThat(cli.run("push set acme --url " + url).err())
        .contains("nothing can be sent to this URL", "push.networks can allow it");
    assertThat(cli.run("push show acme").exit()).isEqualTo(ExitCode.REFUSED);
  }

  @Test
  void trialTellsTheAnswer() throws IOException {
    List<String> authorizations = new CopyOnWriteArrayList<>();
    AtomicInteger status = new AtomicInteger(204);
    HttpServer receiver =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    receiver.createContext(
        "/",
        exchange -> {
          authorizations.add(exchange.getRequestHeaders().getFirst("Authorization"));
          exchange.sendResponseHeaders(status.get(), -1);
          exchange.close();
        });
    receiver.start();
    try {
      Path file = Files.writeString(folder.resolve("password"), PASSWORD);
      String set =
          "push set acme --user me --url http://127.0.0.1:"
              + receiver.getAddress().getPort()
              + "/in --password-file "
              + file;
      cli.with("CERTCOLLECT_PUSH_NETWORKS", "127.0.0.1");
      cli.done(set);
      cli.with("CERTCOLLECT_PUSH_NETWORKS", "10.0.0.0/8");
      Run refused = cli.run("push test acme");
      assertThat(refused.exit()).isEqualTo(ExitCode.STORE);
      assertThat(refused.err()).contains("push.networks");
      assertThat(authorizations).isEmpty();
      cli.with("CERTCOLLECT_PUSH_NETWORKS", "127.0.0.1");
      assertThat(cli.run("push test acme").out()).contains("the answer was 204");
      status.set(500);
      assertThat(cli.run("push test acme").err()).contains("the answer was 500");
      assertThat(authorizations)
          .containsExactly("Basic bWU6S2FuYXJpZVBhc3N3b3Jk", "Basic bWU6S2FuYXJpZVBhc3N3b3Jk");
    } finally {
      receiver.stop(0);
    }
  }
}
