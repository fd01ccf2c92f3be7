package org.certcollect.server.api;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.UnixDomainSocketAddress;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.certcollect.admin.ApiAccess;
import org.certcollect.admin.audit.AuditConfig;
import org.certcollect.protocol.fixtures.Fixtures;
import org.certcollect.server.config.ManagementConfig;
import org.certcollect.server.testing.Await;
import org.certcollect.server.testing.RawConnection;
import org.certcollect.server.testing.RawConnection.Answer;
import org.certcollect.server.testing.TestLog;
import org.certcollect.server.testing.TestServer;
import org.certcollect.store.ApiCredential.Scope;
import org.certcollect.store.domain.OrderRemarks;
import org.certcollect.store.domain.Product;
import org.certcollect.store.x509.ParsedCertificate;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The page for operators: what it shows to whom. */
class OperatorPageTest {
  private static final String HOSTILE = "<script>alert(1)</script>\u202e";

  @TempDir private static Path data;
  private static TestLog log;
  private static TestServer server;
  private static String token;

  @BeforeAll
  static void start() throws IOException {
    log = TestLog.json().everything();
    server = TestServer.audited(ApiCaller.SETTINGS, data, AuditConfig.of("node"));
    assertThat(get().body())
        .as("without a token in the store")
        .contains("Orders can be searched here when the admin API has a token.")
        .doesNotContain("<form");
    server.quickAccount("acme", "right");
    server.quickAccount("<img src=x>", "right");
    server.order("acme", Product.SSL, 7);
    server.issue(7, "chain-3");
    server
        .store()
        .orders()
        .setRemarks(
            7,
            before -> new OrderRemarks(Optional.of("ticket 12"), Optional.empty()),
            TestServer.TESTER);
    server.order("<img src=x>", Product.SSL, 8);
    server
        .store()
        .orders()
        .setRemarks(
            8,
            before -> new OrderRemarks(Optional.of(HOSTILE), Optional.empty()),
            TestServer.TESTER);
    token = ApiCaller.of(server, "browser", Scope.ORDERS).token().orElseThrow();
    // Whether there is a token is asked once a second, and a server tells of itself a bit later.
    Await.until("it can be searched", () -> unchecked(() -> get().body().contains("<form")));
    Await.until("it is listed", () -> unchecked(() -> get().body().contains("running, ")));
  }

  @AfterAll
  static void stop() {
    server.close();
    log.close();
  }

  private static HttpResponse<String> get(String... fields) throws IOException {
    return ApiCaller.send(request(server.managementPort(), fields).build());
  }

