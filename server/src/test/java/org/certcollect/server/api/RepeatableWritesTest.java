package org.certcollect.server.api;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.certcollect.server.api.ApiCaller.assertProblem;
import static org.certcollect.server.api.ApiCaller.json;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.certcollect.server.testing.TestServer;
import org.certcollect.store.ApiCredential.Scope;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Requests that are sent again under their idempotency key, to two nodes on one store. */
class RepeatableWritesTest {
  private static final String KEY = "a-random-text-of-some-length";

  private static TestServer one;
  private static TestServer two;
  private static ApiCaller caller;
  private static ApiCaller other;

  @BeforeAll
  static void start() {
    one = TestServer.start(ApiCaller.SETTINGS);
    two = TestServer.on(one.database(), ApiCaller.SETTINGS);
    caller = ApiCaller.of(one, "billing", Scope.ACCOUNTS, Scope.ORDERS);
    other = new ApiCaller(two.managementPort(), caller.token());
  }

  @AfterAll
  static void stop() {
    two.close();
    one.close();
  }

  private static String account(String login) {
    return new JsonObject().put("login", login).put("products", new JsonArray()).encode();
  }

  private static HttpResponse<String> add(ApiCaller to, String login, String key)
      throws IOException {
    return to.post("/v1/accounts", account(login), "Idempotency-Key", key);
  }

  @Test
  void theSecondRequestGetsTheFirstAnswerWithItsPassword() throws IOException {
    HttpResponse<String> first = add(caller, "acme", KEY + "1");
    HttpResponse<String> second = add(other, "acme", KEY + "1");

    assertThat(json(first, 200).getString("password")).hasSize(24);
    assertThat(second.body()).isEqualTo(first.body());
    assertThat(first.headers().firstValue("Idempotency-Replayed")).isEmpty();
    assertThat(second.headers().firstValue("Idempotency-Replayed")).contains("true");
    assertThat(one.store().events().ofAccount("acme")).hasSize(1);
    assertProblem(add(caller, "acme", KEY + "2"), 409, "account-exists");
  }

  @Test
  void anotherRequestWithTheKeyIsRefused() throws IOException {
    assertThat(add(caller, "beta", KEY + "3").statusCode()).isEqualTo(200);

    assertProblem(add(caller, "gamma", KEY + "3"), 422, "idempotency-key-reused");
    HttpResponse<String> elsewhere =
        caller.post("/v1/accounts/beta/disable", "", "Idempotency-Key", KEY + "3");
    assertProblem(elsewhere, 422, "idempotency-key-reused");
    assertProblem(add(caller, "gamma", "short"), 400, "bad-idempotency-key");
    ApiCaller stranger = ApiCaller.of(one, "stranger", Scope.ACCOUNTS);
    assertProblem(add(stranger, "beta", KEY + "3"), 409, "account-exists");
  }

  @Test
  void theKeyOfARefusedRequestIsFree() throws IOException {
    HttpResponse<String> refused =
        caller.post("/v1/accounts/delta/disable", "", "Idempotency-Key", KEY + "4");
    assertProblem(refused, 404, "unknown-account");

    assertThat(add(caller, "delta", KEY + "5").statusCode()).isEqualTo(200);
    HttpResponse<String> repeated =
        caller.post("/v1/accounts/delta/disable", "", "Idempotency-Key", KEY + "4");
    assertThat(json(repeated, 200).getBoolean("enabled")).isFalse();
  }

  @Test
  void ofManyAtOnceOnTwoNodesOneIsDone() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(8);
    try {
      List<Callable<String>> requests =
          IntStream.range(0, 16)
              .<Callable<String>>mapToObj(
                  i ->
                      () ->
                          json(add(i % 2 == 0 ? caller : other, "epsilon", KEY + "6"), 200)
                              .getString("password"))
              .toList();
      Set<String> passwords = new HashSet<>();
      for (Future<String> answer : threads.invokeAll(requests)) {
        passwords.add(answer.get());
      }
      assertThat(passwords).hasSize(1);
    } finally {
      threads.shutdownNow();
    }
    assertThat(one.store().events().ofAccount("epsilon")).hasSize(1);
  }

  @Test
  void theStoreHasNoSecretOfAnAnswer() throws IOException {
    String password = json(add(caller, "zeta", KEY + "7"), 200).getString("password");

    for (String suffix : List.of("", "-wal")) {
      String file = Files.readString(one.folder().resolve("store.db" + suffix), ISO_8859_1);
      assertThat(file).doesNotContain(password, caller.token().orElseThrow(), KEY + "7");
    }
  }

  @Test
  void manyCertificatesAreEachKept() throws IOException {
    assertThat(add(caller, "eta", KEY + "8").statusCode()).isEqualTo(200);
    ApiTestCa ca = new ApiTestCa();
    var keys = ApiTestCa.keys();
    JsonObject order =
        new JsonObject()
            .put("account", "eta")
            .put("product", "ssl")
            .put("paid", true)
            .put("csr", ApiTestCa.request("www.eta.example", keys));
    caller.done("/v1/orders", order);
    String items =
        new JsonObject()
            .put(
                "items",
                new JsonArray()
                    .add(new JsonObject().put("certificate", ca.issue("www.eta.example", keys))))
            .encode();

    String first = caller.post("/v1/issue-many", items, "Idempotency-Key", KEY + "9").body();
    String second = other.post("/v1/issue-many", items, "Idempotency-Key", KEY + "9").body();

    assertThat(first).contains("\"status\":200");
    assertThat(second).isEqualTo(first);
  }

  /** A renewal with the same request waits, and a late hook brings the former certificate again. */
  @Test
  void aCertificateIsNotIssuedToAnotherOrderOfItsKey() throws IOException {
    assertThat(add(caller, "theta", KEY + "10").statusCode()).isEqualTo(200);
    var keys = ApiTestCa.keys();
    JsonObject order =
        new JsonObject()
            .put("account", "theta")
            .put("product", "ssl")
            .put("paid", true)
            .put("csr", ApiTestCa.request("www.theta.example", keys));
    long first = caller.done("/v1/orders", order).getLong("number");
    JsonObject certificate =
        new JsonObject().put("certificate", new ApiTestCa().issue("www.theta.example", keys));
    assertThat(caller.done("/v1/issue", certificate).getLong("number")).isEqualTo(first);
    long second = caller.done("/v1/orders", order).getLong("number");

    assertThat(caller.done("/v1/issue", certificate).getLong("number")).isEqualTo(first);
    ApiCaller.assertProblem(
        caller.post("/v1/issue?domain=wwww.theta.example", certificate.encode()),
        404,
        "no-waiting-order");
    JsonObject reason = new JsonObject().put("reason", "superseded");
    caller.done("/v1/orders/" + first + "/revoke", reason);
    ApiCaller.assertProblem(
        caller.post("/v1/issue", certificate.encode()), 404, "no-waiting-order");
    assertThat(ApiCaller.json(caller.get("/v1/orders/" + second), 200).getString("state"))
        .isEqualTo("processing");
  }
}
