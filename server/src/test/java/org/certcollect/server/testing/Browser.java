package org.certcollect.server.testing;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.openqa.selenium.By;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;

/**
 * Debian's Chromium, and axe, which looks for what shuts people with disabilities out. A picture of
 * each page that is checked goes to {@code target/screenshots}, or to the folder of {@code
 * -Dscreenshots}.
 */
public final class Browser implements AutoCloseable {
  private static final Path PROGRAM = Path.of("/usr/bin/chromium");
  private static final Path DRIVER = Path.of("/usr/bin/chromedriver");

  private final ChromeDriver driver;

  /** A screen, small and light or large and dark. */
  public record Screen(int width, int height, String scheme) {
    public static final List<Screen> ALL =
        List.of(new Screen(360, 740, "light"), new Screen(1280, 800, "dark"));
  }

  /**
   * Starts a browser.
   *
   * @param preferences its preferences beside the usual ones
   */
  public Browser(Map<String, Object> preferences) {
    ChromeOptions options = new ChromeOptions();
    options.setBinary(PROGRAM.toFile());
    options.setAcceptInsecureCerts(true);
    options.setPageLoadTimeout(Duration.ofSeconds(20));
    // Root has no sandbox, and a container has little shared memory.
    options.addArguments("--headless=new", "--no-sandbox", "--disable-dev-shm-usage");
    options.addArguments("--disable-background-networking", "--disable-gpu");
    options.setExperimentalOption("prefs", new HashMap<>(preferences));
    driver =
        new ChromeDriver(
            new ChromeDriverService.Builder()
                .usingDriverExecutable(DRIVER.toFile())
                .usingAnyFreePort()
                .withLogFile(new File("/dev/null"))
                .build(),
            options);
  }

  /** Skips the test where the programs are missing. */
  public static void require() {
    assumeTrue(
        Files.isExecutable(PROGRAM) && Files.isExecutable(DRIVER),
        "chromium or chromium-driver is missing; .ci/run installs them");
  }

  public ChromeDriver driver() {
    return driver;
  }

  public void show(Screen screen) {
    driver.executeCdpCommand(
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
    driver.executeCdpCommand(
        "Emulation.setEmulatedMedia",
        Map.of(
            "features", List.of(Map.of("name", "prefers-color-scheme", "value", screen.scheme))));
  }

  public WebElement field(String id) {
    return driver.findElement(By.id(id));
  }

  /** Sends the form of a field by the key Enter, and waits for the page that answers it. */
  public void submit(String id, String title) {
    field(id).sendKeys("\n");
    Await.until("the page: " + title, () -> driver.getTitle().startsWith(title));
  }

  /** Nothing is wider than the screen, and axe finds nothing. */
  public void check(String name) throws IOException {
    screenshot(name);
    driver.findElements(By.tagName("summary")).stream().limit(2).forEach(WebElement::click);
    assertThat(
            driver.executeScript(
                "return document.documentElement.scrollWidth <= window.innerWidth"))
        .as("the width of " + name)
        .isEqualTo(true);
    driver.executeScript(axe());
    driver.manage().timeouts().scriptTimeout(Duration.ofSeconds(20));
    Object found =
        driver.executeAsyncScript(
            """
            const done = arguments[0];
            axe.run({rules: {'target-size': {enabled: true}}}).then(
              r => done(r.violations.map(v => v.id + ': ' + v.nodes.map(n => n.html).join(', '))),
              e => done([String(e)]))
            """);
    assertThat(found).as("what axe finds in " + name).isEqualTo(List.of());
  }

  private static String axe() throws IOException {
    try (InputStream script = Browser.class.getResourceAsStream("/axe.min.js")) {
      return new String(script.readAllBytes(), UTF_8);
    }
  }

  /** Keeps a picture of the page. */
  public void screenshot(String name) throws IOException {
    Path folder = Path.of(System.getProperty("screenshots", "target/screenshots"));
    Files.createDirectories(folder);
    Files.write(folder.resolve(name + ".png"), driver.getScreenshotAs(OutputType.BYTES));
  }

  @Override
  public void close() {
    driver.quit();
  }
}
