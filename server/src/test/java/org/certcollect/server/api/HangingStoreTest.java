package org.certcollect.server.api;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
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
import org.certcollect.server.testing.TestServer;
import org.certcollect.store.ApiCredential.Scope;
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

  /** Broke once: searches took all threads of the API, and their callers waited for as long. */
  @Test
  void searchesThatHangAreFewAndEndAndLeaveThreadsToOtherRequests() throws IOException {
    try (TestServer server = TestServer.on(Postgres.empty(proxy.host()), ApiCaller.SETTINGS);
        RawConnection browser = RawConnection.plain(server.managementPort())) {
      String login = basic(server);
      String search =
          "POST / HTTP/1.1\r\nHost: localhost\r\n" + login + "Content-Length: 3\r\n\r\nq=7";
      assertThat(browser.send(search).read().body()).contains("No order found");

      proxy.stall();
      // Two of them take the threads, twenty wait, and the others are refused at once.
      occupy(server, 40, search);

      assertThat(soon(browser, get("/v1/openapi.json", "")).status()).isEqualTo(200);

      long start = System.nanoTime();
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
      assertThat(answers)
          .anyMatch(answer -> answer.body().contains("the search takes too long: try again"));
    }
  }
}
