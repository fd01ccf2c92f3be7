package org.certcollect.server.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.certcollect.server.api.ApiCaller.assertProblem;
import static org.certcollect.server.api.ApiCaller.json;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import org.certcollect.admin.ApiAccess;
import org.certcollect.server.testing.TestServer;
import org.certcollect.store.ApiCredential;
import org.certcollect.store.ApiCredential.Scope;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Who gets in, and to what. */
class ApiDoorTest {
  private TestServer server;

  @BeforeEach
  void start() {
    server = TestServer.start(ApiCaller.SETTINGS);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void withoutACredentialTheApiIsOff() throws IOException {
    ApiCaller stranger = new ApiCaller(server.managementPort(), Optional.empty());

    assertProblem(stranger.get("/v1/orders"), 404, "api-off");
    assertProblem(stranger.with("guess").get("/v1/orders"), 404, "api-off");
    assertThat(stranger.get("/v1/openapi.json").statusCode()).isEqualTo(200);
  }

  @Test
  void onlyAValidTokenGetsIn() throws IOException {
    ApiCaller reader = ApiCaller.of(server, "monitor", Scope.READ);

    assertThat(json(reader.get("/v1/orders"), 200).getJsonArray("orders")).isEmpty();
    HttpResponse<String> bare =
        new ApiCaller(server.managementPort(), Optional.empty()).get("/v1/orders");
    assertProblem(bare, 401, "unauthorized");
    assertThat(bare.headers().firstValue("WWW-Authenticate")).contains("Bearer");
    assertProblem(reader.with("cctok_guess").get("/v1/orders"), 401, "unauthorized");

    access().remove("monitor");
    ApiCaller another = ApiCaller.of(server, "other", Scope.READ);
    assertProblem(reader.get("/v1/orders"), 401, "unauthorized");
    assertThat(another.get("/v1/orders").statusCode()).isEqualTo(200);
  }

  @Test
  void anExpiredTokenIsRefused() throws IOException {
    String token =
        access().addToken("old", Set.of(Scope.READ), Duration.ZERO).token().orElseThrow();

    ApiCaller old = new ApiCaller(server.managementPort(), Optional.of(token));
    assertProblem(old.get("/v1/orders"), 401, "unauthorized");
  }

  @Test
  void aScopeGivesNothingButItsPart() throws IOException {
    ApiCaller reader = ApiCaller.of(server, "monitor", Scope.READ);
    ApiCaller hook = ApiCaller.of(server, "hook", Scope.ORDERS);
    ApiCaller billing = ApiCaller.of(server, "billing", Scope.ACCOUNTS);
    String account = new JsonObject().put("login", "a").put("products", new JsonArray()).encode();

    assertProblem(reader.post("/v1/orders/1/pay", ""), 403, "missing-scope");
    assertProblem(hook.post("/v1/accounts", account), 403, "missing-scope");
    assertProblem(billing.post("/v1/orders/1/pay", ""), 403, "missing-scope");
    assertProblem(hook.post("/v1/orders/1/pay", ""), 404, "unknown-order");
    assertThat(billing.post("/v1/accounts", account).statusCode()).isEqualTo(200);
    assertThat(billing.get("/v1/accounts/a").statusCode()).isEqualTo(200);
  }

  @Test
  void unknownTokensAreThrottledAndTheNeighboursGoOn() throws IOException {
    ApiCaller reader = ApiCaller.of(server, "monitor", Scope.READ);
    assertThat(reader.get("/v1/orders").statusCode()).isEqualTo(200);

    for (int i = 0; i < 20; i++) {
      assertProblem(reader.with("guess" + i).get("/v1/orders"), 401, "unauthorized");
    }

    HttpResponse<String> refused = reader.with("guess").get("/v1/orders");
    assertProblem(refused, 429, "throttled");
    assertThat(refused.headers().firstValue("Retry-After")).contains("60");
    assertThat(reader.get("/v1/orders").statusCode()).isEqualTo(200);
  }

  @Test
  void theDayOfTheLastUseIsKept() throws IOException {
    ApiCaller reader = ApiCaller.of(server, "monitor", Scope.READ);

    assertThat(reader.get("/v1/orders").statusCode()).isEqualTo(200);

    ApiCredential credential = server.store().apiCredentials().list().get(0);
    assertThat(credential.lastUsed()).isPresent();
  }

  private ApiAccess access() {
    return new ApiAccess(server.store(), TestServer.TESTER, Clock.systemUTC());
  }
}
