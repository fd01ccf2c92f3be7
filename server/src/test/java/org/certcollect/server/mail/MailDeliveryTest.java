package org.certcollect.server.mail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import jakarta.mail.Part;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.certcollect.server.config.MailConfig.Security;
import org.certcollect.server.testing.Await;
import org.certcollect.server.testing.TestLog;
import org.certcollect.server.testing.TlsFiles;
import org.certcollect.store.CollectionCodes;
import org.certcollect.store.Event;
import org.certcollect.store.Outbox.Message;
import org.certcollect.store.domain.MailAddress;
import org.certcollect.store.domain.Product;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MailDeliveryTest {
  private static final String CODE = "KANARCDEKANARCDE";
  private static final String PASSWORD = "KanariePassword";

  @TempDir private Path folder;
  private MailFixture fixture;

  @BeforeEach
  void open() {
    fixture = new MailFixture(folder.resolve("store.sqlite"));
  }

  @AfterEach
  void close() {
    fixture.close();
  }

  /** Delivers all that waits to a server of plain SMTP. */
  private void deliver(ScriptedSmtp smtp) {
    fixture.deliverAll(MailFixture.config(smtp.port(), Security.NONE));
  }

  private void awaitEmpty() {
    Await.until("all are sent", () -> fixture.store.outbox().counts().waiting() == 0);
  }

  private List<Message> all() {
    return fixture.store.outbox().list(false, 0, 100);
  }

  /** The rules by which a public client reads the vendor's mails from a mailbox. */
  @Test
  void aMailboxReaderFindsOrderDomainCertificateAndArchive() throws Exception {
    GreenMail server = new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));
    server.start();
    try {
      fixture.order(10012345, Product.SSL, Optional.empty());
      fixture.issue(10012345, "chain-3");
      fixture.deliverAll(MailFixture.config(server.getSmtp().getPort(), Security.NONE));
      MimeMessage[] received = server.getReceivedMessages();
      assertThat(received).hasSize(2);
      assertThat(received[0].getSubject()).isEqualTo("ORDER #10012345 - CONFIRMATION");
      MimeMessage issued = received[1];
      String text = (String) MailFixture.part(issued, "text/plain").getContent();
      Matcher sentence =
          Pattern.compile("Your (.+) Certificate for (\\S+) is attached!").matcher(text);
      assertThat(sentence.find()).isTrue();
      String domain = sentence.group(2);
      assertThat(issued.getSubject())
          .isEqualTo("ORDER #10012345 - Your SSL Certificate for " + domain);
      assertThat(text).containsPattern("-----BEGIN CERTIFICATE-----\\s+[A-Za-z0-9+/=\\s]+-----END");
      String html = (String) MailFixture.part(issued, "text/html").getContent();
      assertThat(html).contains("is attached!", "<pre>-----BEGIN CERTIFICATE-----");
      Part zip = MailFixture.part(issued, "application/zip");
      assertThat(zip.getFileName()).isEqualTo(domain.replace('.', '_') + ".zip");
      List<String> names = new ArrayList<>();
      try (ZipInputStream archive = new ZipInputStream(zip.getInputStream())) {
        for (ZipEntry entry = archive.getNextEntry();
            entry != null;
            entry = archive.getNextEntry()) {
          names.add(entry.getName());
        }
      }
      assertThat(names).contains(domain.replace('.', '_') + ".crt");
      assertThat(issued.getFrom()[0].toString()).contains("ca@example.com");
      assertThat(issued.getHeader("Auto-Submitted")).containsExactly("auto-generated");
      assertThat(fixture.store.events().ofOrder(10012345))
          .extracting(Event::action)
          .endsWith("order.mail", "order.mail");
    } finally {
      server.stop();
    }
  }

  @Test
  void theCodeIsInTheLinkAndTheTextAndIsNowhereElse() throws Exception {
    try (TestLog log = TestLog.json().everything();
        ScriptedSmtp smtp = new ScriptedSmtp(null, "")) {
      fixture.contact("demo@example.com", "de");
      fixture.order(7, Product.CCC, Optional.of(CODE));
      fixture.issue(7, "chain-3");
      assertThat(database()).doesNotContain(CODE);
      deliver(smtp);
      String ready = smtp.mails.get(1);
      String text = (String) MailFixture.part(MailFixture.parse(ready), "text/plain").getContent();
      assertThat(text)
          .contains("https://certs.example.com/collect#code=" + CODE, "Abholcode")
          .containsPattern("(?m)^" + CODE + "\\s*$");
      assertThat((String) MailFixture.part(MailFixture.parse(ready), "text/html").getContent())
          .contains("<a href=\"https://certs.example.com/collect#code=" + CODE + "\">");
      assertThat(log.toString()).doesNotContain(CODE, "demo@example.com");
    }
    assertThat(all()).isEmpty();
    assertThat(database()).doesNotContain(CODE);
  }

  private String database() throws IOException {
    StringBuilder bytes = new StringBuilder();
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        bytes.append(new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1));
      }
    }
    return bytes.toString();
  }

  @Test
  void aRefusalForNowIsTriedAgainWithTheSameMessageIdAndKeepsTheOrder() throws Exception {
    try (ScriptedSmtp smtp = new ScriptedSmtp(null, "")) {
      smtp.failures.addAll(
          List.of("RCPT 450 later", "DATA 451 later", "HANG", "CUT", "MAIL 421 closing"));
      fixture.order(7, Product.SSL, Optional.empty());
      fixture.order(8, Product.SSL, Optional.empty());
      deliver(smtp);
      List<String> ids = new ArrayList<>();
      List<String> subjects = new ArrayList<>();
      for (String mail : smtp.mails) {
        ids.add(MailFixture.parse(mail).getHeader("Message-ID")[0]);
        subjects.add(MailFixture.parse(mail).getSubject());
      }
      assertThat(subjects)
          .as("the first was taken twice, as the answer to it was lost")
          .containsExactly(
              "ORDER #7 - CONFIRMATION", "ORDER #7 - CONFIRMATION", "ORDER #8 - CONFIRMATION");
      assertThat(ids.get(0)).isEqualTo(ids.get(1)).isNotEqualTo(ids.get(2));
      assertThat(fixture.store.outbox().counts().failed()).isZero();
    }
  }

  @Test
  void aSlowAnswerToTheEndOfAMailIsAwaitedAndMakesNoCopy() throws Exception {
    try (ScriptedSmtp smtp = new ScriptedSmtp(null, "")) {
      smtp.failures.add("WAIT");
      fixture.order(7, Product.SSL, Optional.empty());
      try (MailDelivery mails = fixture.deliver(MailFixture.config(smtp.port(), Security.NONE))) {
        Await.until("the mail is there", () -> !smtp.mails.isEmpty());
        long since = System.nanoTime();
        long longer = MailFixture.TIMEOUT.plusMillis(300).toNanos();
        Await.until("the timeout is over", () -> System.nanoTime() - since > longer);
        smtp.answers.countDown();
        awaitEmpty();
        assertThat(mails.retries()).isZero();
      }
      assertThat(smtp.mails).hasSize(1);
    }
  }

  @Test
  void aLostAnswerToTheEndOfAMailMakesAsFewCopiesAsARefusal() throws Exception {
    try (ScriptedSmtp smtp = new ScriptedSmtp(null, "")) {
      smtp.failures.add("CUT");
      fixture.order(7, Product.SSL, Optional.empty());
      Duration hour = Duration.ofHours(1);
      try (MailDelivery mails =
          fixture.deliver(
              MailFixture.config(smtp.port(), Security.NONE), MailFixture.pace(hour, hour))) {
        Await.until("it is put back", () -> all().get(0).error().isPresent());
        assertThat(mails.retries()).isEqualTo(1);
        assertThat(all().get(0).next().orElseThrow()).isAfter(Instant.now().plusSeconds(3000));
      }
    }
  }

  @Test
  void aRefusalForEverIsADeadLetterAndOthersGoOn() throws Exception {
    try (ScriptedSmtp smtp = new ScriptedSmtp(null, "")) {
      smtp.failures.addAll(List.of("RCPT 550 5.1.1 unknown user", "DATA 554 spam"));
      for (int number = 7; number <= 9; number++) {
        fixture.order(number, Product.SSL, Optional.empty());
      }
      deliver(smtp);
      assertThat(smtp.mails).hasSize(1);
      assertThat(fixture.store.outbox().list(true, 0, 9))
          .extracting(mail -> mail.order() + " " + mail.error().orElseThrow())
          .satisfiesExactly(
              one -> assertThat(one).startsWith("7 ").contains("550 5.1.1 unknown user"),
              two -> assertThat(two).startsWith("8 ").contains("554 spam"));
    }
  }

  @Test
  void aRefusalOfTheSenderBurnsNoMailUntilOneWasSentWithTheSettings() throws Exception {
    try (ScriptedSmtp smtp = new ScriptedSmtp(null, "")) {
      String denied = "554 5.7.1 <demo@example.com>: Relay access denied";
      smtp.failures.addAll(
          List.of(
              "RCPT " + denied,
              "RCPT 553 5.7.1 <ca@example.com>: Sender address rejected",
              "RCPT 550 relay not permitted",
              "",
              "RCPT " + denied));
      fixture.order(7, Product.SSL, Optional.empty());
      fixture.order(8, Product.SSL, Optional.empty());
      deliver(smtp);
      assertThat(fixture.store.outbox().list(true, 0, 9))
          .singleElement()
          .satisfies(
              mail ->
                  assertThat(mail.order() + " " + mail.error()).startsWith("8 ").contains(denied));
      assertThat(smtp.mails).hasSize(1);
    }
  }

  @Test
  void whatMayNotBeHandedOutIsNotSentWhoeverChangedTheOrder() throws Exception {
    try (ScriptedSmtp smtp = new ScriptedSmtp(null, "")) {
      fixture.order(7, Product.SSL, Optional.empty());
      fixture.issue(7, "chain-3");
      fixture.order(8, Product.CCC, Optional.of(CODE));
      fixture.issue(8, "chain-4");
      // This store sends no mails, as a command without mail.host.
      fixture.store.orders().revoke(8, Optional.empty(), MailFixture.TESTER);
      fixture.store.orders().hold(7, Optional.empty(), MailFixture.TESTER);
      try (MailDelivery mails = fixture.deliver(MailFixture.config(smtp.port(), Security.NONE))) {
        Await.until("the held one was tried", () -> mails.retries() > 1);
        assertThat(smtp.mails).singleElement().asString().contains("CONFIRMATION");
        fixture.store.orders().release(7, MailFixture.TESTER);
        awaitEmpty();
      }
      assertThat(smtp.mails.toString()).contains("Your SSL Certificate").doesNotContain(CODE);
      assertThat(fixture.store.events().ofOrder(8))
          .extracting(event -> event.action() + " " + event.detail().orElse(""))
          .anyMatch(event -> event.matches("order.mail-dropped ready to .*: the order is revoked"));
    }
  }

  @Test
  void aCertificateThatCannotBeReadHoldsUpNobodyElseAndIsTold() throws Exception {
    try (TestLog log = TestLog.json().everything();
        ScriptedSmtp smtp = new ScriptedSmtp(null, "")) {
      fixture.order(7, Product.SSL, Optional.empty());
      fixture.issue(7, "chain-3");
      execute("PRAGMA foreign_keys = OFF; DELETE FROM certificate");
      fixture.order(8, Product.SSL, Optional.empty());
      fixture.contactOf(8, "other@example.com");
      try (MailDelivery mails = fixture.deliver(MailFixture.config(smtp.port(), Security.NONE))) {
        Await.until("it was tried", () -> mails.retries() > 1 && all().size() == 1);
      }
      assertThat(all()).singleElement().extracting(Message::order).isEqualTo(7L);
      assertThat(all().get(0).error()).contains("the store cannot be read");
      assertThat(log.toString()).containsOnlyOnce("What a mail needs cannot be read");

      execute("ALTER TABLE outbox RENAME TO away");
      try (MailDelivery mails = fixture.deliver(MailFixture.config(smtp.port(), Security.NONE))) {
        Await.until("it is told", () -> log.toString().contains("The outbox cannot be read"));
        assertThat(mails.retries()).isZero();
      }
    }
  }

  private void execute(String statements) throws Exception {
    try (Connection connection =
            DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("store.sqlite"));
        Statement statement = connection.createStatement()) {
      for (String each : statements.split("; ", -1)) {
        statement.execute(each);
      }
    }
  }

  @Test
  void aCodeUnderAnotherKeyWaitsForANodeThatHasIt() throws Exception {
    try (ScriptedSmtp smtp = new ScriptedSmtp(null, "")) {
      fixture.order(7, Product.CCC, Optional.of(CODE));
      fixture.issue(7, "chain-3");
      byte[] other = new byte[32];
      other[0] = 1;
      try (MailDelivery mails =
          new MailDelivery(
              MailFixture.config(smtp.port(), Security.NONE),
              fixture.store,
              () -> new CollectionCodes(other),
              "other",
              Clock.systemUTC(),
              MailFixture.QUICK)) {
        Await.until("it was tried", () -> mails.retries() > 1);
        assertThat(mails.givenUp()).isZero();
      }
      deliver(smtp);
      assertThat(smtp.mails).hasSize(2).last().asString().contains(CODE);
    }
  }

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
      assertThat(plain.commands).noneMatch(line -> line.startsWith("AUTH"));
      assertThatThrownBy(() -> trial(secure, password, other)).hasMessageContaining("localhost");
      assertThatThrownBy(() -> trial(foreign, password, pem("foreign.pem", elsewhere)))
          .isInstanceOf(MailException.class);
      assertThatThrownBy(() -> trial(locked, password, trusted))
          .hasMessageContaining("the login is refused")
          .hasMessageContaining("AUTH PLAIN ****")
          .hasMessageNotContaining(PASSWORD);
      assertThat(trial(secure, password, trusted)).startsWith("250 taken");
      assertThat(secure.mails.get(0)).contains("Subject: certcollect: a trial");

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
      assertThat(log.toString()).doesNotContain(PASSWORD);
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
      assertThat(smtp.connections).as("it is not tried with other authorities").hasValue(1);
      assertThatThrownBy(() -> trial(plain, Security.IMPLICIT, password, trusted))
          .isInstanceOf(MailException.class);
      assertThat(plain.commands).noneMatch(line -> line.contains("AUTH"));
      assertThat(trial(smtp, Security.IMPLICIT, password, trusted)).startsWith("250 taken");
      assertThat(smtp.commands).noneMatch(line -> line.startsWith("STARTTLS"));
    }
  }

  /** Of an answer that is long enough, the place where it is cut is in the midst of the code. */
  @ParameterizedTest
  @CsvSource({
    "1, spam: see #code=KANARCDEKANARCDE",
    "279, spam: see #code=KANARCDEKANARCDE",
    "1, spam: KANARCD|EKANARCDE",
    "1, spam: kanarcdekanarcde"
  })
  void anAnswerThatRepeatsTheCodeIsKeptWithoutIt(int blanks, String answer) throws Exception {
    try (ScriptedSmtp smtp = new ScriptedSmtp(null, "")) {
      String lines = "-".repeat(blanks) + answer.replace("|", "\r\n554 ");
      smtp.failures.addAll(List.of("", "DATA 554" + (answer.contains("|") ? "" : " ") + lines));
      fixture.order(7, Product.CCC, Optional.of(CODE));
      fixture.issue(7, "chain-3");
      deliver(smtp);
      assertThat(all().get(0).error().orElseThrow())
          .contains("554", "spam")
          .doesNotContainIgnoringCase("KANA");
      assertThat(fixture.store.events().ofOrder(7).toString()).doesNotContainIgnoringCase("KANA");
      assertThat(database()).doesNotContain(CODE);
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
      assertThat(smtp.mails).hasSize(1);
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

  @Test
  void valuesAreEscapedAndTemplatesOfTheOperatorUsed() throws Exception {
    Path templates = Files.createDirectory(folder.resolve("templates"));
    Files.writeString(
        templates.resolve("revoked.en.txt"), "Subject: Ende von ${order}\n\nGrund: ${reason} ü");
    try (ScriptedSmtp smtp = new ScriptedSmtp(null, "")) {
      fixture.order(7, Product.SSL, Optional.empty());
      fixture.issue(7, "chain-3");
      fixture
          .mailing
          .orders()
          .revoke(7, Optional.of("<b>\r\nBcc: x@example.com ${order}"), MailFixture.TESTER);
      fixture.deliverAll(
          MailFixture.with(MailFixture.config(smtp.port(), Security.NONE), templates));
      MimeMessage mail = MailFixture.parse(smtp.mails.get(smtp.mails.size() - 1));
      assertThat(mail.getSubject()).isEqualTo("Ende von 7");
      assertThat(mail.getHeader("Bcc")).isNull();
      assertThat((String) MailFixture.part(mail, "text/plain").getContent())
          .isEqualToNormalizingNewlines("Grund: <b> Bcc: x@example.com ${order} ü");
      assertThat((String) MailFixture.part(mail, "text/html").getContent())
          .contains("&lt;b&gt;")
          .doesNotContain("<b>");
    }
  }

  @Test
  void aHostileTemplateIsRefusedByName() throws Exception {
    Path templates = Files.createDirectory(folder.resolve("templates"));
    Files.writeString(templates.resolve("issued.en.txt"), "Subject: x\n\n${password}");
    Files.writeString(templates.resolve("placed.en.txt"), "Subject: x\n\n${code}");
    Files.writeString(templates.resolve("ready.en.txt"), "no subject");
    Files.writeString(
        templates.resolve("revoked.en.txt"), "Subject: x\n\n" + "${order}".repeat(101));
    Files.writeString(templates.resolve("issue.en.txt"), "Subject: x\n\nmisspelt");
    Files.createSymbolicLink(templates.resolve("expiring.en.txt"), Path.of("expiring.en.txt"));
    Files.createDirectory(templates.resolve("frame.html"));

    assertThat(
            MailDelivery.problems(
                MailFixture.with(MailFixture.config(25, Security.NONE), templates)))
        .hasSize(7)
        .allMatch(problem -> problem.startsWith("mail.templates: " + templates))
        .anyMatch(problem -> problem.contains("issued.en.txt: there is no placeholder ${password}"))
        .anyMatch(problem -> problem.contains("placed.en.txt: there is no placeholder ${code}"))
        .anyMatch(problem -> problem.contains("expiring.en.txt"));
  }
}
