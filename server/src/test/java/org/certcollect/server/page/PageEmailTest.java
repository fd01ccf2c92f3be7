package org.certcollect.server.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.certcollect.protocol.form.FormField;
import org.certcollect.server.config.AuthConfig;
import org.certcollect.server.config.PageConfig;
import org.certcollect.server.testing.Forms;
import org.certcollect.server.testing.RawConnection;
import org.certcollect.server.testing.RawConnection.Answer;
import org.certcollect.server.testing.TestServer;
import org.certcollect.server.testing.TestServer.Settings;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The page that asks for the e-mail address of the order, too. */
class PageEmailTest {
  private static final PageConfig ASKING =
      new PageConfig(
          true,
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          true,
          Optional.empty());

  private static TestServer server;

  @BeforeAll
  static void start() {
    server = start(500, ASKING);
  }

  private static TestServer start(int guesses, PageConfig config) {
    TestServer started =
        TestServer.start(
            Settings.DEFAULT
                .with(PageVisitor.CLOCK)
                .with(new AuthConfig(1_000, Duration.ofMinutes(10), guesses, guesses, 100))
                .with(config));
    started.quickAccount("reseller", "right");
    PageVisitor.order(started, 1, "with", Optional.of("chain-3"));
    PageVisitor.order(started, 2, "without", Optional.of("chain-3"));
    PageVisitor.order(started, 3, "waiting", Optional.empty());
    PageVisitor.email(started, 1, "Jane.Doe@b\u00fccher.example");
    PageVisitor.email(started, 3, "jane@example.com");
    return started;
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static Answer collect(TestServer server, String code, String email) throws IOException {
    return PageVisitor.post(server, "code=" + code + "&email=" + encoded(email));
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Jane.Doe@b\u00fccher.example",
        " jane.doe@B\u00dcCHER.example\t",
        "JANE.DOE@xn--bcher-kva.example"
      })
  void codeAndAddressOfTheOrderShowTheCertificate(String typed) throws IOException {
    String page = collect(server, "with", typed).body();
    assertThat(page)
        .contains(
            "is ready", ">www.example.com<", "<input type=\"hidden\" name=\"email\" value=\"");
    String form = "code=with&format=pem&email=" + encoded(typed);
    assertThat(PageVisitor.post(server, form).body()).startsWith("-----BEGIN CERTIFICATE-----");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "jane@example.com",
        "Jane.Doe",
        "@",
        "Jane.Doe@b\u00fccher.example, x@example.com",
        "Jane.Doe@b\u00fccher.example\u0000"
      })
  void wrongAddressIsTheSamePageAsAWrongCode(String typed) throws IOException {
    Answer unknown = collect(server, "unknown", typed);
    assertThat(unknown.body()).contains("for this code and e-mail address");
    assertThat(collect(server, "with", typed)).isEqualTo(unknown);
    assertThat(PageVisitor.post(server, "code=with&format=pem&email=" + encoded(typed)))
        .isEqualTo(unknown);
  }

  /** A typo in one field had both typed anew. */
  @Test
  void formOfAMissKeepsTheAddressAndNotTheCode() throws IOException {
    String kept = "name=\"email\" type=\"text\"";
    for (String code : List.of("typo", "with", "")) {
      assertThat(collect(server, code, " j\"o<b>@example.com").body())
          .contains(
              kept, "aria-describedby=\"email-hint\" value=\"j&#34;o&#60;b&#62;@example.com\">")
          .doesNotContain("typo", "value=\"with");
    }
    assertThat(PageVisitor.get(server, PageVisitor.PAGE).body())
        .contains(kept, "aria-describedby=\"email-hint\">");
    assertThat(collect(server, "typo", "a".repeat(301)).body()).doesNotContain("aaa");
  }

  /** The hint said to leave the field empty if the code had come on paper, which was refused. */
  @Test
  void hintNamesTheAddressOfTheOrderHoweverTheCodeCame() throws IOException {
    assertThat(PageVisitor.get(server, PageVisitor.PAGE).body())
        .contains(
            "The address that the certificate was ordered for, also if the code came on paper.")
        .doesNotContain("in another way");
  }

  @Test
  void addressThatIsTooLongOrNotSentIsWrong() throws IOException {
    Answer unknown = collect(server, "unknown", "");
    assertThat(collect(server, "with", "a".repeat(10_000) + "@example.com")).isEqualTo(unknown);
    assertThat(PageVisitor.collect(server, "with")).isEqualTo(unknown);
    assertThat(collect(server, "waiting", "j@example.com"))
        .isEqualTo(collect(server, "unknown", "j@example.com"));
    assertThat(collect(server, "waiting", "jane@example.com").body()).contains("being prepared");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "anyone@example.com", "nonsense"})
  void orderWithoutAnAddressNeedsNone(String typed) throws IOException {
    assertThat(collect(server, "without", typed).body()).contains("is ready");
  }

  @Test
  void endpointTakesTheCodeAlone() throws IOException {
    try (RawConnection connection = RawConnection.https(server)) {
      assertThat(connection.post(Forms.CCC, Forms.code("with")).body()).startsWith("1\n");
    }
  }

  @Test
  void changeOfTheAddressCountsWithTheNextRequest() throws IOException {
    PageVisitor.order(server, 4, "changing", Optional.of("chain-3"));
    PageVisitor.email(server, 4, "old@example.com");
    assertThat(collect(server, "changing", "old@example.com").body()).contains("is ready");
    PageVisitor.email(server, 4, "new@example.com");
    assertThat(collect(server, "changing", "old@example.com").body()).contains("not found");
    assertThat(collect(server, "changing", "new@example.com").body()).contains("is ready");
  }

  @Test
  void wrongAddressesAreThrottledAsWrongCodesAlsoForACodeThatWasRight() throws IOException {
    try (TestServer strict = start(20, ASKING)) {
      assertThat(collect(strict, "waiting", "jane@example.com").body()).contains("being prepared");
      for (int i = 0; i <= 20; i++) {
        collect(strict, "waiting", i + "@example.com");
      }
      String right = "Jane.Doe@b\u00fccher.example";
      Answer throttled = collect(strict, "with", right);
      assertThat(throttled).isEqualTo(collect(strict, "unknown", right));
    }
  }

  @Test
  void pageThatAsksForNoAddressIgnoresIt() throws IOException {
    try (TestServer other = start(500, PageConfig.DEFAULT)) {
      assertThat(PageVisitor.get(other, PageVisitor.PAGE).body()).doesNotContain("mail address");
      assertThat(collect(other, "with", "wrong@example.com").body())
          .contains("is ready")
          .doesNotContain("wrong@");
    }
  }

  @Test
  void requestInALogShowsNoAddress() {
    PageWriter writer = new PageWriter(Locale.ENGLISH, ASKING, false);
    List<FormField> fields =
        List.of(new FormField("code", "secret-code"), new FormField("email", "secret@example.com"));
    assertThat(new PageReader(writer, true, PageVisitor.CLOCK.instant()).read(fields).toString())
        .startsWith("CollectRequest[")
        .doesNotContain("secret");
  }
}
