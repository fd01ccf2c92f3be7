package org.certcollect.server.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.certcollect.server.api.ApiCaller.assertProblem;
import static org.certcollect.server.api.ApiCaller.json;

import io.netty.handler.ssl.util.InsecureTrustManagerFactory;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URL;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import javax.net.ssl.HttpsURLConnection;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.certcollect.admin.ApiAccess;
import org.certcollect.server.testing.TestServer;
import org.certcollect.store.ApiCredential;
import org.certcollect.store.ApiCredential.Scope;
import org.certcollect.store.x509.CertificateReader;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Credentials of the admin API: the callers that they admit, and the operations they open. */
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

  @Test
  void aClientCertificateIsAnotherDoor() throws Exception {
    KeyPair keys = ApiTestCa.keys();
    byte[] pem = new ApiTestCa().issue("ca.example", keys).getBytes(StandardCharsets.US_ASCII);
    try (TestServer secure = TestServer.start(ApiCaller.SECURE)) {
      new ApiAccess(secure.store(), TestServer.TESTER, Clock.systemUTC())
          .addCertificate("ca", Set.of(Scope.ORDERS), CertificateReader.read(pem, "test").get(0));

      assertThat(status(secure, Optional.of(keys), pem)).isEqualTo(200);
      assertThat(status(secure, Optional.empty(), pem)).isEqualTo(401);
      byte[] other = new ApiTestCa().issue("ca.example", keys).getBytes(StandardCharsets.US_ASCII);
      assertThat(status(secure, Optional.of(keys), other)).isEqualTo(401);
    }
  }

  private static int status(TestServer secure, Optional<KeyPair> keys, byte[] pem)
      throws Exception {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    if (keys.isPresent()) {
      var certificate =
          CertificateFactory.getInstance("X.509")
              .generateCertificate(new ByteArrayInputStream(pem));
      store.setKeyEntry(
          "own", keys.get().getPrivate(), new char[0], new Certificate[] {certificate});
    }
    KeyManagerFactory own = KeyManagerFactory.getInstance("PKIX");
    own.init(store, new char[0]);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(
        own.getKeyManagers(), InsecureTrustManagerFactory.INSTANCE.getTrustManagers(), null);
    var url = new URL("https://localhost:" + secure.managementPort() + "/v1/orders");
    HttpsURLConnection connection = (HttpsURLConnection) url.openConnection();
    connection.setSSLSocketFactory(context.getSocketFactory());
    connection.setHostnameVerifier((host, session) -> true);
    return connection.getResponseCode();
  }
}
