package org.certcollect.server.api;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.certcollect.server.config.ManagementConfig;
import org.certcollect.server.testing.Await;
import org.certcollect.server.testing.RawConnection;
import org.certcollect.server.testing.RawConnection.Answer;
import org.certcollect.server.testing.TestLog;
import org.certcollect.server.testing.TestServer;
import org.certcollect.store.ApiCredential.Scope;
import org.certcollect.store.jdbc.postgres.PostgresConfig;
import org.certcollect.store.testing.FaultProxy;
import org.certcollect.store.testing.Postgres;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The management listener while the store takes every question and answers none. */
@Tag("drill")
class HangingStoreTest {
  /** A second, and what a busy machine takes; less than the store's own five seconds. */
  private static final Duration SOON = Duration.ofMillis(1_900);

  private static final String LATE = "the store does not answer; the server&#39;s log tells why";

  private FaultProxy proxy;
  private final List<RawConnection> waiting = new ArrayList<>();

  @BeforeEach
  void open() {
    proxy = new FaultProxy(Postgres.server().port());
  }

  @AfterEach
  void close() throws IOException {
    for (RawConnection connection : waiting) {
      connection.close();
    }
    proxy.close();
  }

  private static String basic(TestServer server) {
    String token = ApiCaller.of(server, "browser", Scope.READ).token().orElseThrow();
    String pair = "any:" + token;
    return "Authorization: Basic "
        + Base64.getEncoder().encodeToString(pair.getBytes(UTF_8))
        + "\r\n";
  }

  private static String get(String path, String fields) {
    return "GET " + path + " HTTP/1.1\r\nHost: localhost\r\n" + fields + "\r\n";
  }

  private static Answer soon(RawConnection connection, String request) throws IOException {
    long start = System.nanoTime();
    Answer answer = connection.send(request).read();
    assertThat(Duration.ofNanos(System.nanoTime() - start)).as(request).isLessThan(SOON);
    return answer;
  }

  /** Sends requests that are not answered while the store hangs. */
  private void occupy(TestServer server, int count, String request) throws IOException {
    for (int i = 0; i < count; i++) {
      waiting.add(RawConnection.plain(server.managementPort()).send(request));
    }
  }

  /** Broke once: the page asked the store whether there is a token, and waited for it. */
  @Test
  void thePageComesAllTheSameAndSaysThatTheStoreDoesNotAnswer() throws IOException {
    try (TestServer server = TestServer.on(Postgres.empty(proxy.host()), ApiCaller.SETTINGS);
        RawConnection browser = RawConnection.plain(server.managementPort())) {
      String login = basic(server);
      assertThat(browser.send(get("/", login)).read().body())
          .contains("<h1>Ready</h1>", "<form")
          .doesNotContain("login was not taken");

      proxy.stall();
      occupy(server, 10, get("/v1/accounts", login.replace("Basic", "Bearer")));

      // An answer of the store is good for a quarter of a second.
      Await.until("the page tells it", () -> !isReady(browser));
      assertThat(soon(browser, get("/", "")).body())
          .contains("<h1>Not ready</h1>", ">fails, or does not answer</td>", "<form");
      assertThat(soon(browser, get("/", login)).body())
          .contains("<h1>Not ready</h1>", "login was not taken: " + LATE);
      assertThat(soon(browser, get("/livez", "")).status()).isEqualTo(200);
      assertThat(soon(browser, get("/metrics", "")).status()).isEqualTo(200);
      assertThat(browser.send(get("/readyz", "")).read().status()).isEqualTo(503);

      proxy.pass();
      Await.until("the page is ready again", () -> isReady(browser));
    }
  }

