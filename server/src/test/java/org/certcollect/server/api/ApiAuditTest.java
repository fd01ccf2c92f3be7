package org.certcollect.server.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.certcollect.server.api.ApiCaller.assertProblem;
import static org.certcollect.server.api.ApiCaller.json;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Stream;
import org.certcollect.admin.audit.AuditConfig;
import org.certcollect.server.testing.TestServer;
import org.certcollect.store.ApiCredential.Scope;
import org.certcollect.store.domain.OrderState;
import org.certcollect.store.domain.Product;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The audit log of what the admin API does. Each record begins a file, so a folder can fail it. */
class ApiAuditTest {
  private static final String CERTIFICATE = "/v1/orders/7/certificate";

  @TempDir private Path data;
  private TestServer server;
  private ApiCaller caller;

  @BeforeEach
  void start() {
    server =
        TestServer.audited(
            ApiCaller.SETTINGS,
            data,
            new AuditConfig("node", 1, Duration.ofHours(1), Duration.ofHours(1)));
    server.quickAccount("alpha", "right");
    server.order("alpha", Product.SSL, 7);
    server.issue(7, "chain-3");
    caller = ApiCaller.of(server, "hook", Scope.ORDERS, Scope.ACCOUNTS, Scope.SERVER);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private Path chain() {
    return data.resolve("audit/node");
  }

  private String records() throws IOException {
    try (Stream<Path> files = Files.list(chain())) {
      StringBuilder text = new StringBuilder();
      for (Path file : files.filter(f -> f.toString().endsWith(".jsonl")).sorted().toList()) {
        text.append(Files.readString(file));
      }
      return text.toString();
    }
  }

  private static HttpResponse<String> add(ApiCaller caller) throws IOException {
    return caller.post(
        "/v1/accounts",
        "{\"login\":\"beta\",\"products\":[\"ssl\"]}",
        "Idempotency-Key",
        "a-random-text-of-some-length");
  }

  @Test
  void aCertificateThatIsReadAndAChangeAreRecorded() throws IOException {
    assertThat(caller.get(CERTIFICATE).body()).contains("BEGIN CERTIFICATE");
    assertThat(records().lines().toList().get(1))
        .contains("\"certificate.read\"", "\"api:hook\"", "\"order\":7", "to 127.0.0.1");
    json(add(caller), 200);
    assertThat(records().lines().toList().get(2)).contains("\"api:hook\"", "\"login\":\"beta\"");
    json(caller.post("/v1/drain", "{\"on\":false}"), 200);
    assertThat(records()).contains("\"server.drain\"");
    caller.with("unknown").get(CERTIFICATE);
    assertThat(records()).contains("\"api.refused\"", "\"reason\":\"UNKNOWN_CREDENTIAL\"");
  }

  @Test
  void withoutARecordNoCertificateGoesOutAndNoChangeIsMade() throws IOException {
    Path away = Files.move(chain(), data.resolve("away"));
    assertProblem(caller.get(CERTIFICATE), 503, "audit-unavailable");
    assertProblem(caller.post("/v1/orders/7/revoke", ""), 503, "audit-unavailable");
    assertThat(server.store().orders().find(7).orElseThrow().state()).isEqualTo(OrderState.ISSUED);
    assertProblem(add(caller), 503, "audit-unavailable");
    assertThat(server.store().accounts().find("beta")).isEmpty();
    assertProblem(caller.with("unknown").get(CERTIFICATE), 503, "audit-unavailable");

    Files.move(away, chain());
    assertThat(caller.get(CERTIFICATE).body()).contains("BEGIN CERTIFICATE");
    json(add(caller), 200);
    assertThat(server.store().events().ofAccount("beta")).hasSize(1);
    assertThat(records().lines().filter(line -> line.contains("certificate.read"))).hasSize(1);
  }
}
