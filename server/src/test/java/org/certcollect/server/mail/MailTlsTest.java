package org.certcollect.server.mail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.certcollect.server.config.MailConfig.Security;
import org.certcollect.server.testing.Await;
import org.certcollect.server.testing.TestLog;
import org.certcollect.server.testing.TlsFiles;
import org.certcollect.store.domain.MailAddress;
import org.certcollect.store.domain.Product;
import org.junit.jupiter.api.Test;

/** Tests how the server that takes the mails is connected to. */
class MailTlsTest extends MailScenario {
  @Test
  void starttlsIsDemandedAndTheCertificateChecked() throws Exception {
    Path password = Files.writeString(folder.resolve("password"), PASSWORD + "\n");
    Path other = TlsFiles.pem(folder, "other", "EC").certificate();
    KeyPair pair = TlsFiles.keys("EC");
    X509Certificate own = TlsFiles.selfSigned(pair, Instant.now().plusSeconds(600));
    Path trusted = pem("own.pem", own);
    X509Certificate elsewhere =
        TlsFiles.issue(
            "mail.example.org",
            pair.getPublic(),
            Instant.now().plusSeconds(600),
            "mail.example.org",
            pair.getPrivate());
    try (TestLog log = TestLog.json().everything();
        ScriptedSmtp plain = new ScriptedSmtp(null, "sender " + PASSWORD);
        ScriptedSmtp secure = new ScriptedSmtp(context(pair, own), "sender " + PASSWORD);
        ScriptedSmtp foreign = new ScriptedSmtp(context(pair, elsewhere), "");
        ScriptedSmtp locked = new ScriptedSmtp(context(pair, own), "sender another")) {
      assertThatThrownBy(() -> trial(plain, password, trusted)).hasMessageContaining("STARTTLS");
      assertThat(plain.commands()).noneMatch(line -> line.startsWith("AUTH"));
      assertThatThrownBy(() -> trial(secure, password, other))
          .hasMessageContaining("localhost")
          .isInstanceOfSatisfying(
              MailException.class, e -> assertThat(e.reason()).startsWith("TLS failed: "));
      assertThatThrownBy(() -> trial(foreign, password, pem("foreign.pem", elsewhere)))
          .isInstanceOf(MailException.class);
      assertThatThrownBy(() -> trial(locked, password, trusted))
          .hasMessageContaining("the login is refused")
          .hasMessageContaining("AUTH PLAIN ****")
          .hasMessageNotContaining(PASSWORD);
      assertThat(trial(secure, password, trusted)).startsWith("250 taken");
      assertThat(secure.mails().get(0)).contains("Subject: certcollect: a trial");

      fixture.order(7, Product.SSL, Optional.empty());
      try (MailDelivery mails =
          fixture.deliver(
              MailFixture.config(
                  locked.port(), Security.STARTTLS, Optional.of(password), Optional.of(trusted)))) {
        Await.until("the login was refused a few times", () -> mails.retries() > 2);
        assertThat(all().get(0).failed()).as("a wrong password kills no mail").isEmpty();
        mails.reload(
            MailFixture.config(
                secure.port(), Security.STARTTLS, Optional.of(password), Optional.of(trusted)));
        awaitEmpty();
      }
      assertThat(database().replace(PASSWORD + "\n", "")).doesNotContain(PASSWORD);
      assertThat(log.lines("A mail could not be sent, and is tried again"))
          .isNotEmpty()
          .allMatch(line -> line.contains("\"reason\":\"the login is refused\""));
      assertThat(log.toString()).doesNotContain(PASSWORD);
    }
  }

