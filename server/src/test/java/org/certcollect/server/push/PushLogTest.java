package org.certcollect.server.push;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import org.certcollect.server.mail.ScriptedSmtp;
import org.certcollect.server.testing.Await;
import org.certcollect.server.testing.TestLog;
import org.certcollect.store.CollectionCodes;
import org.certcollect.store.domain.PushUrl;
import org.certcollect.store.jdbc.postgres.AwaitedPostgresStore;
import org.certcollect.store.jdbc.postgres.PostgresConfig;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests what the log and the operator are told of notifications that were not taken. */
class PushLogTest {
  @TempDir private Path folder;

  /** Broke once: a notification that was given up for its age alone left no line. */
  @Test
  void theLogTellsAccountAndReasonOfWhatWasNotTaken() throws Exception {
    try (TestLog log = TestLog.json();
        PushFixture fixture = new PushFixture(folder.resolve("store.sqlite"));
        ScriptedReceiver receiver = new ScriptedReceiver(null)) {
      receiver.answers.addAll(Collections.nCopies(100, "500 Kanarie"));
      fixture.receiver("demo", receiver.url(), false);
      for (long number = 7; number <= 11; number++) {
        fixture.rejected("demo", number);
      }
      fixture.deliverAll(
          PushFixture.config(Optional.empty(), Duration.ofSeconds(5), Duration.ZERO));
      String why = "\"reason\":\"the answer was 500\",\"login\":\"demo\"";
      assertThat(log.lines("A push notification was not taken, and is tried again"))
          .singleElement()
          .asString()
          .contains("\"order\":7", why);
      assertThat(log.lines("A push notification is given up"))
          .hasSize(5)
          .allMatch(line -> line.contains("\"login\":\"demo\"") && line.contains("\"reason\":"))
          .anyMatch(line -> line.contains(why));
      assertThat(receiver.requests().size()).as("some for their age alone").isLessThan(15);
      assertThat(log.toString()).doesNotContain("Kanarie");
    }
  }

  /**
   * It said that notifications wait, where no account had a URL, and named a class as the cause.
   */
  @Test
  void aStoreThatIsAwayIsToldWithItsProblem() {
    PostgresConfig away =
        new PostgresConfig(
            "jdbc:postgresql://localhost:1/c", "u", Optional.empty(), 1, Duration.ofSeconds(1));
    try (TestLog log = TestLog.json();
        AwaitedPostgresStore store = new AwaitedPostgresStore(away, Clock.systemUTC());
        PushDelivery pushes =
            PushDelivery.start(
                PushFixture.config(),
                store.store(),
                () -> new CollectionCodes(new byte[32]),
                "node",
                Clock.systemUTC())) {
      Await.until("it is told", () -> !log.lines("The outbox of push notifications").isEmpty());
      assertThat(log.lines("push"))
          .singleElement()
          .asString()
          .contains(
              "cannot be used; none is sent until it can\"",
              "\"problem\":\"postgresql://localhost:1/c was not reached yet\"")
          .doesNotContain("Exception", "wait");
      assertThat(pushes.givenUp()).isZero();
    }
  }

  @Test
  void aReceiverWithoutTlsIsNotRepeated() throws Exception {
    try (ScriptedSmtp greeting = new ScriptedSmtp(null, "");
        PushClient client = PushFixture.client(PushFixture.config())) {
      PushUrl url = new PushUrl("https://127.0.0.1:" + greeting.port() + "/");
      assertThatThrownBy(
              () ->
                  client.send(new PushRequest(url, Optional.empty(), Map.of(), false), () -> true))
          .hasMessage("TLS failed: the receiver does not speak it");
    }
  }
}
