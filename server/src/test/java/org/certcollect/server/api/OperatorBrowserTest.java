package org.certcollect.server.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.certcollect.server.testing.Browser;
import org.certcollect.server.testing.Browser.Screen;
import org.certcollect.server.testing.TestServer;
import org.certcollect.store.ApiCredential.Scope;
import org.certcollect.store.domain.OrderRemarks;
import org.certcollect.store.domain.Product;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.By;
import org.openqa.selenium.chrome.ChromeDriver;

/** The page for operators in Chromium, which asks for the token. */
@Tag("drill")
class OperatorBrowserTest {
  private static final String HOSTILE = "<img src=x onerror=document.title='broken'>";

  @Test
  void anOperatorLooksAndSearches() throws Exception {
    Browser.require();
    try (TestServer server = TestServer.start(ApiCaller.SETTINGS);
        Browser browser = new Browser(Map.of())) {
      server.quickAccount("acme-hosting", "right");
      for (long number = 1_000_001; number <= 1_000_006; number++) {
        server.order("acme-hosting", Product.SSL, number);
        String reference = number == 1_000_004 ? HOSTILE : "INV-2026-" + number;
        server
            .store()
            .orders()
            .setRemarks(
                number,
                before -> new OrderRemarks(Optional.of(reference), Optional.empty()),
                TestServer.TESTER);
        if (number % 3 != 0) {
          server.issue(number, "chain-3");
        }
      }
      String token = ApiCaller.of(server, "browser", Scope.READ).token().orElseThrow();
      ChromeDriver page = browser.driver();
      // The address has what a person would type when the browser asks.
      String url = "http://operator:" + token + "@localhost:" + server.managementPort() + "/";
      for (Screen screen : Screen.ALL) {
        browser.show(screen);
        page.get(url);
        assertThat(page.getTitle()).isEqualTo("Ready - certcollect");
        browser.check("status-" + screen.width());
        List<String> searches =
            List.of("*.example.com", "4 orders found", HOSTILE, "1 order found");
        for (int i = 0; i < searches.size(); i += 2) {
          browser.field("q").clear();
          browser.field("q").sendKeys(searches.get(i));
          browser.submit("q", searches.get(i + 1));
          String name = "search-" + i + "-" + screen.width();
          if (i == 0) {
            browser.check(name);
          } else {
            browser.screenshot(name);
          }
          assertThat(page.findElements(By.tagName("img"))).isEmpty();
          assertThat(page.getCurrentUrl())
              .as("the history")
              .endsWith("localhost:" + server.managementPort() + "/");
        }
      }
      assertThat(page.manage().getCookies()).isEmpty();
    }
  }
}
