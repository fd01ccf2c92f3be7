package org.certcollect.server.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.certcollect.server.config.ManagementConfig;
import org.certcollect.server.testing.Await;
import org.certcollect.server.testing.Forms;
import org.certcollect.server.testing.RawConnection;
import org.certcollect.server.testing.TestServer;
import org.certcollect.store.domain.Product;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class MetricsTest {
  private static final Pattern NAME = Pattern.compile("\\bcertcollect_[a-z0-9_]+");
  private static final Pattern TYPE = Pattern.compile("# TYPE (\\S+) \\S+");

  private static TestServer server;

  @BeforeAll
  static void answerSomeRequests() throws IOException {
    server =
        TestServer.start(
            TestServer.Settings.DEFAULT.with(
                new ManagementConfig("127.0.0.1", OptionalInt.of(0), false, Optional.empty())));
    server.quickAccount("reseller", "right");
    server.order("reseller", Product.SSL, 7);
    try (RawConnection connection = RawConnection.https(server)) {
      connection.post(Forms.SSL, Forms.status("reseller", "right", 7));
      connection.post(Forms.SSL, Forms.status("stranger\u00e9", "canary", 7));
      connection.post(Forms.SSL, Forms.status("reseller", "right", 8));
      connection.post(Forms.SSL, "canary=1");
      connection.post("/collect", "code=canary&format=canary");
    }
    Await.until("orders are counted", () -> page().contains("certcollect_orders{"));
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static String page() {
    try (RawConnection connection = RawConnection.plain(server.managementPort())) {
      return connection.send("GET /metrics HTTP/1.1\r\nHost: localhost\r\n\r\n").read().body();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void requestsAreCountedByFirstLineAndRefusalsByTheirTrueReason() {
    assertThat(page())
        .contains(
            "certcollect_collects_total{endpoint=\"CollectSSL\",format=\"none\",status=\"0\"} 1.0",
            "certcollect_refusals_total{endpoint=\"CollectSSL\",reason=\"unknown_login\"} 1.0",
            "certcollect_refusals_total{endpoint=\"CollectSSL\",reason=\"unknown_order\"} 1.0",
            "certcollect_refusals_total{endpoint=\"CollectSSL\",reason=\"invalid_request\"} 1.0",
            "certcollect_request_seconds_count{endpoint=\"CollectSSL\"} 4",
            "certcollect_step_seconds_count{step=\"read\"} 5",
            "certcollect_draining 0.0",
            "certcollect_verified_logins 1.0")
        .doesNotContain("canary", "stranger", "reseller");
  }

  @Test
  void ordersAreCountedInTheBackground() {
    assertThat(page())
        .contains(
            "certcollect_orders{state=\"processing\"} 1.0",
            "certcollect_orders{state=\"issued\"} 0.0",
            "certcollect_certificates_expiring{within=\"7d\"} 0.0",
            "certcollect_oldest_processing_seconds ");
  }

  @Test
  void failedHandshakesAreCountedByTheirCause() throws IOException {
    try (RawConnection connection = RawConnection.plain(server.httpsPort())) {
      connection.send("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n");
      assertThat(connection.isClosedByServer()).isTrue();
    }
    Await.until(
        "it is counted",
        () -> page().contains("tls_handshake_failures_total{cause=\"not_tls\"} 1.0"));
    assertThatThrownBy(
            () ->
                RawConnection.tls(
                    server.httpsPort(), "TLSv1.2", "TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA"))
        .isInstanceOf(IOException.class);
    Await.until(
        "it is counted",
        () -> page().contains("tls_handshake_failures_total{cause=\"cipher\"} 1.0"));
  }

  @Test
  void theGrafanaBoardAsksForNoMetricThatIsNotExported() throws IOException {
    Set<String> asked = names(Files.readString(Path.of("../docs/grafana-board.json")));

    assertThat(asked).hasSizeGreaterThan(10);
    assertThat(exported()).containsAll(asked);
  }

  @Test
  void thePageOfTheDocumentationNamesEachMetric() throws IOException {
    String documented = Files.readString(Path.of("../docs/monitoring.md"));

    assertThat(names(documented)).containsExactlyElementsOf(exported());
  }

  private static Set<String> exported() {
    return TYPE.matcher(page())
        .results()
        .map(match -> match.group(1))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** The names in a text, those of a histogram without their suffixes. */
  private static Set<String> names(String text) {
    List<String> found = NAME.matcher(text).results().map(MatchResult::group).toList();
    return found.stream()
        .map(name -> name.replaceFirst("_seconds_(bucket|count|sum)$", "_seconds"))
        .collect(Collectors.toCollection(TreeSet::new));
  }
}
