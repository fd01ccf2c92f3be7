package org.certcollect.server.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.certcollect.server.api.ApiCaller.assertProblem;
import static org.certcollect.server.api.ApiCaller.json;

import io.netty.handler.ssl.util.InsecureTrustManagerFactory;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.function.Supplier;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.certcollect.admin.ApiAccess;
import org.certcollect.admin.audit.AuditConfig;
import org.certcollect.admin.audit.AuditEntry;
import org.certcollect.server.auth.RefusalReason;
import org.certcollect.server.auth.RequestSource;
import org.certcollect.server.collect.AnsweredRequest;
import org.certcollect.server.collect.RequestRecorder;
import org.certcollect.server.config.ManagementConfig;
import org.certcollect.server.http.Route;
import org.certcollect.server.http.Route.Response;
import org.certcollect.server.management.Drainable;
import org.certcollect.server.testing.TestServer;
import org.certcollect.store.ApiCredential;
import org.certcollect.store.ApiCredential.Scope;
import org.certcollect.store.domain.Actor;
import org.certcollect.store.x509.CertificateReader;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Credentials of the admin API: the callers that they admit, and the operations they open. */
class ApiDoorTest {
  private static final String ORDERS = "GET /v1/orders";

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
  void aRightTokenGetsInAfterManyUnknownOnes() throws IOException {
    ApiCaller reader = ApiCaller.of(server, "monitor", Scope.READ);

    for (int i = 0; i < 50; i++) {
      assertProblem(reader.with("guess" + i).get("/v1/orders"), 401, "unauthorized");
    }

    assertThat(reader.get("/v1/orders").statusCode()).isEqualTo(200);
  }

  @Test
  void aRequestHasTheSameIdInItsAnswerAndInTheAudit(@TempDir Path data) throws IOException {
    try (TestServer audited =
        TestServer.audited(ApiCaller.SETTINGS, data, AuditConfig.of("node"))) {
      ApiCaller billing = ApiCaller.of(audited, "billing", Scope.ACCOUNTS);

      HttpResponse<String> done =
          billing.post(
              "/v1/accounts",
              new JsonObject().put("login", "a").put("products", new JsonArray()).encode());
      HttpResponse<String> refused = billing.post("/v1/orders/1/pay", "");
      for (int i = 0; i < 30; i++) {
        billing.with("guess").get("/v1/orders");
      }

      String id = refused.headers().firstValue("Request-Id").orElseThrow();
      assertThat(json(refused, 403).getString("request")).isEqualTo(id);
      List<String> records = records(data);
      assertThat(records)
          .anyMatch(
              line ->
                  line.contains("account.add")
                      && line.contains(done.headers().firstValue("Request-Id").orElseThrow()))
          .anyMatch(line -> line.contains("MISSING_SCOPE") && line.contains(id));
      assertThat(records).filteredOn(line -> line.contains("UNKNOWN_CREDENTIAL")).hasSize(10);
    }
  }

