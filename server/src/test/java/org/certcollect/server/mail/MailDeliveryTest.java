package org.certcollect.server.mail;

import static org.assertj.core.api.Assertions.assertThat;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import jakarta.mail.Part;
import jakarta.mail.internet.MimeMessage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.certcollect.server.config.MailConfig.Security;
import org.certcollect.server.testing.TestLog;
import org.certcollect.store.Event;
import org.certcollect.store.domain.MailKind;
import org.certcollect.store.domain.Product;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MailDeliveryTest extends MailScenario {
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

  /** Broke once: the mail said that the domain name was "order 8". */
  @Test
  void anOrderThatHasNoNameYetIsConfirmedWithoutOne() throws Exception {
    GreenMail server = new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));
    server.start();
    try {
      fixture.order(8, Product.SSL, Optional.empty());
      fixture.deliverAll(MailFixture.config(server.getSmtp().getPort(), Security.NONE));
      String text =
          (String) MailFixture.part(server.getReceivedMessages()[0], "text/plain").getContent();
      assertThat(text).contains("Order number: #8").doesNotContain("Domain name", "order 8");
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
      String ready = smtp.mails().get(1);
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
      MimeMessage mail = MailFixture.parse(smtp.mails().get(smtp.mails().size() - 1));
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
  void eachKindIsWrittenInBothLanguagesWithAllItsValues() {
    MailTemplates templates = MailTemplates.read(Optional.empty(), "en", new ArrayList<>());
    Map<String, String> values = new HashMap<>();
    for (String name :
        "order account name product subject from until fingerprint pem code link days reason"
            .split(" ", -1)) {
      values.put(name, "<" + name + ">");
    }
    for (MailKind kind : MailKind.values()) {
      for (String language : List.of("en", "de")) {
        MailTemplates.Text text = templates.write(kind, Optional.of(language), values);
        assertThat(text.subject() + text.plain() + text.html()).doesNotContain("${");
        assertThat(text.html()).contains("<html lang=\"" + language + "\">", "&lt;order&gt;");
        assertThat(text.plain()).endsWith("\n").doesNotEndWith("\n\n");
      }
    }
    values.remove("reason");
    assertThat(templates.write(MailKind.REVOKED, Optional.of("de"), values).plain())
        .contains("widerrufen")
        .doesNotContain("Grund");
  }

  /** Guards against "(1 days)". */
  @ParameterizedTest
  @CsvSource({"1, 1 day", "2, 2 days", "60, 60 days", "21, 21 days"})
  void expiryIsTheVendorsSubjectWithTheRightWordForItsDays(String days, String words) {
    MailTemplates templates = MailTemplates.read(Optional.empty(), "en", new ArrayList<>());
    assertThat(
            templates.write(MailKind.EXPIRING, Optional.of("en"), Map.of("days", days)).subject())
        .isEqualTo("Customer certificate expiry warning (" + words + ")");
  }

  @Test
  void templatesOfOneOwnHaveTheWordForDaysInTheirLanguage() throws Exception {
    Path templates = Files.createDirectory(folder.resolve("templates"));
    Files.writeString(templates.resolve("expiring.de.txt"), "Subject: x\n\nNoch ${days} ${day}");
    List<String> problems = new ArrayList<>();
    MailTemplates own = MailTemplates.read(Optional.of(templates), "en", problems);
    assertThat(problems).isEmpty();
    for (String text : List.of("1 Tag", "7 Tage")) {
      Map<String, String> values = Map.of("days", text.substring(0, 1));
      assertThat(own.write(MailKind.EXPIRING, Optional.of("de"), values).plain())
          .isEqualTo("Noch " + text);
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
    Files.writeString(templates.resolve("issued.fr.html"), "<p>${order}</p>");
    Files.writeString(templates.resolve(".issued.en.txt.swp"), "an editor's");
    Files.writeString(templates.resolve("issued.en.txt~"), "an editor's");

    assertThat(
            MailDelivery.problems(
                MailFixture.with(MailFixture.config(25, Security.NONE), templates)))
        .hasSize(8)
        .allMatch(problem -> problem.startsWith("mail.templates: "))
        .anyMatch(problem -> problem.contains("issued.fr.html is never used"))
        .anyMatch(problem -> problem.contains("issued.en.txt: there is no placeholder ${password}"))
        .anyMatch(problem -> problem.contains("placed.en.txt: there is no placeholder ${code}"))
        .anyMatch(problem -> problem.contains("expiring.en.txt"));
  }
}
