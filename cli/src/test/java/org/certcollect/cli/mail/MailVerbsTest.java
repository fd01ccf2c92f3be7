package org.certcollect.cli.mail;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import org.certcollect.cli.Cli;
import org.certcollect.cli.Cli.Run;
import org.certcollect.cli.verb.ExitCode;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MailVerbsTest {
  @TempDir private Path folder;
  private Cli cli;

  @BeforeEach
  void switchOn() {
    cli =
        new Cli(folder.resolve("data"))
            .with("CERTCOLLECT_MAIL_HOST", "127.0.0.1")
            .with("CERTCOLLECT_MAIL_FROM", "ca@example.com")
            .with("CERTCOLLECT_MAIL_KINDS", "placed, ready")
            .with("CERTCOLLECT_MAIL_COLLECT_URL", "https://certs.example.com/collect");
    cli.done("account add acme --ssl --ccc --email pki@acme.example --language de");
  }

  /** Broke once: an address was taken without a word, and nothing was ever sent to it. */
  @Test
  void anAddressToWhichNothingIsSentIsNoted() {
    cli.done("account change acme --no-mail");
    cli.done("order add --account acme --product ssl --number 50 --no-mail");

    assertThat(cli.run("account change acme --email a@example.com").err())
        .contains("No e-mails about account acme are sent", "--mail");
    assertThat(cli.run("order change 50 --email a@example.com").err())
        .contains("No e-mails about order 50 are sent", "--mail");
    assertThat(cli.run("order change 50 --email a@example.com --mail").err()).isEmpty();
    assertThat(cli.run("order change 50 --email b@example.com --no-mail").err()).isEmpty();
  }

  @Test
  void changeOfTheCommandLineCausesAMailThatIsListed() {
    cli.done("order add --account acme --product ccc --number 5 --email jane@acme.example");
    Run listed = cli.run("mail list --json");
    assertThat(listed.out().lines())
        .satisfiesExactly(
            placed ->
                assertThat(placed).contains("\"kind\":\"placed\"", "\"to\":\"jane@acme.example\""),
            ready -> assertThat(ready).contains("\"kind\":\"ready\"", "\"next\":null"));
    assertThat(cli.run("mail list --failed").err()).contains("No e-mail was given up.");

    cli.done("order change 5 --no-mail");
    assertThat(cli.run("mail list").err()).contains("No e-mail waits.");
    assertThat(cli.run("order show 5 --json").out()).contains("\"noMail\":true");
    cli.done("order change 5 --mail --language en");
    cli.done("order add --account acme --product ssl --number 6");
    assertThat(cli.run("mail list --json").out()).contains("pki@acme.example");
    assertThat(cli.run("mail retry 3").out()).contains("1 e-mail will be sent again");
    assertThat(cli.run("mail retry --failed").out()).contains("0 e-mails");
    assertThat(cli.run("mail retry 99").exit()).isEqualTo(ExitCode.REFUSED);
    assertThat(cli.run("mail retry").exit()).isEqualTo(ExitCode.USAGE);
    cli.done("order add --account acme --product ssl --number 7");
    Run page = cli.run("mail list --json --limit 1");
    assertThat(page.out().lines()).hasSize(1);
    assertThat(page.err()).contains("--after 3");
    assertThat(cli.run("mail list --json --after 3").out().lines()).hasSize(1);
    cli.done("mail drop 3 --reason unwanted");
    assertThat(cli.run("mail drop 3").exit()).isEqualTo(ExitCode.REFUSED);
    assertThat(cli.run("mail list --json").out().lines()).hasSize(1);
  }

  @Test
  void contactOfAnAccountIsShownAndChecked() {
    assertThat(cli.run("account show acme --json").out())
        .contains("\"email\":\"pki@acme.example\"", "\"language\":\"de\"");
    assertThat(cli.run("account change acme --email a@b@c --json").exit())
        .isEqualTo(ExitCode.REFUSED);
    assertThat(cli.run("", "account", "change", "acme", "--email", "a@b.c\r\nBcc: x@y.z").exit())
        .isEqualTo(ExitCode.REFUSED);
    cli.done("account change acme --email pki@bücher.example");
    assertThat(cli.run("account show acme --json").out()).contains("pki@xn--bcher-kva.example");
    assertThat(cli.run("account change acme").exit()).isEqualTo(ExitCode.USAGE);
  }

  @Test
  void trialTellsWhyTheServerDidNotTakeIt() throws IOException {
    try (ServerSocket closed = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      cli.with("CERTCOLLECT_MAIL_PORT", Integer.toString(closed.getLocalPort()));
    }
    Run run = cli.run("mail test someone@example.com");
    assertThat(run.exit()).isEqualTo(ExitCode.STORE);
    assertThat(run.err()).contains("the mail was not taken: 127.0.0.1:");
    assertThat(cli.run("mail test nobody").exit()).isEqualTo(ExitCode.USAGE);
  }

  @Test
  void checkOfTheConfigurationNamesEachProblem() throws IOException {
    Path templates = Files.createDirectory(folder.resolve("templates"));
    Files.writeString(templates.resolve("ready.en.txt"), "Subject: x\n\n${password}");
    cli.with("CERTCOLLECT_MAIL_TEMPLATES", templates.toString());
    assertThat(cli.run("config check").err()).contains("ready.en.txt: there is no placeholder");

    cli.with("CERTCOLLECT_MAIL_TEMPLATES", "")
        .with("CERTCOLLECT_MAIL_COLLECT_URL", "http://certs.example.com/collect")
        .with("CERTCOLLECT_PAGE_ENABLED", "false");
    assertThat(cli.run("config check").err())
        .contains("warning: mail.collect-url is http://certs", "warning: page.enabled is false");

    cli.with("CERTCOLLECT_MAIL_FROM", "")
        .with("CERTCOLLECT_MAIL_COLLECT_URL", "")
        .with("CERTCOLLECT_MAIL_USER", "sender")
        .with("CERTCOLLECT_MAIL_TLS", "none")
        .with("CERTCOLLECT_MAIL_HOST", "192.0.2.1");
    assertThat(cli.run("config check").err())
        .contains("mail.from is not", "mail.collect-url is not", "over TLS only", "set both");
  }
}