  private static HttpRequest.Builder request(int port, String... fields) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/"));
    return fields.length == 0 ? request : request.headers(fields);
  }

  private static String basic(String password) {
    return "Basic " + Base64.getEncoder().encodeToString(("any:" + password).getBytes(UTF_8));
  }

  private static HttpResponse<String> search(String text, String... fields) throws IOException {
    String form = "q=" + URLEncoder.encode(text, UTF_8);
    return ApiCaller.send(
        request(server.managementPort(), fields).POST(BodyPublishers.ofString(form)).build());
  }

  private static String found(String text) throws IOException {
    HttpResponse<String> response = search(text, "Authorization", basic(token));
    assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
    return response.body();
  }

  @Test
  void everyoneOnLoopbackSeesTheState() throws IOException {
    HttpResponse<String> page = get();
    assertThat(page.statusCode()).isEqualTo(200);
    assertThat(page.body())
        .contains("<h1>Ready</h1>", "<form method=\"post\" action=\"/\"")
        .contains(row("Store", "ok"), row("Audit log", "ok"), row("Node", "node"))
        .contains(row("node", "running, version unpackaged (unknown)"))
        .contains(
            "Awaiting payment</th>",
            "<h2>Orders</h2>",
            "<h2>Certificates that expire within</h2>",
            "7 days")
        .containsPattern("until 20[0-9-]+ .days left: [0-9]+.")
        .doesNotContain("<script")
        .doesNotContainPattern("\\{[a-z.]+}");
    assertThat(page.headers().map())
        .containsEntry("Cache-Control", List.of("no-store"))
        .containsEntry("X-Content-Type-Options", List.of("nosniff"))
        .containsEntry("Referrer-Policy", List.of("same-origin"))
        .doesNotContainKey("Set-Cookie");
    assertThat(page.headers().firstValue("Content-Security-Policy").orElseThrow())
        .startsWith("default-src 'none'; style-src 'sha256-")
        .contains("frame-ancestors 'none'")
        .doesNotContain("script-src", "unsafe");
  }

  private static String row(String name, String value) {
    return "<th scope=\"row\">" + name + "</th><td>" + value + "</td>";
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"7", " www.example.com ", "*.example.com", "SHA256", "SERIAL", "Ticket 12"})
  void oneBoxFindsAnOrderByAnyOfItsProperties(String text) throws IOException {
    ParsedCertificate issued = ParsedCertificate.of(Fixtures.chain("chain-3").get(0));
    String wanted =
        switch (text) {
          case "SHA256" -> issued.stored().fingerprint();
          case "SERIAL" -> issued.serial().toString(16);
          default -> text;
        };
    assertThat(found(wanted))
        .contains("1 order found", "<h2>Order 7</h2>", "www.example.com", "issued")
        .contains("Not after</th><td>20", "Reference</th><td>ticket 12</td>");
  }

  @Test
  void asManyWordsAsTheBoxTakesAreSearched() throws IOException {
    String words =
        IntStream.range(0, 66).mapToObj(i -> Integer.toString(36 + i, 36)).collect(joining(" "));
    assertThat(found(words)).contains("No order found");
    assertThat(found("\u00e4b c ".repeat(40))).contains("No order found");
  }

  @Test
  void whatStrangersWroteIsShownAsText() throws IOException {
    assertThat(found(HOSTILE))
        .contains("1 order found", "&#60;img src=x&#62;", "&#65533;")
        .doesNotContain("<img", "<script", "alert(1)\"", "\u202e");
    assertThat(found("\"><script>alert(1)</script>"))
        .contains("No order found", "value=\"&#34;&#62;&#60;script&#62;")
        .doesNotContain("<script");
  }

  @Test
  void onlyATokenOpensTheSearch() throws IOException {
    ApiCaller.of(server, "gone", Scope.READ);
    String removed = ApiCaller.of(server, "removed", Scope.READ).token().orElseThrow();
    server.store().apiCredentials().remove("removed", TestServer.TESTER);
    String expired =
        new ApiAccess(
                server.store(),
                TestServer.TESTER,
                Clock.fixed(Instant.now().minus(Duration.ofDays(9)), ZoneOffset.UTC))
            .addToken("expired", Set.of(Scope.READ), Duration.ofDays(1))
            .token()
            .orElseThrow();
    for (String[] fields :
        List.of(
            new String[0],
            new String[] {"Authorization", basic("cctok_wrong")},
            new String[] {"Authorization", basic(removed)},
            new String[] {"Authorization", basic(expired)},
            new String[] {"Authorization", "Basic !"},
            new String[] {"Authorization", "Basic"})) {
      HttpResponse<String> refused = search("7", fields);
      assertThat(refused.statusCode()).as(String.join(" ", fields)).isEqualTo(401);
      assertThat(refused.headers().firstValue("WWW-Authenticate"))
          .contains("Basic realm=\"certcollect\", charset=\"UTF-8\"");
      assertThat(refused.body()).contains("<h1>Unauthorized</h1>").doesNotContain("www.example");
    }
    assertThat(get("Authorization", basic("cctok_wrong")).body())
        .contains("<h1>Ready</h1>", "login was not taken: the credential is unknown");
    assertThat(search("7", "Authorization", "Bearer " + token).statusCode()).isEqualTo(200);
  }

  /** A browser sends the password of HTTP Basic for the form of any site. */
  @Test
  void theFormOfAnotherSiteIsRefused() throws IOException {
    String own = "http://127.0.0.1:" + server.managementPort();
    assertThat(search("7", "Authorization", basic(token), "Origin", own).statusCode())
        .isEqualTo(200);
    for (String[] foreign :
        List.of(
            new String[] {"Origin", "https://evil.example"},
            new String[] {"Origin", "null"},
            new String[] {"Sec-Fetch-Site", "cross-site"},
            new String[] {"Sec-Fetch-Site", "same-site"})) {
      HttpResponse<String> refused =
          search("7", "Authorization", basic(token), foreign[0], foreign[1]);
      assertThat(refused.statusCode()).as(String.join(" ", foreign)).isEqualTo(403);
      assertThat(refused.body()).contains("<h1>Cross site</h1>");
    }
    assertThat(get("Authorization", basic(token), "Sec-Fetch-Site", "cross-site").statusCode())
        .as("a link to the page")
        .isEqualTo(200);
  }

  /** The same password would otherwise let the form of any site change orders. */
  @Test
  void thePasswordOpensThePageOnly() throws IOException {
    HttpResponse<String> refused =
        ApiCaller.send(
            HttpRequest.newBuilder(
                    URI.create(
                        "http://127.0.0.1:" + server.managementPort() + "/v1/orders/8/reject"))
                .header("Authorization", basic(token))
                .POST(BodyPublishers.noBody())
                .build());
    ApiCaller.assertProblem(refused, 401, "unauthorized");
  }

  @Test
  void aSearchWithoutATextIsRefusedWithAPage() throws IOException {
    for (String form :
        List.of("", "q=", "q=%20", "q=a&q=b", "p=1", "q=%zz", "q=" + "x".repeat(201))) {
      HttpResponse<String> response =
          ApiCaller.send(
              request(server.managementPort(), "Authorization", basic(token))
                  .POST(BodyPublishers.ofString(form))
                  .build());
      assertThat(response.statusCode()).as(form).isEqualTo(400);
      assertThat(response.body()).contains("<h1>Invalid request</h1>", "<a href=\"/\">");
    }
    assertThat(search("x".repeat(3_000), "Authorization", basic(token)).statusCode())
        .isEqualTo(413);
  }

  @Test
  void problemsAreForThoseWithAToken() throws IOException {
    try (TestServer failing = TestServer.start(ApiCaller.SETTINGS)) {
      String own = ApiCaller.of(failing, "browser", Scope.READ).token().orElseThrow();
      failing.store().close();
      Await.until(
          "it is not ready",
          () ->
              unchecked(() -> ApiCaller.send(request(failing.managementPort()).build()).body())
                  .contains("<h1>Not ready</h1>"));
      assertThat(ApiCaller.send(request(failing.managementPort()).build()).body())
          .contains(
              "<th scope=\"row\">Store</th><td class=\"attention\">fails, or does not answer</td>");
      HttpRequest.Builder known = request(failing.managementPort(), "Authorization", basic(own));
      assertThat(ApiCaller.send(known.build()).body())
          .as("a login that cannot be checked")
          .contains("<h1>Not ready</h1>", "login was not taken: the store does not answer");
    }
  }

  @Test
  void beyondLoopbackThePageNeedsATokenButNotOnTheSocket(@TempDir Path folder) throws Exception {
    Path socket = folder.resolve("s");
    ManagementConfig everywhere =
        new ManagementConfig("0.0.0.0", OptionalInt.of(0), true, Optional.of(socket));
    try (TestServer open = TestServer.start(TestServer.Settings.DEFAULT.with(everywhere))) {
      assertThat(over(open, "").status()).as("no token in the store").isEqualTo(404);
      String own = ApiCaller.of(open, "browser", Scope.READ).token().orElseThrow();
      Await.until("a token is asked for", () -> unchecked(() -> over(open, "")).status() == 401);
      assertThat(over(open, "").body()).doesNotContain("Store");
      assertThat(over(open, "Authorization: " + basic(own) + "\r\n").body())
          .contains("<h1>Ready</h1>");
      try (SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(socket))) {
        channel.write(
            ByteBuffer.wrap(
                "GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n".getBytes(US_ASCII)));
        assertThat(new String(Channels.newInputStream(channel).readAllBytes(), US_ASCII))
            .contains("<h1>Ready</h1>");
      }
    }
  }

  private static <T> T unchecked(Callable<T> call) {
    try {
      return call.call();
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  private static Answer over(TestServer open, String fields) throws IOException {
    try (RawConnection connection = RawConnection.tls(open.managementPort(), "TLSv1.3")) {
      return connection.send("GET / HTTP/1.1\r\nHost: localhost\r\n" + fields + "\r\n").read();
    }
  }

  @Test
  void neitherTokensNorSearchesAreWritten() throws IOException {
    String canary = "kanarie.example.com";
    found(canary);
    search(canary, "Authorization", basic("KanarieToken"));
    search(canary, "Authorization", "Basic KanarieField");
    get("Authorization", basic(token));
    assertThat(log.lines("searchPage")).isNotEmpty();
    StringBuilder written = new StringBuilder(log.toString());
    try (Stream<Path> files = Files.walk(data)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        written.append(new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1));
      }
    }
    assertThat(written.toString())
        .contains("\"operation\":\"searchPage\"", "UNKNOWN_CREDENTIAL")
        .doesNotContainIgnoringCase("kanarie")
        .doesNotContain(token, basic(token).substring(6));
  }
}
