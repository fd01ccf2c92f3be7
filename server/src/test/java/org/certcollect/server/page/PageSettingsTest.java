package org.certcollect.server.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Properties;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Pattern;
import org.certcollect.protocol.form.FormField;
import org.certcollect.server.CollectServer;
import org.certcollect.server.config.AuthConfig;
import org.certcollect.server.config.LimitsConfig;
import org.certcollect.server.config.ListenConfig;
import org.certcollect.server.config.PageConfig;
import org.certcollect.server.config.ProtocolConfig;
import org.certcollect.server.config.ProxyConfig;
import org.certcollect.server.config.ServerConfig;
import org.certcollect.server.config.TlsConfig;
import org.certcollect.server.testing.Forms;
import org.certcollect.server.testing.RawConnection;
import org.certcollect.server.testing.RawConnection.Answer;
import org.certcollect.server.testing.TestServer;
import org.certcollect.server.testing.TestServer.Settings;
import org.certcollect.server.testing.TlsFiles;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PageSettingsTest {
  @TempDir private Path folder;

  private static PageConfig named(String operator, String contact, String imprint, Path logo) {
    return new PageConfig(
        true,
        Optional.of(operator),
        Optional.of(logo),
        Optional.of(contact),
        Optional.of(imprint),
        Optional.of("https://example.com/privacy?a=\""),
        false,
        Optional.of(Duration.ofDays(365)));
  }

  @Test
  void pageThatIsOffIsNotThere() throws IOException {
    PageConfig off =
        new PageConfig(
            false,
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            false,
            Optional.empty());
    try (TestServer server = TestServer.start(Settings.DEFAULT.with(off))) {
      assertThat(PageVisitor.get(server, PageVisitor.PAGE).status()).isEqualTo(404);
      assertThat(PageVisitor.collect(server, "x").status()).isEqualTo(404);
    }
  }

  @Test
  void operatorIsNamedAndNothingOfItIsMarkup() throws IOException {
    Path logo = Files.write(folder.resolve("logo.PNG"), new byte[] {1, 2, 3});
    PageConfig config =
        named("<b>A & \"B\" {file}", "help@example.com", "https://example.com/?a=1&b='", logo);
    try (TestServer server = TestServer.start(Settings.DEFAULT.with(config))) {
      Answer page = PageVisitor.get(server, PageVisitor.PAGE);
      assertThat(page.headers()).containsEntry("strict-transport-security", "max-age=31536000");
      assertThat(page.body())
          .contains("<title>Collect your certificate - &#60;b&#62;A &#38; &#34;B&#34; &#123;file")
          .contains("<a href=\"mailto:help@example.com\">help@example.com</a>")
          .contains("<a href=\"https://example.com/&#63;a=1&#38;b=&#39;\">Imprint</a> | ")
          .contains("<a href=\"https://example.com/privacy&#63;a=&#34;\">Privacy</a></p>")
          .contains("<header><img src=\"/collect/logo\" alt=\"\"");
      Answer image = PageVisitor.get(server, "/collect/logo");
      assertThat(image.body()).isEqualTo("\1\2\3");
      assertThat(image.headers())
          .containsEntry("content-type", "image/png")
          .containsEntry("strict-transport-security", "max-age=31536000")
          .hasEntrySatisfying("content-security-policy", p -> assertThat(p).endsWith("sandbox"));
      for (String path : List.of(PageVisitor.PAGE, "/collect/logo")) {
        try (RawConnection connection = RawConnection.http(server)) {
          Answer plain = connection.send(Forms.head("GET", path) + "\r\n").read();
          assertThat(plain.headers()).doesNotContainKey("strict-transport-security");
        }
      }
      server.store().close();
      Answer failed = PageVisitor.collect(server, "secret-code");
      assertThat(failed.status()).isEqualTo(503);
      assertThat(failed.body()).contains("went wrong on our side").doesNotContain("secret-code");
    }
  }

  @Test
  void throttledCodeIsTheSamePageAsAWrongOne() throws IOException {
    AuthConfig strict = new AuthConfig(1_000, Duration.ofMinutes(10), 20, 20, 100);
    try (TestServer server = TestServer.start(Settings.DEFAULT.with(strict));
        RawConnection connection = RawConnection.https(server)) {
      server.quickAccount("reseller", "right");
      PageVisitor.order(server, 1, "code", Optional.of("chain-3"));
      Answer miss = connection.post(PageVisitor.PAGE, "code=wrong");
      for (int i = 0; i < 20; i++) {
        assertThat(connection.post(PageVisitor.PAGE, "code=wrong" + i)).isEqualTo(miss);
      }
      assertThat(connection.post(PageVisitor.PAGE, "code=code")).isEqualTo(miss);
      assertThat(connection.post(Forms.CCC, Forms.code("code")).body()).startsWith("-16\n");
    }
  }

  @Test
  void logoThatCannotBeUsedIsLeftOut() throws IOException {
    List<Path> files =
        List.of(
            folder.resolve("missing.svg"),
            Files.write(folder.resolve("huge.jpg"), new byte[PageConfig.MAX_LOGO_BYTES + 1]));
    for (Path logo : files) {
      PageConfig config = named("A", "+49 30 1234", "http://example.com", logo);
      try (TestServer server = TestServer.start(Settings.DEFAULT.with(config))) {
        assertThat(PageVisitor.get(server, PageVisitor.PAGE).body())
            .contains("Ask +49 30 1234.")
            .doesNotContain("<img");
        assertThat(PageVisitor.get(server, "/collect/logo").status()).isEqualTo(404);
      }
    }
    assertThatThrownBy(() -> named("A", "B", "C", Path.of("logo.txt")))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void nothingIsHandedOutThatCannotBeRecorded() throws IOException {
    try (TestServer other = TestServer.start()) {
      other.quickAccount("reseller", "right");
      PageVisitor.order(other, 1, "code", Optional.of("chain-3"));
      ServerConfig config =
          new ServerConfig(
              new ListenConfig("127.0.0.1", 0, OptionalInt.empty()),
              TlsFiles.in(folder, TlsConfig.Profile.INTERMEDIATE),
              LimitsConfig.DEFAULT,
              AuthConfig.DEFAULT,
              ProxyConfig.DEFAULT,
              ProtocolConfig.DEFAULT);
      try (CollectServer server =
              CollectServer.start(
                  config,
                  other.store(),
                  other::codes,
                  request -> CompletableFuture.failedFuture(new IOException("full")));
          RawConnection connection = RawConnection.tls(server.httpsPort(), "TLSv1.3")) {
        for (String form : List.of("code=code", "code=code&format=pem", "code=wrong")) {
          Answer answer = connection.send(Forms.post(PageVisitor.PAGE, form)).read();
          assertThat(answer.status()).isEqualTo(503);
          assertThat(answer.body()).doesNotContain("example.com", "not found", "BEGIN");
        }
      }
    }
  }

  @Test
  void requestInALogShowsNoCode() {
    PageWriter writer = new PageWriter(Locale.ENGLISH, PageConfig.DEFAULT, false);
    List<FormField> fields = List.of(new FormField("code", "secret-code"));
    assertThat(new PageReader(writer, true, Instant.EPOCH).read(fields).toString())
        .startsWith("CollectRequest[")
        .doesNotContain("secret");
  }

  @Test
  void languagesHaveTheSameTextsWithTheSameNames() throws IOException {
    Map<String, List<String>> english = texts(Locale.ENGLISH);
    assertThat(english).hasSizeGreaterThan(60);
    for (Locale language : PageTexts.LANGUAGES) {
      assertThat(texts(language)).as(language.toString()).isEqualTo(english);
    }
  }

  /** The keys of a language, each with the names and the code of its text, sorted. */
  private static Map<String, List<String>> texts(Locale language) throws IOException {
    Properties texts = new Properties();
    texts.load(new StringReader(PageTexts.resource(language + ".properties")));
    Map<String, List<String>> found = new TreeMap<>();
    for (String key : texts.stringPropertyNames()) {
      List<String> names = new ArrayList<>();
      Pattern.compile("\\{[a-z]+}|`[^`]*`")
          .matcher(texts.getProperty(key))
          .results()
          .forEach(name -> names.add(name.group()));
      names.sort(null);
      found.put(key, names);
    }
    return found;
  }
}
