package org.certcollect.server.mail;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.certcollect.server.config.MailConfig.Security;
import org.certcollect.server.testing.OpenSslProgram;
import org.certcollect.store.domain.Product;
import org.junit.jupiter.api.Test;

/**
 * A program that reads a mailbox by IMAP, in another language, with the rules of a public client of
 * the vendor's mails: the type by the subject, or else by the sentence "Your … Certificate for … is
 * attached!"; the order's number after "#"; the domain after "certificate for", "domain" or "domain
 * name"; the certificate in the archive that is attached.
 */
class MailboxClientTest extends MailScenario {
  private static final Path PYTHON = Path.of("/usr/bin/python3");

  @Test
  void typeOrderDomainAndCertificateAreRead() throws Exception {
    assumeTrue(Files.isExecutable(PYTHON), "python3 is missing; .ci/run installs it");
    GreenMail server =
        new GreenMail(
            new ServerSetup[] {
              new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP),
              new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_IMAP)
            });
    server.start();
    try {
      server.setUser("demo@example.com", "demo", "secret");
      fixture.order(10012345, Product.SSL, Optional.empty());
      fixture.issue(10012345, "chain-3");
      fixture.order(10012346, Product.CCC, Optional.of(CODE));
      fixture.issue(10012346, "chain-3");
      fixture.deliverAll(MailFixture.config(server.getSmtp().getPort(), Security.NONE));

      List<String> read = read(server.getImap().getPort());

      Path file = folder.resolve("www_example_com.crt");
      assertThat(read)
          .containsExactly(
              "placed\t10012345\twww.example.com\t",
              "issued\t10012345\twww.example.com\t" + file,
              "placed\t10012346\twww.example.com\t",
              "ready\t10012346\twww.example.com\t");
      String shown =
          OpenSslProgram.run(folder, "x509 -in " + file + " -noout -subject -fingerprint -sha256");
      String sent =
          MailFixture.chain(fixture.store, "chain-3")
              .endEntity()
              .fingerprint()
              .toUpperCase(Locale.ROOT);
      assertThat(shown.replace(":", "")).contains("www.example.com", sent);
    } finally {
      server.stop();
    }
  }

  private List<String> read(int port) throws IOException, InterruptedException {
    Path script = folder.resolve("read_mailbox.py");
    try (InputStream in = MailboxClientTest.class.getResourceAsStream("read_mailbox.py")) {
      Files.write(script, in.readAllBytes());
    }
    Process client =
        new ProcessBuilder(
                PYTHON.toString(),
                "-B",
                script.toString(),
                Integer.toString(port),
                "demo",
                "secret",
                folder.toString())
            .redirectErrorStream(true)
            .start();
    String output = new String(client.getInputStream().readAllBytes(), UTF_8);
    assertThat(client.waitFor()).as(output).isZero();
    return output.lines().toList();
  }
}
