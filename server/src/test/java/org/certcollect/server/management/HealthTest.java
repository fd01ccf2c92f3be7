package org.certcollect.server.management;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.certcollect.server.config.ManagementConfig;
import org.certcollect.server.testing.Await;
import org.certcollect.server.testing.Forms;
import org.certcollect.server.testing.RawConnection;
import org.certcollect.server.testing.RawConnection.Answer;
import org.certcollect.server.testing.TestServer;
import org.certcollect.store.CheckResult;
import org.junit.jupiter.api.Test;

class HealthTest {
  private static final ManagementConfig TCP =
      new ManagementConfig("127.0.0.1", OptionalInt.of(0), false, Optional.empty());

  private static Answer get(TestServer server, String path, String more) throws IOException {
    try (RawConnection connection = RawConnection.plain(server.managementPort())) {
      return connection
          .send("GET " + path + " HTTP/1.1\r\nHost: localhost\r\n" + more + "\r\n")
          .read();
    }
  }

  @Test
  void aStoreThatDoesNotAnswerMakesTheServerUnreadyButNotDead() throws IOException {
    try (TestServer server = TestServer.start(TestServer.Settings.DEFAULT.with(TCP))) {
      assertThat(get(server, "/readyz", "").body())
          .isEqualTo("ready: yes\ndraining: no\nstore: ok\naudit: ok\n");
      server.store().close();
      Await.until("it is red", () -> status(server) == 503);
      assertThat(get(server, "/readyz", "Accept: application/json\r\n"))
          .satisfies(answer -> assertThat(answer.status()).isEqualTo(503))
          .satisfies(
              answer ->
                  assertThat(answer.body())
                      .as("it names no database")
                      .isEqualTo(
                          "{\"ready\":false,\"draining\":false,\"store\":\"failed\",\"audit\":\"ok\"}\n"))
          .satisfies(
              answer ->
                  assertThat(answer.headers()).containsEntry("content-type", "application/json"));
      assertThat(get(server, "/v1/accounts", "Authorization: Bearer x\r\n").body())
          .contains("\"detail\":\"the store does not answer; the server's log tells why\"");
      assertThat(get(server, "/livez", "").body()).isEqualTo("alive: yes\n");
      assertThat(get(server, "/status", "").status()).as("for the socket alone").isEqualTo(404);
      assertThat(get(server, "/drain", "").status()).isEqualTo(404);
    }
  }

  private static int status(TestServer server) {
    try {
      return get(server, "/readyz", "").status();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void whileItDrainsItIsRedAndAnswersAndEachAnswerEndsItsConnection() throws IOException {
    try (TestServer server = TestServer.start(TestServer.Settings.DEFAULT.with(TCP));
        RawConnection kept = RawConnection.http(server)) {
      assertThat(kept.post(Forms.CCC, "").status()).isEqualTo(200);
      server.drain(true);
      assertThat(get(server, "/readyz", "").body()).startsWith("ready: no\ndraining: yes\n");
      assertThat(kept.post(Forms.CCC, "").headers()).containsEntry("connection", "close");
      assertThat(kept.isClosedByServer()).isTrue();
      try (RawConnection fresh = RawConnection.http(server)) {
        assertThat(fresh.post(Forms.CCC, "").status()).as("still answered").isEqualTo(200);
      }
      server.drain(false);
      assertThat(get(server, "/readyz", "").status()).isEqualTo(200);
      try (RawConnection fresh = RawConnection.http(server)) {
        assertThat(fresh.post(Forms.CCC, "").headers()).doesNotContainKey("connection");
      }
    }
  }

  @Test
  void aStormOfProbesIsOneQuery() {
    AtomicInteger queries = new AtomicInteger();
    CountDownLatch answer = new CountDownLatch(1);
    try (Readiness readiness =
        new Readiness(
            Map.of(
                "store",
                () -> {
                  queries.incrementAndGet();
                  await(answer);
                  return CheckResult.OK;
                }))) {
      List<CompletableFuture<Map<String, CheckResult>>> storm =
          IntStream.range(0, 1_000).mapToObj(i -> readiness.check()).toList();
      answer.countDown();
      assertThat(storm)
          .allSatisfy(probe -> assertThat(probe.join()).containsEntry("store", CheckResult.OK));
      assertThat(readiness.check()).as("fresh for a while").isCompleted();
      assertThat(queries).hasValue(1);
    }
  }

  /** A database that hangs must not hang the probes as well. */
  @Test
  void aCheckThatHangsIsRedAfterTwoSeconds() {
    CountDownLatch never = new CountDownLatch(1);
    try (Readiness readiness =
        new Readiness(
            Map.of(
                "store",
                () -> {
                  await(never);
                  return CheckResult.OK;
                }))) {
      assertThat(readiness.check().join().get("store").problem())
          .contains("no answer within 2000 ms");
    }
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
