package org.certcollect.cli.demo.mailbox;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MailboxPageTest {
  private static final String SCRIPT = "<script>alert(1)</script>";

  @Test
  void markupOfAMailIsText() {
    String hostile =
        """
        Subject: %s
        From: %s
        Content-Type: multipart/mixed; boundary=b

        --b

        %s </pre><img src=x onerror=x>\u202e
        --b
        Content-Type: text/html

        %s
        --b
        Content-Disposition: attachment; filename="<b>.txt"

        x
        --b--
        """;
    ReceivedMail mail = mail(hostile.replace("%s", SCRIPT), SCRIPT + "@example.com");

    assertThat(mail.content().html()).contains(SCRIPT);
    for (String page :
        List.of(MailboxPage.mail(mail).markup(), MailboxPage.list(List.of(mail)).markup())) {
      assertThat(page).contains("&#60;script&#62;alert(1)&#60;/script&#62;");
      assertThat(page).doesNotContain("<script", "<img", "<b>", "\u202e");
    }
  }

  @Test
  void partsAreReadInTheirEncodings() {
    MailContent content =
        mail("""
        Subject: =?UTF-8?B?TMOkdWZ0?=
        From: =?ISO-8859-1?Q?M=FCller?= <m@example.com>
        Content-Type: multipart/mixed; boundary=b

        --b
        Content-Type: multipart/alternative; boundary=c

        --c
        Content-Type: text/plain; charset=ISO-8859-1
        Content-Transfer-Encoding: quoted-printable

        f=FCr alle
        --c
        Content-Type: text/html; charset=utf-8
        Content-Transfer-Encoding: base64

        PHA+ZsO8cjwvcD4=
        --c--
        --b
        Content-Type: application/zip; name="a b.zip"
        Content-Disposition: attachment; filename="a b.zip"
        Content-Transfer-Encoding: base64

        AAEC
        --b--
        """)
            .content();
    assertThat(content.isWhole()).isTrue();
    assertThat(content.subject()).isEqualTo("L\u00e4uft");
    assertThat(content.from()).isEqualTo("M\u00fcller <m@example.com>");
    assertThat(content.text()).contains("f\u00fcr alle");
    assertThat(content.html()).contains("<p>f\u00fcr</p>");
    assertThat(content.attachments()).hasSize(1);
    assertThat(content.attachments().get(0).name()).isEqualTo("a b.zip");
    assertThat(content.attachments().get(0).bytes()).containsExactly(0, 1, 2);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "\r\n",
        "no header at all",
        "Content-Type: multipart/mixed\r\n\r\nx",
        "Content-Type: multipart/mixed; boundary=\"\r\n\r\nx",
        "Content-Type: ;;;\r\n\r\nx",
        "Content-Type: text/plain; charset=none-such\r\n\r\nx",
        "Content-Transfer-Encoding: base64\r\n\r\n%%%",
        "Content-Transfer-Encoding: none-such\r\n\r\nx",
        "Subject: =?none-such?B?eA==?=\r\nFrom: =?utf-8?B?@@@?=\r\n\r\nx"
      })
  void mailThatIsNoneIsShownAsFarAsItCanBeRead(String source) {
    assertThat(MailboxPage.mail(mail(source)).markup()).contains("/mail/7/source");
  }

  @Test
  void nestedPartsAreBounded() {
    StringBuilder nested = new StringBuilder();
    for (int i = 0; i < 1000; i++) {
      nested.append(
          "Content-Type: multipart/mixed; boundary=b%\r\n\r\n--b%\r\n".replace("%", "" + i));
    }
    assertThat(mail(nested.toString()).content().isWhole()).isFalse();
  }

  @Test
  void onlyALinkToThePageForPeopleCanBeFollowed() {
    String page =
        MailboxPage.mail(
                mail(
                    """

                    https://evil.example/ javascript:x
                    https://localhost:8443/collect#code=ABC
                    """))
            .markup();
    assertThat(page).contains("<a href=\"https://localhost:8443/collect&#35;code=ABC\">");
    assertThat(page).doesNotContain("href=\"https://evil", "href=\"javascript");
  }

  private static ReceivedMail mail(String source) {
    return mail(source, "b@example.com");
  }

  private static ReceivedMail mail(String source, String recipient) {
    byte[] bytes = source.replaceAll("\r?\n", "\r\n").getBytes(UTF_8);
    return new ReceivedMail(7, Instant.EPOCH, List.of(recipient), bytes, MailContent.of(bytes));
  }
}
