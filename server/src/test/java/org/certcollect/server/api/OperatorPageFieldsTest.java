package org.certcollect.server.api;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.Base64;
import java.util.List;
import org.certcollect.server.testing.Await;
import org.certcollect.server.testing.TestServer;
import org.certcollect.store.ApiCredential.Scope;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The methods of the page for operators, and the header fields of its answers. */
class OperatorPageFieldsTest {
  private TestServer server;
  private String login;

  @BeforeEach
  void start() {
    server = TestServer.start(ApiCaller.SETTINGS);
    String token = ApiCaller.of(server, "browser", Scope.READ).token().orElseThrow();
    login = "Basic " + Base64.getEncoder().encodeToString(("any:" + token).getBytes(UTF_8));
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private HttpResponse<String> send(String method, String body, String... fields) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.managementPort() + "/"))
            .method(
                method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
    try {
      return ApiCaller.send((fields.length == 0 ? request : request.headers(fields)).build());
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void headIsAnsweredAsGetIsWithoutABody() {
    HttpResponse<String> head = send("HEAD", "");
    assertThat(head.statusCode()).isEqualTo(200);
    assertThat(head.body()).isEmpty();
    assertThat(head.headers().firstValueAsLong("Content-Length").orElseThrow()).isPositive();
    assertKeptToItself(head);
    assertThat(head.headers().map().keySet())
        .containsExactlyInAnyOrderElementsOf(send("GET", "").headers().map().keySet());
  }

  @ParameterizedTest
  @ValueSource(strings = {"PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "get"})
  void otherMethodsAreRefusedWithThoseThatLeadOn(String method) {
    HttpResponse<String> refused = send(method, "", "Authorization", login);
    assertThat(refused.statusCode()).isEqualTo(405);
    assertThat(refused.headers().allValues("Allow")).containsExactly("GET, HEAD, POST");
    assertThat(refused.headers().firstValue("Content-Type")).contains("text/plain");
    assertThat(refused.headers().firstValue("X-Content-Type-Options")).contains("nosniff");
  }

  @Test
  void everyPageIsKeptToItselfThoseOfProblemsToo() {
    assertKeptToItself(200, send("GET", ""));
    assertKeptToItself(200, send("POST", "q=7", "Authorization", login));
    assertKeptToItself(400, send("POST", "q=", "Authorization", login));
    assertKeptToItself(401, send("POST", "q=7"));
    assertKeptToItself(
        403, send("POST", "q=7", "Authorization", login, "Origin", "https://evil.example"));
    server.store().apiCredentials().remove("browser", TestServer.TESTER);
    Await.until("the API is off", () -> send("POST", "q=7").statusCode() == 404);
    assertKeptToItself(404, send("POST", "q=7"));
    server.store().close();
    assertKeptToItself(503, send("POST", "q=7", "Authorization", login));
    assertKeptToItself(200, send("GET", ""));
  }

  private static void assertKeptToItself(int status, HttpResponse<String> page) {
    assertThat(page.statusCode()).as(page.body()).isEqualTo(status);
    assertThat(page.headers().firstValue("Content-Type")).contains("text/html; charset=utf-8");
    assertKeptToItself(page);
  }

  private static void assertKeptToItself(HttpResponse<String> page) {
    assertThat(page.headers().map())
        .containsEntry("Cross-Origin-Opener-Policy", List.of("same-origin"))
        .containsEntry("Cross-Origin-Resource-Policy", List.of("same-origin"))
        .containsEntry("Referrer-Policy", List.of("same-origin"))
        .containsEntry("X-Frame-Options", List.of("DENY"))
        .containsEntry("X-Content-Type-Options", List.of("nosniff"))
        .containsEntry("Cache-Control", List.of("no-store"))
        .containsKey("Request-Id")
        .doesNotContainKey("Set-Cookie");
    assertThat(page.headers().firstValue("Content-Security-Policy").orElseThrow())
        .startsWith("default-src 'none'; style-src 'sha256-")
        .contains("form-action 'self'", "frame-ancestors 'none'", "base-uri 'none'")
        .doesNotContain("script-src", "unsafe");
  }
}
