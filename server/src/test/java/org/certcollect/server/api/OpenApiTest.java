package org.certcollect.server.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.certcollect.server.api.ApiCaller.assertProblem;
import static org.certcollect.server.api.ApiCaller.json;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.security.KeyPair;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.certcollect.server.push.ScriptedReceiver;
import org.certcollect.server.testing.Await;
import org.certcollect.server.testing.TestServer;
import org.certcollect.store.ApiCredential.Scope;
import org.certcollect.store.LastCollects.LastCollect;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/** Calls every operation of the document on a real server. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class OpenApiTest {
  private static final ApiTestCa CA = new ApiTestCa();

  private static TestServer server;
  private static ApiCaller caller;
  private static CheckedApi api;

  @BeforeAll
  static void start() {
    server = TestServer.start(ApiCaller.SETTINGS);
    caller = ApiCaller.of(server, "all", Scope.values());
    api = new CheckedApi(caller);
  }

  @AfterAll
  static void stop() {
    server.close();
    api.close();
  }

  private static HttpResponse<String> checked(String operation, HttpResponse<String> response) {
    return api.checked(operation, response);
  }

  private static HttpResponse<String> post(String operation, String path, Object body)
      throws IOException {
    return api.post(operation, path, body);
  }

  private static JsonObject done(String operation, String path, Object body) throws IOException {
    return api.done(operation, path, body);
  }

  private static JsonObject read(String operation, String path) throws IOException {
    return api.read(operation, path);
  }

  private static JsonObject with(String name, Object value) {
    return new JsonObject().put(name, value);
  }

  private static long order(String domain, KeyPair keys) throws IOException {
    return done(
            "addOrder",
            "/v1/orders",
            with("account", "acme")
                .put("product", "ssl")
                .put("paid", true)
                .put("csr", ApiTestCa.request(domain, keys)))
        .getLong("number");
  }

  @Test
  @Order(1)
  void accounts() throws IOException {
    JsonArray ssl = new JsonArray().add("ssl");
    JsonObject added =
        done("addAccount", "/v1/accounts", with("login", "acme").put("products", ssl));
    assertThat(added.getString("password")).hasSize(24);
    assertThat(server.store().events().ofAccount("acme").get(0).actor()).isEqualTo("api:all");
    JsonObject own = with("login", "b/c d").put("products", ssl).put("password", "a long password");
    assertThat(done("addAccount", "/v1/accounts", own).containsKey("password")).isFalse();
    assertProblem(post("addAccount", "/v1/accounts", own), 409, "account-exists");
    JsonObject wrong = with("login", "x").put("products", ssl).put("pasword", "");
    assertProblem(post("addAccount", "/v1/accounts", wrong), 400, "invalid-request");
    String path = "/v1/accounts/b%2Fc%20d";
    done("disableAccount", path + "/disable", "");
    assertThat(read("showAccount", path).getBoolean("enabled")).isFalse();
    done("enableAccount", path + "/enable", "");
    done("changeAccountContact", path + "/contact", with("email", "b@example.com"));
    done("allowProducts", "/v1/accounts/acme/allow", with("products", new JsonArray().add("ccc")));
    done("denyProducts", path + "/deny", with("products", ssl));
    done("changePassword", "/v1/accounts/acme/password", "");
    assertProblem(
        post("changePassword", "/v1/accounts/nobody/password", ""), 404, "unknown-account");

    JsonObject first = read("listAccounts", "/v1/accounts?limit=1");
    assertThat(first.getJsonArray("accounts")).hasSize(1);
    JsonObject second =
        read("listAccounts", "/v1/accounts?limit=1&cursor=" + first.getString("next"));
    assertThat(second.getJsonArray("accounts").getJsonObject(0).getString("login"))
        .isEqualTo("b/c d");
    assertThat(second.containsKey("next")).isFalse();
  }

  @Test
  @Order(2)
  void certificatesFindTheirOrder() throws IOException {
    assertThat(
            done("addCa", "/v1/ca", with("certificates", CA.root()))
                .getJsonArray("certificates")
                .getJsonObject(0)
                .getBoolean("new"))
        .isTrue();
    assertThat(read("listCa", "/v1/ca").getJsonArray("certificates")).hasSize(1);

    KeyPair keys = ApiTestCa.keys();
    long number = order("www.alpha.example", keys);
    String pem = CA.issue("www.alpha.example", keys);
    HttpResponse<String> issued = checked("issue", caller.send("/v1/issue", ApiRequest.PEM, pem));
    assertThat(json(issued, 200).getLong("number")).isEqualTo(number);
    assertThat(json(issued, 200).getJsonArray("certificates")).hasSize(2);
    HttpResponse<String> again = checked("issue", caller.send("/v1/issue", ApiRequest.PEM, pem));
    assertThat(json(again, 200)).isEqualTo(json(issued, 200));
    String unknown = CA.issue("www.alpha.example", ApiTestCa.keys());
    assertProblem(
        checked("issue", caller.send("/v1/issue", ApiRequest.PEM, unknown)),
        404,
        "no-waiting-order");
    HttpResponse<String> collected =
        checked("getCertificate", caller.get("/v1/orders/" + number + "/certificate"));
    assertThat(collected.body()).isEqualTo(pem + CA.root());

    long one = order("www.beta.example", keys);
    long other = order("www.gamma.example", keys);
    String next = CA.issue("www.beta.example", keys);
    JsonObject problem =
        json(checked("issue", caller.send("/v1/issue", ApiRequest.PEM, next)), 409);
    assertThat(problem.getString("type")).endsWith("/ambiguous-order");
    assertThat(problem.getJsonArray("candidates")).containsExactly((int) one, (int) other);
    String path = "/v1/issue?domain=www.gamma.example";
    assertThat(
            json(checked("issue", caller.send(path, ApiRequest.PEM, pem)), 200).getLong("number"))
        .isEqualTo(other);
    done("issueOrder", "/v1/orders/" + one + "/issue", with("certificate", pem));
  }

  @Test
  @Order(3)
  void manyAreIssuedEachOnItsOwn() throws IOException {
    KeyPair keys = ApiTestCa.keys();
    long number = order("www.delta.example", keys);
    String pem = CA.issue("www.delta.example", keys);
    JsonArray items =
        new JsonArray()
            .add(with("certificate", pem))
            .add(with("certificate", "no certificate"))
            .add(with("certificate", pem).put("order", number))
            .add(with("certificate", pem).put("order", 4711));

    JsonArray results =
        done("issueMany", "/v1/issue-many", with("items", items)).getJsonArray("results");

    Function<Integer, JsonObject> at = results::getJsonObject;
    assertThat(results.stream().map(each -> ((JsonObject) each).getInteger("status")))
        .containsExactly(200, 422, 200, 404);
    assertThat(at.apply(0).getJsonObject("result").getLong("number")).isEqualTo(number);
    assertThat(at.apply(1).getJsonObject("problem").getString("type")).endsWith("/bad-certificate");
  }

  @Test
  @Order(4)
  void ordersGoThroughTheirLife() throws IOException {
    JsonObject wanted = with("account", "acme").put("product", "ccc").put("number", 77);
    JsonObject added = done("addOrder", "/v1/orders", wanted);
    assertThat(added.getString("code")).hasSize(16);
    assertThat(added.getString("state")).isEqualTo("awaiting-payment");
    assertProblem(post("addOrder", "/v1/orders", wanted), 409, "order-exists");
    assertThat(done("changeCode", "/v1/orders/77/code", "").getString("code")).hasSize(16);
    done("payOrder", "/v1/orders/77/pay", "");
    JsonObject problem = json(post("payOrder", "/v1/orders/77/pay", ""), 409);
    assertThat(problem.getString("type")).endsWith("/forbidden-transition");
    assertThat(problem.getString("state")).isEqualTo("processing");
    done("rejectOrder", "/v1/orders/77/reject", with("reason", "not paid"));
    assertThat(read("showOrder", "/v1/orders/77").getJsonArray("events")).hasSize(4);

    KeyPair keys = ApiTestCa.keys();
    long number = order("www.epsilon.example", keys);
    String path = "/v1/orders/" + number;
    done(
        "setValidation",
        path + "/validation",
        with("status", "validated")
            .put("steps", with("dcv", "completed"))
            .put("domains", with("www.epsilon.example", "in-progress"))
            .put("term", with("start", "2026-05-14").put("end", "2027-05-13")));
    String pem = CA.issue("www.epsilon.example", keys);
    done("issueOrder", path + "/issue", with("certificate", pem));
    done("holdOrder", path + "/hold", with("reason", "wrong name"));
    assertThat(read("showOrder", path).containsKey("heldSince")).isTrue();
    done("releaseOrder", path + "/release", "");
    done("remarkOrder", path + "/note", with("reference", "PO 5").put("note", "a friend"));
    done("changeOrderContact", path + "/contact", with("noMail", true));
    done("reissueOrder", path + "/reissue", "");
    done("cancelReissue", path + "/cancel-reissue", "");
    LastCollect last =
        new LastCollect(number, Instant.now(), OptionalLong.empty(), Optional.empty(), "192.0.2.1");
    server.store().lastCollects().put(List.of(last));
    JsonObject shown = read("showOrder", path);
    assertThat(shown.getString("collectedBy")).isEqualTo("a collection code");
    assertThat(shown.getString("collectedFrom")).isEqualTo("192.0.2.1");
    JsonObject certificate = shown.getJsonArray("certificates").getJsonObject(0);
    assertThat(certificate.getJsonArray("names")).containsExactly("www.epsilon.example");
    assertThat(certificate.fieldNames()).contains("serial", "issuer", "key", "sha256", "chain");
    assertThat(shown.getJsonObject("validation").encode())
        .startsWith("{\"domain\":\"www.epsilon.example\",\"status\":\"validated\",\"steps\":{");
    done("revokeOrder", path + "/revoke", with("reason", "key compromise"));
    assertThat(read("listEvents", path + "/events").getJsonArray("events")).isNotEmpty();
    assertProblem(checked("showOrder", caller.get("/v1/orders/4711")), 404, "unknown-order");
    assertProblem(checked("showOrder", caller.get("/v1/orders/x")), 404, "unknown-order");
  }

  @Test
  @Order(5)
  void listsArePagedByKey() throws IOException {
    Set<Object> seen = ConcurrentHashMap.newKeySet();
    for (String start : Set.of("/v1/orders?limit=2", "/v1/orders?expiringWithinDays=365&limit=1")) {
      String path = start;
      while (!path.isEmpty()) {
        JsonObject page = read("listOrders", path);
        for (Object order : page.getJsonArray("orders")) {
          assertThat(seen.add(start + ((JsonObject) order).getLong("number"))).isTrue();
        }
        path = page.containsKey("next") ? start + "&cursor=" + page.getString("next") : "";
      }
    }
    assertThat(seen.size()).isGreaterThan(8);
    assertThat(read("listOrders", "/v1/orders?state=rejected").getJsonArray("orders")).hasSize(1);
    String search = "/v1/orders?createdSince=2026-01-01T00:00:00Z&domain=";
    assertThat(read("listOrders", search + "*.epsilon.example").getJsonArray("orders")).hasSize(1);
    assertThat(read("listOrders", search + "epsilon.example").getJsonArray("orders")).isEmpty();
    for (String wrong :
        Set.of(
            "stat=issued",
            "createdSince=today",
            "serial=x",
            "state=paid",
            "limit=0",
            "limit=x",
            "limit=1&limit=2",
            "cursor=")) {
      assertProblem(
          checked("listOrders", caller.get("/v1/orders?" + wrong)), 400, "invalid-request");
    }
    assertProblem(checked("listOrders", caller.get("/v1/orders?cursor=eHg")), 400, "bad-cursor");
  }

  @Test
  @Order(6)
  void bodiesAreReadStrictly() throws IOException {
    String path = "/v1/orders/77/reject";
    assertProblem(
        post("rejectOrder", path, "{\"reason\":\"a\",\"reason\":\"b\"}"), 400, "invalid-json");
    assertProblem(
        checked("rejectOrder", caller.send(path, "text/plain", "reason")),
        415,
        "unsupported-media-type");
    assertProblem(post("payOrder", "/v1/orders/77/pay", "{}"), 400, "unexpected-body");
    assertThat(caller.post(path, "x".repeat((1 << 20) + 1)).statusCode()).isEqualTo(413);
  }

  @Test
  @Order(7)
  void requestsAreReplacedAndOrdersMoved() throws IOException {
    long number = order("www.zeta.example", ApiTestCa.keys());
    String path = "/v1/orders/" + number;
    String csr = ApiTestCa.request("www.eta.example", ApiTestCa.keys());
    String own = with("login", "zeta").put("products", new JsonArray()).encode();
    done("addAccount", "/v1/accounts", own);

    done("replaceRequest", path + "/csr", with("csr", csr));
    assertThat(checked("getRequest", caller.get(path + "/csr")).body()).isEqualTo(csr);
    JsonObject moved = done("moveOrder", path + "/move", with("account", "zeta"));
    assertThat(moved.getString("account")).isEqualTo("zeta");
    assertThat(moved.getString("name")).isEqualTo("www.eta.example");
    done("renameAccount", "/v1/accounts/zeta/rename", with("login", "theta"));

    String search = "/v1/events?actor=api:all&order=" + number;
    JsonObject first = read("searchEvents", search + "&limit=2&since=2026-01-01T00:00:00Z");
    assertThat(first.getJsonArray("events")).hasSize(2);
    JsonObject rest = read("searchEvents", search + "&cursor=" + first.getString("next"));
    assertThat(rest.getJsonArray("events").encode()).contains("order.move");
    assertThat(read("searchEvents", "/v1/events").getJsonArray("events").size()).isGreaterThan(8);
  }

  /** Broke once: a few long runs took all threads of the API. */
  @Test
  @Order(8)
  void oneLongOperationRunsAtATime() {
    JsonObject rule = with("ordersBefore", "2026-01-01T00:00:00Z");
    JsonObject dryRun = rule.copy().put("dryRun", true);
    CompletableFuture<HttpResponse<String>> first =
        server
            .store()
            .atomically(
                locked -> {
                  var waiting = CompletableFuture.supplyAsync(() -> whenNotBusy(rule));
                  Await.until("it is busy", () -> prune(dryRun).statusCode() == 503);
                  assertProblem(prune(dryRun), 503, "busy");
                  return waiting;
                });
    assertThat(first.join().statusCode()).isEqualTo(200);
  }

  /** A dry run may run. */
  private static HttpResponse<String> whenNotBusy(JsonObject rule) {
    HttpResponse<String> response = prune(rule);
    while (response.statusCode() == 503) {
      response = prune(rule);
    }
    return response;
  }

  private static HttpResponse<String> prune(JsonObject rule) {
    try {
      return post("prune", "/v1/prune", rule);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  @Order(7)
  void oldPasswordsCasAndAccountsComeToAnEnd() throws IOException {
    String own = with("login", "iota").put("products", new JsonArray()).encode();
    done("addAccount", "/v1/accounts", own);
    JsonObject changed =
        done("changePassword", "/v1/accounts/iota/password", with("keepOldForDays", 7));
    assertThat(changed.getString("oldPasswordUntil")).isNotNull();
    assertThat(done("endOldPassword", "/v1/accounts/iota/end-old-password", "").getMap())
        .doesNotContainKey("oldPasswordUntil");
    assertProblem(
        post("anonymiseAccount", "/v1/accounts/iota/anonymise", ""), 422, "account-enabled");
    done("disableAccount", "/v1/accounts/iota/disable", "");
    assertThat(done("anonymiseAccount", "/v1/accounts/iota/anonymise", "").getString("login"))
        .isNotEqualTo("iota");

    String sha256 =
        done("addCa", "/v1/ca", with("certificates", new ApiTestCa().root()))
            .getJsonArray("certificates")
            .getJsonObject(0)
            .getString("sha256");
    done("removeCa", "/v1/ca/" + sha256 + "/remove", "");
    assertProblem(
        post("removeCa", "/v1/ca/" + sha256 + "/remove", ""), 404, "unknown-ca-certificate");

    JsonObject rule = with("ordersBefore", "2026-01-01T00:00:00Z").put("dryRun", true);
    assertThat(done("prune", "/v1/prune", rule).getInteger("orders")).isZero();
    assertThat(done("prune", "/v1/prune", rule.put("dryRun", false)).getInteger("events")).isZero();
    assertProblem(post("prune", "/v1/prune", "{}"), 400, "invalid-request");
    assertProblem(
        post("prune", "/v1/prune", with("eventsBefore", "2999-01-01T00:00:00Z")),
        422,
        "invalid-input");
  }

  @Test
  @Order(7)
  void theServerIsDrainedAndTakenBack() throws IOException {
    assertThat(done("drain", "/v1/drain", "").getBoolean("draining")).isTrue();
    assertThat(server.isReady()).isFalse();
    assertThat(done("drain", "/v1/drain", with("on", false)).getBoolean("draining")).isFalse();
    assertThat(read("getStatus", "/v1/status").getInteger("https")).isEqualTo(server.httpsPort());
  }

  @Test
  @Order(7)
  void messagesAreManaged() throws IOException {
    try (ScriptedReceiver receiver = new ScriptedReceiver(null)) {
      MessageSteps steps = new MessageSteps(server, caller, api, receiver);
      steps.tellAnAccountAtItsUrl();
      steps.manageMails();
      steps.managePushes();
    }
  }

  @Test
  @Order(8)
  void everyOperationWasCalled() throws IOException {
    read("getDocument", "/v1/openapi.json");
    assertThat(api.called()).isEqualTo(api.operations());
  }
}
