package org.certcollect.server.mail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.certcollect.server.config.MailConfig.Security;
import org.certcollect.server.config.TlsConfig.PemFiles;
import org.certcollect.server.testing.Await;
import org.certcollect.server.testing.TlsFiles;
import org.certcollect.store.Outbox.Message;
import org.certcollect.store.domain.Product;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Sends mails through Debian's mail server, Exim. */
@Tag("drill")
class EximTest extends MailScenario {
  private static final Path PROGRAM = Path.of("/usr/sbin/exim4");

  private static final String SETTINGS =
      """
      spool_directory = FOLDER/spool
      log_file_path = FOLDER/spool/%s.log
      pid_file_path = FOLDER/spool/pid
      primary_hostname = localhost
      local_interfaces = 127.0.0.1
      daemon_smtp_ports = PORT
      host_lookup =
      keep_environment =
      deliver_drop_privilege
      tls_advertise_hosts = *
      tls_certificate = FOLDER/exim.crt
      tls_privatekey = FOLDER/exim.key
      auth_advertise_hosts = ${if eq{$tls_in_cipher}{}{}{*}}
      acl_smtp_rcpt = rcpt
      acl_smtp_data = accept
      begin acl
      rcpt:
        deny !authenticated = *
        accept domains = example.com
        deny message = relay not permitted
      begin routers
      local:
        driver = accept
        transport = box
      begin transports
      box:
        driver = appendfile
        directory = FOLDER/box
        create_directory
        maildir_format
        user = Debian-exim
      begin authenticators
      plain:
        driver = plaintext
        public_name = PLAIN
        server_prompts = :
        server_condition = ${if and{{eq{$auth2}{sender}}{eq{$auth3}{PASSWORD}}}}
      """;

  @Test
  void eximTakesMailsOverTlsDeliversThemAndItsRefusalToRelayBurnsNoCode() throws Exception {
    assumeTrue(Files.isExecutable(PROGRAM), "exim4 is missing; .ci/run installs it");
    assumeTrue(
        "root".equals(System.getProperty("user.name")), "Exim needs root to change its user");
    Path password = Files.writeString(folder.resolve("password"), PASSWORD);
    PemFiles tls = TlsFiles.pem(folder, "exim", "RSA");
    int port = freePort();
    Process exim = start(port);
    try {
      fixture.order(9, Product.CCC, Optional.of(CODE));
      fixture.contactOf(9, "jane@example.org");
      fixture.issue(9, "chain-4");
      try (MailDelivery mails =
          fixture.deliver(
              MailFixture.config(
                  port,
                  Security.STARTTLS,
                  Optional.of(password),
                  Optional.of(tls.certificate())))) {
        Await.until("the relay was denied twice", () -> mails.retries() > 1);
        assertThat(mails.givenUp()).as("nothing was sent yet, so it may be a setting").isZero();
        fixture.order(7, Product.SSL, Optional.empty());
        fixture.issue(7, "chain-3");
        awaitEmpty();
        assertThat(fixture.store.outbox().list(true, 0, 9))
            .hasSize(2)
            .allMatch(mail -> mail.error().orElseThrow().contains("550 relay not permitted"))
            .anyMatch(mail -> mail.sealedCode().isPresent());
        fixture.contactOf(9, "jane@example.com");
        assertThat(fixture.store.outbox().retry(OptionalLong.empty(), MailFixture.TESTER))
            .isEqualTo(2);
        awaitEmpty();
        fixture.mailing.orders().revoke(7, Optional.of("key lost"), MailFixture.TESTER);
        awaitEmpty();
        assertThat(all()).extracting(Message::error).isEmpty();
      }
      Await.until("all are in the mailbox", () -> box().size() == 5);
      List<String> subjects = new ArrayList<>();
      for (MimeMessage mail : box()) {
        subjects.add(mail.getSubject());
        if (mail.getSubject().contains("collection")) {
          assertThat((String) MailFixture.part(mail, "text/plain").getContent()).contains(CODE);
        } else if (mail.getSubject().contains("Your SSL")
            && !mail.getSubject().contains("revoked")) {
          assertThat(MailFixture.part(mail, "application/zip")).isNotNull();
        }
      }
      assertThat(subjects)
          .anyMatch(subject -> subject.startsWith("ORDER #7 - Your SSL Certificate for"))
          .anyMatch(subject -> subject.endsWith("was revoked"))
          .contains("ORDER #7 - CONFIRMATION", "Your certificate is ready for collection!");
      assertThat(Files.readString(folder.resolve("spool/main.log")))
          .contains("P=esmtpsa", "A=plain")
          .doesNotContain(PASSWORD);
    } finally {
      exim.destroy();
      exim.waitFor();
    }
  }

  private Process start(int port) throws IOException {
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
    Files.setPosixFilePermissions(
        folder.resolve("exim.key"), PosixFilePermissions.fromString("rw-r--r--"));
    Files.setPosixFilePermissions(
        Files.createDirectory(folder.resolve("box")), PosixFilePermissions.fromString("rwxrwxrwx"));
    Path settings =
        Files.writeString(
            folder.resolve("exim.conf"),
            SETTINGS
                .replace("FOLDER", folder.toString())
                .replace("PORT", Integer.toString(port))
                .replace("PASSWORD", PASSWORD));
    Process exim =
        new ProcessBuilder(PROGRAM.toString(), "-C", settings.toString(), "-oY", "-bdf")
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("exim.out").toFile())
            .start();
    Await.until("Exim listens", () -> listens(port));
    return exim;
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private static boolean listens(int port) {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      return socket.isConnected();
    } catch (IOException e) {
      return false;
    }
  }

  private List<MimeMessage> box() {
    Path box = folder.resolve("box/new");
    if (!Files.exists(box)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(box)) {
      List<MimeMessage> mails = new ArrayList<>();
      for (Path file : files.toList()) {
        mails.add(MailFixture.parse(Files.readString(file, StandardCharsets.ISO_8859_1)));
      }
      return mails;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