  private static List<String> records(Path data) throws IOException {
    try (var files = Files.walk(data.resolve("audit"))) {
      List<String> lines = new ArrayList<>();
      for (Path file : files.filter(path -> path.toString().endsWith(".jsonl")).toList()) {
        lines.addAll(Files.readAllLines(file));
      }
      return lines;
    }
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

      assertThat(status(secure, ORDERS, Optional.of(keys), pem)).isEqualTo(200);
      assertThat(status(secure, ORDERS, Optional.empty(), pem)).isEqualTo(401);
      String own = "https://localhost:" + secure.managementPort();
      assertThat(status(secure, ORDERS, Optional.of(keys), pem, "Origin", own)).isEqualTo(200);
      assertThat(status(secure, ORDERS, Optional.of(keys), pem, "Origin", "https://evil.example"))
          .isEqualTo(403);
      assertThat(status(secure, ORDERS, Optional.of(keys), pem, "Sec-Fetch-Site", "cross-site"))
          .isEqualTo(403);
      byte[] other = new ApiTestCa().issue("ca.example", keys).getBytes(StandardCharsets.US_ASCII);
      assertThat(status(secure, ORDERS, Optional.of(keys), other)).isEqualTo(401);
    }
  }

  /** TLS asks for a certificate and requires none, because a token is a door as well. */
  @Test
  void aClientCertificateOpensThePageBeyondLoopback() throws Exception {
    KeyPair keys = ApiTestCa.keys();
    byte[] pem = new ApiTestCa().issue("anna", keys).getBytes(StandardCharsets.US_ASCII);
    ManagementConfig everywhere =
        new ManagementConfig("0.0.0.0", OptionalInt.of(0), true, Optional.empty());
    try (TestServer open = TestServer.start(TestServer.Settings.DEFAULT.with(everywhere))) {
      new ApiAccess(open.store(), TestServer.TESTER, Clock.systemUTC())
          .addCertificate("anna", Set.of(Scope.READ), CertificateReader.read(pem, "test").get(0));

      assertThat(status(open, "GET /", Optional.of(keys), pem)).isEqualTo(200);
      assertThat(status(open, "GET /", Optional.empty(), pem)).isEqualTo(401);
      byte[] other = new ApiTestCa().issue("anna", keys).getBytes(StandardCharsets.US_ASCII);
      assertThat(status(open, "GET /", Optional.of(keys), other)).isEqualTo(401);
      assertThat(status(open, "GET /", Optional.of(keys), pem, "Sec-Fetch-Site", "cross-site"))
          .as("a link of another site")
          .isEqualTo(200);

      String own = "https://localhost:" + open.managementPort();
      assertThat(status(open, "POST /", Optional.of(keys), pem, "Origin", own)).isEqualTo(200);
      assertThat(status(open, "POST /", Optional.of(keys), pem, "Origin", "https://evil.example"))
          .as("a form of another site")
          .isEqualTo(403);
      assertThat(status(open, "POST /", Optional.empty(), pem)).isEqualTo(401);
    }
  }

  /** Broke once: a thread of the pool read it from a connection that belongs to an event loop. */
  @Test
  void theClientsCertificateIsReadByTheThreadThatBringsTheRequest() {
    List<Thread> readers = new ArrayList<>();
    try (ApiRoutes api = routes(RequestRecorder.NONE)) {
      Route.Request request =
          request(
              Optional.empty(),
              () -> {
                readers.add(Thread.currentThread());
                return Optional.empty();
              });

      assertThat(orders(api, request).join().status()).isEqualTo(404);
    }
    assertThat(readers).containsExactly(Thread.currentThread());
  }

  /** Broke once: their look-ups took the two threads of searches and the twenty places there. */
  @Test
  void manyStrangersShutNoSearchOut() {
    Optional<String> token = ApiCaller.of(server, "monitor", Scope.READ).token();
    CountDownLatch slow = new CountDownLatch(1);
    try (ApiRoutes api = routes(new SlowRecorder(slow))) {
      List<CompletableFuture<Response>> strangers = new ArrayList<>();
      for (int i = 0; i < 100; i++) {
        strangers.add(orders(api, request(Optional.of("guess" + i), Optional::empty)));
      }
      CompletableFuture<Response> search = orders(api, request(token, Optional::empty));

      slow.countDown();

      assertThat(search.join().status()).isEqualTo(200);
      assertThat(strangers).allMatch(each -> each.join().status() == 401);
    }
  }

  private ApiRoutes routes(RequestRecorder recorder) {
    return new ApiRoutes(
        server.store(),
        Clock.systemUTC(),
        server::codes,
        recorder,
        new IdleServer(),
        wait -> CompletableFuture.completedFuture(Map.of()),
        () -> {
          throw new AssertionError("nothing is sent");
        });
  }

  private static Route.Request request(
      Optional<String> token, Supplier<Optional<X509Certificate>> certificate) {
    return new Route.Request(
        "GET",
        Map.of(),
        true,
        Optional.empty(),
        Optional.empty(),
        name ->
            token
                .filter(unused -> name.equals("Authorization"))
                .map(text -> List.of("Bearer " + text))
                .orElse(List.of()),
        () -> new byte[0],
        RequestSource.of("192.0.2.1"),
        certificate,
        false);
  }

  private static CompletableFuture<Response> orders(ApiRoutes api, Route.Request request) {
    return api.rows().stream()
        .filter(row -> row.path().equals("/v1/orders"))
        .findFirst()
        .orElseThrow()
        .handler()
        .answer(request);
  }

  /** A recorder that keeps each refused stranger waiting. */
  private record SlowRecorder(CountDownLatch end) implements RequestRecorder {
    @Override
    public CompletableFuture<Void> record(AnsweredRequest request) {
      return CompletableFuture.completedFuture(null);
    }

    @Override
    public void record(AuditEntry entry, RequestSource source, Optional<RefusalReason> reason) {
      try {
        end.await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private record IdleServer() implements Drainable {
    @Override
    public void drain(boolean on, Actor actor) {}

    @Override
    public boolean isDraining() {
      return false;
    }

    @Override
    public int connections() {
      return 0;
    }
  }

  private static int status(
      TestServer secure, String line, Optional<KeyPair> keys, byte[] pem, String... field)
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
    // Java's own clients send no field Origin that a caller chooses.
    try (Socket socket =
        context.getSocketFactory().createSocket("127.0.0.1", secure.managementPort())) {
      String request =
          line
              + " HTTP/1.1\r\nConnection: close\r\nHost: localhost:"
              + secure.managementPort()
              + "\r\n"
              + (field.length == 0 ? "" : String.join(": ", field) + "\r\n")
              + (line.startsWith("POST") ? "Content-Length: 3\r\n\r\nq=7" : "\r\n");
      socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
      String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      return Integer.parseInt(answer.substring(9, 12));
    }
  }
}