  private static boolean isReady(RawConnection browser) {
    try {
      return soon(browser, get("/", "")).body().contains("<h1>Ready</h1>");
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void aPageThatNeedsALoginIsRefusedAboutASecondLater() throws IOException {
    ManagementConfig everywhere =
        new ManagementConfig("0.0.0.0", OptionalInt.of(0), true, Optional.empty());
    try (TestServer server =
            TestServer.on(
                Postgres.empty(proxy.host()), TestServer.Settings.DEFAULT.with(everywhere));
        RawConnection browser = RawConnection.tls(server.managementPort(), "TLSv1.3")) {
      String login = basic(server);
      assertThat(browser.send(get("/", login)).read().body()).contains("<h1>Ready</h1>");

      proxy.stall();

      Answer refused = soon(browser, get("/", login));
      assertThat(refused.status()).isEqualTo(503);
      assertThat(refused.body()).contains("<h1>Store unavailable</h1>", LATE);
    }
  }

  /**
   * Broke once: a late page was logged as a stranger's, and what came of it was logged nowhere, so
   * that an outage used up the lines for refusals.
   */
  @Test
  void aLatePageIsLoggedOnceMoreWithItsCallerAndLeavesLinesToRefusals() throws IOException {
    ManagementConfig everywhere =
        new ManagementConfig("0.0.0.0", OptionalInt.of(0), true, Optional.empty());
    PostgresConfig quick = Postgres.empty(proxy.host());
    PostgresConfig patient =
        new PostgresConfig(
            quick.url(), quick.user(), quick.password(), quick.poolSize(), Duration.ofSeconds(20));
    try (TestServer server = TestServer.on(patient, TestServer.Settings.DEFAULT.with(everywhere))) {
      String login = basic(server);

      try (TestLog log = TestLog.json()) {
        proxy.stall();
        for (int i = 0; i < 25; i++) {
          waiting.add(RawConnection.tls(server.managementPort(), "TLSv1.3").send(get("/", login)));
        }
        for (RawConnection each : waiting) {
          assertThat(each.read().status()).isEqualTo(503);
        }
        assertThat(log.lines("no answer within 1500 ms"))
            .hasSize(20)
            .allMatch(line -> line.contains("\"status\":503"));

        proxy.pass();
        Await.until(
            "the outcome is logged",
            () ->
                log.lines("the deadline had passed").stream()
                    .anyMatch(line -> line.contains("\"credential\":\"browser\"")));

        RawConnection stranger = waiting.get(0);
        Answer refused = stranger.send(get("/v1/orders", "Authorization: Bearer guess\r\n")).read();
        assertThat(refused.status()).isEqualTo(401);
        assertThat(log.lines(String.valueOf(refused.headers().get("request-id")))).hasSize(1);
      }
    }
  }

  private static String search(String login) {
    return "POST / HTTP/1.1\r\nHost: localhost\r\n" + login + "Content-Length: 3\r\n\r\nq=7";
  }

  @Test
  void searchesWhoseCallersCannotBeCheckedLeaveThreadsToOtherRequests() throws IOException {
    try (TestServer server = TestServer.on(Postgres.empty(proxy.host()), ApiCaller.SETTINGS);
        RawConnection browser = RawConnection.plain(server.managementPort())) {
      String login = basic(server);
      assertThat(browser.send(search(login)).read().body()).contains("No order found");

      proxy.stall();
      occupy(server, 40, search(login));

      assertThat(soon(browser, get("/v1/openapi.json", "")).status()).isEqualTo(200);

      proxy.pass();
      for (RawConnection each : waiting) {
        Answer answer = each.read();
        assertThat(answer.status()).isIn(200, 503);
        // Nobody knew who asks: the search itself was not late.
        assertThat(answer.body()).doesNotContain("more exact");
      }
    }
  }

  /** Broke once: searches took all threads of the API, and their callers waited for as long. */
  @Test
  void searchesThatHangAreFewAndEndAndLeaveThreadsToOtherRequests() throws Exception {
    PostgresConfig database = Postgres.empty();
    try (TestServer server = TestServer.on(database, ApiCaller.SETTINGS);
        RawConnection browser = RawConnection.plain(server.managementPort());
        Connection locked = Postgres.server().connect();
        Statement lock = locked.createStatement();
        TestLog log = TestLog.json()) {
      String login = basic(server);
      assertThat(browser.send(search(login)).read().body()).contains("No order found");

      // The store tells who somebody is, and finds no order.
      locked.setAutoCommit(false);
      String schema = database.url().replaceFirst(".*currentSchema=", "");
      lock.execute("LOCK TABLE " + schema + ".orders IN ACCESS EXCLUSIVE MODE");
      // Two of them take the threads, twenty wait, and the others are refused at once.
      long start = System.nanoTime();
      occupy(server, 40, search(login));

      assertThat(soon(browser, get("/v1/openapi.json", "")).status()).isEqualTo(200);
      assertThat(soon(browser, get("/v1/orders", "")).status()).isEqualTo(401);

      List<Answer> answers = new ArrayList<>();
      for (RawConnection each : waiting) {
        answers.add(each.read());
      }
      assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(12));
      assertThat(answers).extracting(Answer::status).containsOnly(503);
      assertThat(answers)
          .filteredOn(answer -> answer.body().contains("too many requests wait: try again."))
          .hasSizeGreaterThanOrEqualTo(10)
          .allMatch(answer -> answer.body().contains("<h1>Overloaded</h1>"))
          .allMatch(answer -> answer.headers().containsKey("retry-after"));
      List<Answer> late =
          answers.stream()
              .filter(answer -> answer.body().contains("the search takes too long: try again"))
              .toList();
      assertThat(late).isNotEmpty();
      assertThat(log.lines("no answer within 10000 ms"))
          .filteredOn(line -> line.contains("\"credential\":\"browser\""))
          .hasSameSizeAs(late);
    }
  }
}
