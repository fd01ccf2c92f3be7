package org.certcollect.server.page;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.certcollect.protocol.fixtures.Fixtures;
import org.certcollect.protocol.format.Der;
import org.certcollect.protocol.format.PemEncoder;
import org.certcollect.server.config.PageConfig;
import org.certcollect.server.testing.Await;
import org.certcollect.server.testing.TestServer;
import org.certcollect.server.testing.TestServer.Settings;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.By;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;

/**
 * The way of a person from the link in a mail to the file on the disk, in Debian's Chromium. With
 * {@code -Dscreenshots=FOLDER} it keeps a picture of each page.
 */
@Tag("drill")
class BrowserTest {
  private static final Path BROWSER = Path.of("/usr/bin/chromium");
  private static final Path DRIVER = Path.of("/usr/bin/chromedriver");
  private static final String CODE = "ABCD2345EFGH6789";

  private static TestServer server;
  private static String axe;

  private record Screen(int width, int height, String scheme) {
    static final List<Screen> ALL =
        List.of(new Screen(360, 740, "light"), new Screen(1280, 800, "dark"));
  }

  @TempDir private Path downloads;

  @BeforeAll
  static void setUp() throws IOException {
    assumeTrue(
        Files.isExecutable(BROWSER) && Files.isExecutable(DRIVER),
        "chromium or chromium-driver is missing; .ci/run installs them");
    try (InputStream script = BrowserTest.class.getResourceAsStream("/axe.min.js")) {
      axe = new String(script.readAllBytes(), UTF_8);
    }
    server =
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
                        Optional.empty())));
    server.quickAccount("reseller", "right");
    PageVisitor.order(server, 1, CODE, Optional.of("utf8-subject"));
    PageVisitor.order(server, 2, "processing", Optional.empty());
  }

  @AfterAll
  static void stop() {
    if (server != null) {
      server.close();
    }
  }

  @Test
  void linkOfTheMailLeadsToTheFile() throws IOException {
    ChromeDriver browser = browser(Map.of());
    try {
      for (Screen screen : Screen.ALL) {
        show(browser, screen);
        browser.get(url("?" + screen.width + "#code=abcd-2345-efgh%206789"));
        assertThat(browser.getCurrentUrl()).as("the history").doesNotContain("code");
        assertThat(field(browser).getDomProperty("value")).isEqualTo("abcd-2345-efgh 6789");
        check(browser, "form-" + screen.width);
        submit(browser, "Your certificate is ready");
        check(browser, "issued-" + screen.width);
        assertThat(browser.findElement(By.tagName("dl")).getText()).contains("山田");
        assertThatAFileIsSaved(browser);
      }
      Map<String, String> others =
          Map.of("wrong", "Code not found", "processing", "Your certificate is being prepared");
      for (Map.Entry<String, String> other : others.entrySet()) {
        browser.get(url("?" + other.getKey()));
        field(browser).sendKeys(other.getKey());
        submit(browser, other.getValue());
        check(browser, other.getKey());
      }
      assertThat(browser.manage().getCookies()).isEmpty();
    } finally {
      browser.quit();
    }
  }

  @Test
  void everythingWorksWithoutScript() throws IOException {
    ChromeDriver browser =
        browser(
            Map.of(
                "profile.managed_default_content_settings.javascript",
                2,
                "intl.accept_languages",
                "de"));
    try {
      for (Screen screen : Screen.ALL) {
        show(browser, screen);
        browser.get(url("?" + screen.width + "#code=" + CODE));
        assertThat(field(browser).getDomProperty("value")).isEmpty();
        field(browser).sendKeys(CODE);
        submit(browser, "Ihr Zertifikat ist fertig");
        screenshot(browser, "german-" + screen.width);
        assertThatAFileIsSaved(browser);
      }
    } finally {
      browser.quit();
    }
  }

  private static String url(String rest) {
    return "https://localhost:" + server.httpsPort() + PageVisitor.PAGE + rest;
  }

  private ChromeDriver browser(Map<String, Object> more) {
    ChromeOptions options = new ChromeOptions();
    options.setBinary(BROWSER.toFile());
    options.setAcceptInsecureCerts(true);
    // Root has no sandbox, and a container has little shared memory.
    options.addArguments("--headless=new", "--no-sandbox", "--disable-dev-shm-usage");
    options.addArguments("--disable-background-networking", "--disable-gpu");
    options.setExperimentalOption(
        "prefs",
        Stream.concat(
                more.entrySet().stream(),
                Stream.of(Map.entry("download.default_directory", (Object) downloads.toString())))
            .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue)));
    return new ChromeDriver(
        new ChromeDriverService.Builder()
            .usingDriverExecutable(DRIVER.toFile())
            .usingAnyFreePort()
            .withLogFile(new File("/dev/null"))
            .build(),
        options);
  }

  private static void show(ChromeDriver browser, Screen screen) {
    browser.executeCdpCommand(
        "Emulation.setDeviceMetricsOverride",
        Map.of(
            "width",
            screen.width,
            "height",
            screen.height,
            "deviceScaleFactor",
            1,
            "mobile",
            screen.width < 500));
    browser.executeCdpCommand(
        "Emulation.setEmulatedMedia",
        Map.of(
            "features", List.of(Map.of("name", "prefers-color-scheme", "value", screen.scheme))));
  }

  private static WebElement field(ChromeDriver browser) {
    return browser.findElement(By.id("code"));
  }

  /** Sends the form by the key Enter, and waits for the page that answers it. */
  private static void submit(ChromeDriver browser, String title) {
    field(browser).sendKeys("\n");
    Await.until("the page: " + title, () -> browser.getTitle().startsWith(title));
  }

  /** Nothing is wider than the screen, and axe finds nothing. */
  private static void check(ChromeDriver browser, String name) throws IOException {
    browser.findElements(By.tagName("summary")).stream().limit(2).forEach(WebElement::click);
    screenshot(browser, name);
    assertThat(
            browser.executeScript(
                "return document.documentElement.scrollWidth <= window.innerWidth"))
        .as("the width of " + name)
        .isEqualTo(true);
    browser.executeScript(axe);
    browser.manage().timeouts().scriptTimeout(Duration.ofSeconds(20));
    Object found =
        browser.executeAsyncScript(
            """
            const done = arguments[0];
            axe.run({rules: {'target-size': {enabled: true}}}).then(
              r => done(r.violations.map(v => v.id + ': ' + v.nodes.map(n => n.html).join(', '))),
              e => done([String(e)]))
            """);
    assertThat(found).as("what axe finds in " + name).isEqualTo(List.of());
  }

  private static void screenshot(ChromeDriver browser, String name) throws IOException {
    String folder = System.getProperty("screenshots", "");
    if (!folder.isEmpty()) {
      Files.write(Path.of(folder, name + ".png"), browser.getScreenshotAs(OutputType.BYTES));
    }
  }

  private void assertThatAFileIsSaved(ChromeDriver browser) throws IOException {
    browser.findElement(By.cssSelector("button[value=pem]")).click();
    Path file = downloads.resolve("Jurgen_Muller-Ludenscheidt.pem");
    Await.until("the file is saved", () -> Files.exists(file));
    assertThat(file)
        .hasContent(
            PemEncoder.certificates(Fixtures.chain("utf8-subject").stream().map(Der::of).toList()));
    Files.delete(file);
  }
}
