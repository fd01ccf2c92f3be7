package org.certcollect.server.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.certcollect.protocol.fixtures.Fixtures;
import org.certcollect.protocol.format.Der;
import org.certcollect.protocol.format.PemEncoder;
import org.certcollect.server.config.PageConfig;
import org.certcollect.server.testing.Await;
import org.certcollect.server.testing.Browser;
import org.certcollect.server.testing.Browser.Screen;
import org.certcollect.server.testing.TestServer;
import org.certcollect.server.testing.TestServer.Settings;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.By;
import org.openqa.selenium.chrome.ChromeDriver;

/** The way of a person from the link in a mail to the file on the disk, in Debian's Chromium. */
@Tag("drill")
class BrowserTest {
  private static final String CODE = "ABCD2345EFGH6789";

  private static TestServer server;

  @TempDir private Path downloads;

  @BeforeAll
  static void setUp() throws IOException {
    Browser.require();
    server = start(false);
  }

  private static TestServer start(boolean asksEmail) {
    TestServer started =
        TestServer.start(
            Settings.DEFAULT
                .with(PageVisitor.CLOCK)
                .with(
                    new PageConfig(
                        true,
                        Optional.of("Example Trust Services"),
                        Optional.empty(),
                        Optional.of("help@example.com"),
                        Optional.of("https://example.com/imprint"),
                        Optional.of("https://example.com/privacy"),
                        asksEmail,
                        Optional.empty())));
    started.quickAccount("reseller", "right");
    PageVisitor.order(started, 1, CODE, Optional.of("utf8-subject"));
    PageVisitor.order(started, 2, "processing", Optional.empty());
    return started;
  }

  @AfterAll
  static void stop() {
    if (server != null) {
      server.close();
    }
  }

  @Test
  void linkOfTheMailLeadsToTheFile() throws IOException {
    try (Browser browser = browser(Map.of())) {
      ChromeDriver page = browser.driver();
      for (Screen screen : Screen.ALL) {
        browser.show(screen);
        browser.driver().get(url("?" + screen.width() + "#code=abcd-2345-efgh%206789"));
        assertThat(page.getCurrentUrl()).as("the history").doesNotContain("code");
        assertThat(browser.field("code").getDomProperty("value")).isEqualTo("abcd-2345-efgh 6789");
        browser.check("form-" + screen.width());
        browser.submit("code", "Your certificate is ready");
        browser.check("issued-" + screen.width());
        assertThat(page.findElement(By.tagName("dl")).getText()).contains("山田");
        assertThatAFileIsSaved(browser);
      }
      Map<String, String> others =
          Map.of("wrong", "Code not found", "processing", "Your certificate is being prepared");
      for (Map.Entry<String, String> other : others.entrySet()) {
        browser.driver().get(url("?" + other.getKey()));
        browser.field("code").sendKeys(other.getKey());
        browser.submit("code", other.getValue());
        browser.check(other.getKey());
      }
      assertThat(page.manage().getCookies()).isEmpty();
    }
  }

  @Test
  void everythingWorksWithoutScript() throws IOException {
    try (Browser browser =
        browser(
            Map.of(
                "profile.managed_default_content_settings.javascript",
                2,
                "intl.accept_languages",
                "de"))) {
      for (Screen screen : Screen.ALL) {
        browser.show(screen);
        browser.driver().get(url("?" + screen.width() + "#code=" + CODE));
        assertThat(browser.field("code").getDomProperty("value")).isEmpty();
        browser.field("code").sendKeys(CODE);
        browser.submit("code", "Ihr Zertifikat ist fertig");
        browser.screenshot("german-" + screen.width());
        assertThatAFileIsSaved(browser);
      }
    }
  }

  @Test
  void addressIsAskedForBesideTheCode() throws IOException {
    try (TestServer asking = start(true);
        Browser browser = browser(Map.of())) {
      PageVisitor.email(asking, 1, "jane@example.com");
      for (Screen screen : Screen.ALL) {
        browser.show(screen);
        browser.driver().get(url(asking, "?" + screen.width() + "#code=" + CODE));
        browser.check("email-" + screen.width());
        browser.submit("email", "Code not found");
        browser.check("email-wrong-" + screen.width());
        browser.field("code").sendKeys(CODE);
        browser.field("email").sendKeys("Jane@Example.com");
        browser.submit("email", "Your certificate is ready");
        assertThatAFileIsSaved(browser);
      }
    }
  }

  private static String url(String rest) {
    return url(server, rest);
  }

  private static String url(TestServer server, String rest) {
    return "https://localhost:" + server.httpsPort() + PageVisitor.PAGE + rest;
  }

  private Browser browser(Map<String, Object> more) {
    Map<String, Object> preferences = new HashMap<>(more);
    preferences.put("download.default_directory", downloads.toString());
    return new Browser(preferences);
  }

  /** Presses a button and awaits its file. Chromium first makes an empty one of that name. */
  private void assertThatAFileIsSaved(Browser browser) throws IOException {
    browser.driver().findElement(By.cssSelector("button[value=pem]")).click();
    Path file = downloads.resolve("Jurgen_Muller-Ludenscheidt.pem");
    Await.until("the file is saved", () -> file.toFile().length() > 0);
    assertThat(file)
        .hasContent(
            PemEncoder.certificates(Fixtures.chain("utf8-subject").stream().map(Der::of).toList()));
    Files.delete(file);
  }
}