  @Test
  void aRightPasswordIsUsedAtOnceAndTheWrongOneNoMore() throws Exception {
    Path password = Files.writeString(folder.resolve("password"), PASSWORD);
    Duration hour = Duration.ofHours(1);
    MailDelivery.Pace slow =
        new MailDelivery.Pace(
            hour, hour, hour, hour, hour, Duration.ofDays(2), hour, Duration.ofMinutes(5));
    try (ScriptedSmtp locked = new ScriptedSmtp(null, "sender another");
        ScriptedSmtp open = new ScriptedSmtp(null, "sender " + PASSWORD)) {
      fixture.order(7, Product.SSL, Optional.empty());
      try (MailDelivery mails = fixture.deliver(MailFixture.login(locked.port(), password), slow)) {
        Await.until("the login was refused", () -> mails.retries() == 1);
        fixture.order(8, Product.SSL, Optional.empty());
        fixture.contactOf(8, "eve@example.com");
        mails.reload(MailFixture.login(open.port(), password));
        Await.until("it is sent", () -> !open.mails().isEmpty());
      }
      assertThat(locked.commands()).filteredOn(line -> line.startsWith("AUTH")).hasSize(1);
    }
  }

  @Test
  void implicitTlsIsSpokenFromTheFirstByteAndTheCertificateChecked() throws Exception {
    Path password = Files.writeString(folder.resolve("password"), PASSWORD + "\n");
    Path other = TlsFiles.pem(folder, "other", "EC").certificate();
    KeyPair pair = TlsFiles.keys("EC");
    X509Certificate own = TlsFiles.selfSigned(pair, Instant.now().plusSeconds(600));
    Path trusted = pem("own.pem", own);
    try (ScriptedSmtp smtp = new ScriptedSmtp(context(pair, own), "sender " + PASSWORD, true);
        ScriptedSmtp plain = new ScriptedSmtp(null, "sender " + PASSWORD)) {
      assertThatThrownBy(() -> trial(smtp, Security.IMPLICIT, password, other))
          .hasMessageContaining("localhost");
      assertThat(smtp.connections()).as("it is not tried with other authorities").isEqualTo(1);
      assertThatThrownBy(() -> trial(plain, Security.IMPLICIT, password, trusted))
          .isInstanceOf(MailException.class);
      assertThat(plain.commands()).noneMatch(line -> line.contains("AUTH"));
      assertThat(trial(smtp, Security.IMPLICIT, password, trusted)).startsWith("250 taken");
      assertThat(smtp.commands()).noneMatch(line -> line.startsWith("STARTTLS"));
    }
  }

  @Test
  void settingsForAnotherHostAreNotTakenOver() throws Exception {
    try (ScriptedSmtp smtp = new ScriptedSmtp(null, "");
        ScriptedSmtp elsewhere = new ScriptedSmtp(null, "")) {
      try (MailDelivery mails = fixture.deliver(MailFixture.config(smtp.port(), Security.NONE))) {
        mails.reload(MailFixture.on("127.0.0.1", elsewhere.port()));
        fixture.order(7, Product.SSL, Optional.empty());
        awaitEmpty();
      }
      assertThat(smtp.mails()).hasSize(1);
    }
  }

  private static String trial(ScriptedSmtp smtp, Path password, Path trusted) {
    return trial(smtp, Security.STARTTLS, password, trusted);
  }

  private static String trial(ScriptedSmtp smtp, Security security, Path password, Path trusted) {
    return MailDelivery.trial(
        MailFixture.config(smtp.port(), security, Optional.of(password), Optional.of(trusted)),
        new MailAddress("someone@example.com"),
        Instant.now());
  }

  private Path pem(String name, X509Certificate certificate) throws Exception {
    return Files.writeString(
        folder.resolve(name),
        "-----BEGIN CERTIFICATE-----\n"
            + Base64.getMimeEncoder().encodeToString(certificate.getEncoded())
            + "\n-----END CERTIFICATE-----\n");
  }

  private static SSLContext context(KeyPair pair, X509Certificate certificate) throws Exception {
    KeyStore keys = KeyStore.getInstance("PKCS12");
    keys.load(null, null);
    keys.setKeyEntry("tls", pair.getPrivate(), new char[0], new Certificate[] {certificate});
    KeyManagerFactory managers =
        KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    managers.init(keys, new char[0]);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(managers.getKeyManagers(), null, null);
    return context;
  }
}
