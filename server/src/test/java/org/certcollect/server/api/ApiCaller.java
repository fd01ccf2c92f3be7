package org.certcollect.server.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.certcollect.admin.ApiAccess;
import org.certcollect.server.config.ManagementConfig;
import org.certcollect.server.testing.TestServer;
import org.certcollect.store.ApiCredential.Scope;

/** A caller of the admin API of a test's server. */
record ApiCaller(int port, Optional<String> token) {
  private static final HttpClient CLIENT = HttpClient.newHttpClient();

  /** The settings of a server with the admin API on a free port of loopback. */
  static final TestServer.Settings SETTINGS =
      TestServer.Settings.DEFAULT.with(
          new ManagementConfig("127.0.0.1", OptionalInt.of(0), false, Optional.empty()));

  /** The same with TLS. */
  static final TestServer.Settings SECURE =
      TestServer.Settings.DEFAULT.with(
          new ManagementConfig("127.0.0.1", OptionalInt.of(0), true, Optional.empty()));

  /** A caller with a new token. */
  static ApiCaller of(TestServer server, String name, Scope... scopes) {
    String token =
        new ApiAccess(server.store(), TestServer.TESTER, Clock.systemUTC())
            .addToken(name, Set.of(scopes), Duration.ofDays(1))
            .token()
            .orElseThrow();
    return new ApiCaller(server.managementPort(), Optional.of(token));
  }

  ApiCaller with(String otherToken) {
    return new ApiCaller(port, Optional.of(otherToken));
  }

  HttpRequest.Builder request(String path) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path));
    token.ifPresent(text -> request.header("Authorization", "Bearer " + text));
    return request;
  }

  static HttpResponse<String> send(HttpRequest request) throws IOException {
    try {
      return CLIENT.send(request, BodyHandlers.ofString());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException(e);
    }
  }

  HttpResponse<String> get(String path) throws IOException {
    return send(request(path).build());
  }

  HttpResponse<String> post(String path, String body, String... fields) throws IOException {
    return send(path, "application/json", body, fields);
  }

  HttpResponse<String> send(String path, String type, String body, String... fields)
      throws IOException {
    HttpRequest.Builder request = request(path).POST(BodyPublishers.ofString(body));
    if (!body.isEmpty()) {
      request.header("Content-Type", type);
    }
    if (fields.length > 0) {
      request.headers(fields);
    }
    return send(request.build());
  }

  JsonObject done(String path, JsonObject body) throws IOException {
    return json(post(path, body.encode()), 200);
  }

  static JsonObject json(HttpResponse<String> response, int status) {
    assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
    return new JsonObject(response.body());
  }

  static void assertProblem(HttpResponse<String> response, int status, String name) {
    JsonObject problem = json(response, status);
    assertThat(response.headers().firstValue("Content-Type")).contains("application/problem+json");
    assertThat(problem.getString("type")).isEqualTo("tag:certcollect.org,2026:problem/" + name);
    assertThat(problem.getInteger("status")).isEqualTo(status);
  }
}
