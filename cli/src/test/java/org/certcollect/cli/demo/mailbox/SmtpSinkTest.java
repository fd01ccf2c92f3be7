package org.certcollect.cli.demo.mailbox;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.time.Clock;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SmtpSinkTest {
  private final Mailbox mailbox = new Mailbox(Clock.systemUTC());
  private final SmtpSink sink = SmtpSink.open(mailbox);
  private SmtpClient client;

  @BeforeEach
  void connect() throws IOException {
    client = new SmtpClient(sink.port());
  }

  @AfterEach
  void close() throws IOException {
    client.close();
    sink.close();
  }

  @Test
  void mailIsKeptAsItWasWritten() throws IOException {
    assertThat(client.say("EHLO me")).isEqualTo("250 SIZE 1048576");
    assertThat(client.say("MAIL FROM:<a@example.com> BODY=8BITMIME")).startsWith("250");
    assertThat(client.say("RCPT TO:<b@example.com>")).startsWith("250");
    assertThat(client.say("rcpt to: <c@example.com>")).startsWith("250");
    assertThat(client.say("DATA")).startsWith("354");
    assertThat(client.say("Subject: x\r\n\r\none\r\n..two\r\n.")).startsWith("250");
    assertThat(client.say("QUIT")).startsWith("221");

    ReceivedMail mail = mailbox.newestFirst().get(0);
    assertThat(mail.recipients()).containsExactly("b@example.com", "c@example.com");
    assertThat(new String(mail.source(), ISO_8859_1))
        .isEqualTo("Subject: x\r\n\r\none\r\n.two\r\n");
  }

  @Test
  void onlyADotBetweenTwoWholeLineEndsEndsAMail() throws IOException {
    assertThat(client.mail("Subject: x\r\n\r\none\n.\nMAIL FROM:<c@example.com>\r.\r"))
        .startsWith("250");
    assertThat(mailbox.newestFirst()).hasSize(1);
  }

  @Test
  void commandsInTheWrongOrderAreRefused() throws IOException {
    assertThat(client.say("RCPT TO:<b@example.com>")).startsWith("503");
    assertThat(client.say("DATA")).startsWith("503");
    assertThat(client.say("MAIL FROM:a@example.com")).startsWith("501");
    assertThat(client.say("MAIL FROM:<>")).startsWith("250");
    assertThat(client.say("MAIL FROM:<>")).startsWith("503");
    assertThat(client.say("RCPT TO:<>")).startsWith("501");
    assertThat(client.say("DATA")).startsWith("503");
    assertThat(client.say("RSET")).startsWith("250");
    assertThat(client.say("RCPT TO:<b@example.com>")).startsWith("503");
    assertThat(mailbox.newestFirst()).isEmpty();
  }

  @Test
  void formOfAWebPageEndsTheConnectionBeforeItsBody() throws IOException {
    String form =
        "POST / HTTP/1.1\r\nHost: localhost\r\nUser-Agent: x\r\nContent-Length: 1\r\n\r\n"
            + "MAIL FROM:<a@example.com>\r\nRCPT TO:<b@example.com>\r\nDATA\r\nx\r\n.";
    assertThat(client.say(form)).startsWith("502");
    assertThat(client.say("NOOP")).startsWith("502");
    assertThat(mailbox.newestFirst()).isEmpty();
  }

  @Test
  void mailThatIsTooLargeIsRefusedAndTheNextOneTaken() throws IOException {
    String line = "x".repeat(998) + "\r\n";
    String content = line.repeat(Mailbox.MAX_MAIL_BYTES / line.length());
    assertThat(client.mail(content + line)).startsWith("552");
    assertThat(client.mail(content)).startsWith("250");
    assertThat(mailbox.newestFirst()).hasSize(1);
  }

  @Test
  void lineThatIsTooLongEndsTheConnection() throws IOException {
    assertThat(client.say("NOOP " + "x".repeat(5000))).startsWith("500");
  }

  @Test
  void recipientsAreBounded() throws IOException {
    client.say("MAIL FROM:<a@example.com>");
    for (int i = 0; i < 100; i++) {
      assertThat(client.say("RCPT TO:<b" + i + "@example.com>")).startsWith("250");
    }
    assertThat(client.say("RCPT TO:<more@example.com>")).startsWith("452");
  }

  @Test
  void onlyThisMachineReachesIt() {
    assertThat(sink.host()).isEqualTo(InetAddress.getLoopbackAddress().getHostAddress());
  }

  @Test
  void onlyTheNewestMailsAreKept() throws IOException {
    for (int i = 0; i <= Mailbox.MAX_MAILS; i++) {
      client.mail("Subject: " + i + "\r\n\r\nx");
    }
    List<ReceivedMail> kept = mailbox.newestFirst();
    assertThat(kept).hasSize(Mailbox.MAX_MAILS);
    assertThat(kept.get(0).content().subject()).isEqualTo("200");
    assertThat(kept.get(199).content().subject()).isEqualTo("1");
  }

  @Test
  void bytesThatAreKeptAreBounded() {
    byte[] large = new byte[Mailbox.MAX_MAIL_BYTES];
    for (int i = 0; i < 40; i++) {
      mailbox.add(List.of("b@example.com"), large);
    }
    assertThat(mailbox.newestFirst()).hasSize((int) (Mailbox.MAX_BYTES / large.length));
    assertThat(mailbox.newestFirst().get(0).number()).isEqualTo(40);
  }
}
