package org.certcollect.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.certcollect.client.CollectAnswer.Attached;
import org.certcollect.client.CollectAnswer.Processing;
import org.certcollect.client.CollectAnswer.Refused;
import org.certcollect.client.InvalidAnswerException.Kind;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Waiting for an order of the real server, by a clock that only pauses move. */
@Tag("drill")
class PollingTest {
  private static final CollectQuery<CertificateChain> QUERY =
      CollectQuery.serverCertificate(AccountLogin.of(RealServer.LOGIN, RealServer.PASSWORD), 2);

  @TempDir private Path folder;
  private RealServer server;
  private final List<Duration> pauses = new ArrayList<>();
  private long now;

  @BeforeEach
  void start() {
    server = new RealServer(folder).filled();
  }

  @AfterEach
  void stop() {
    server.close();
  }

  /** Polls, and does something during the pause with a number, from 1 on. */
  private Polling polling(Duration limit, int pause, Runnable event) {
    return Polling.upTo(limit)
        .with(
            () -> now,
            time -> {
              pauses.add(time);
              now += time.toNanos();
              if (pauses.size() == pause) {
                event.run();
              }
            });
  }

  @Test
  void orderIsAwaitedUntilItIsIssued() throws Exception {
    Polling polling = polling(Duration.ofHours(1), 3, () -> server.issue(2, "chain-2"));

    assertThat(server.client().await(QUERY, polling)).isInstanceOf(Attached.class);
    assertThat(pauses)
        .containsExactly(Duration.ofSeconds(10), Duration.ofSeconds(20), Duration.ofSeconds(40));
  }

  @Test
  void lastAnswerIsReturnedAtTheLimit() throws Exception {
    assertThat(server.client().await(QUERY, polling(Duration.ofSeconds(35), 0, () -> {})))
        .isInstanceOf(Processing.class);
    assertThat(pauses)
        .containsExactly(Duration.ofSeconds(10), Duration.ofSeconds(20), Duration.ofSeconds(5));
  }

  @Test
  void pausesGrowToTheLongestOne() throws Exception {
    Polling polling =
        polling(Duration.ofSeconds(10), 0, () -> {})
            .withPauses(Duration.ofSeconds(1), Duration.ofSeconds(3));

    server.client().await(QUERY, polling);

    assertThat(pauses.stream().map(Duration::toSeconds)).containsExactly(1L, 2L, 3L, 3L, 1L);
  }

  @Test
  void limitOfZeroAsksOnce() throws Exception {
    assertThat(server.client().await(QUERY, polling(Duration.ZERO, 0, () -> {})))
        .isInstanceOf(Processing.class);
    assertThat(pauses).isEmpty();
  }

  @Test
  void refusalEndsTheWait() throws Exception {
    CollectQuery<CertificateChain> unpaid =
        CollectQuery.serverCertificate(AccountLogin.of(RealServer.LOGIN, RealServer.PASSWORD), 1);

    assertThat(server.client().await(unpaid, polling(Duration.ofHours(1), 0, () -> {})).code())
        .isEqualTo(-22);
    assertThat(pauses).isEmpty();
  }

  @Test
  void failureOfTheServerIsWaitedFor() throws Exception {
    Polling polling = polling(Duration.ofSeconds(60), 1, server::closeStore);

    CollectAnswer<CertificateChain> answer = server.client().await(QUERY, polling);

    assertThat(answer).isInstanceOf(Refused.class);
    assertThat(answer.code()).isEqualTo(-14);
    assertThat(pauses).hasSize(3);
  }

  @Test
  void restartOfTheServerIsWaitedFor() throws Exception {
    int port = server.port();
    CollectClient client = server.client();
    List<RealServer> second = new ArrayList<>();
    Path other = Files.createDirectory(folder.resolve("other"));
    Polling polling =
        Polling.upTo(Duration.ofHours(1))
            .with(
                () -> now,
                time -> {
                  pauses.add(time);
                  now += time.toNanos();
                  if (pauses.size() == 1) {
                    server.close();
                  } else if (pauses.size() == 3) {
                    second.add(new RealServer(other, TestAuthority.LOCALHOST, port).filled());
                    second.get(0).issue(2, "chain-2");
                  }
                });
    try {
      assertThat(client.await(QUERY, polling)).isInstanceOf(Attached.class);
      assertThat(pauses).hasSize(3);
    } finally {
      second.forEach(RealServer::close);
    }
  }

  @Test
  void firstRequestThatFailsEndsTheWait() {
    CollectClient client = server.client();
    server.close();

    assertThatThrownBy(() -> client.await(QUERY, polling(Duration.ofHours(1), 0, () -> {})))
        .isInstanceOf(ConnectionFailedException.class);
    assertThat(pauses).isEmpty();
  }

  @Test
  void failureAtTheLimitIsTold() {
    CollectClient client = server.client();

    assertThatThrownBy(() -> client.await(QUERY, polling(Duration.ofSeconds(30), 1, server::close)))
        .isInstanceOf(ConnectionFailedException.class);
    assertThat(pauses).hasSize(2);
  }

  /** Broke once: the wait went on to its limit. */
  @Test
  void certificatesThatStayBrokenEndTheWait() throws Exception {
    List<String> answers = List.of("0\n", "2\n", "2\n", "0\n", "2\n", "2\n", "2\n", "0\n");
    AtomicInteger next = new AtomicInteger();
    try (HostileServer broken =
        new HostileServer(
            (request, out) ->
                out.write(
                    ("HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n"
                            + answers.get(next.getAndIncrement()))
                        .getBytes(StandardCharsets.US_ASCII)))) {
      CollectClient client = broken.builder().build();

      assertThatThrownBy(
              () -> client.await(QUERY.asZip(), polling(Duration.ofHours(9), 0, () -> {})))
          .isInstanceOfSatisfying(
              InvalidAnswerException.class,
              e -> assertThat(e.kind()).isEqualTo(Kind.BAD_CERTIFICATES));
      assertThat(next).hasValue(7);
    }
  }

  @Test
  void interruptEndsTheWait() {
    Polling polling =
        Polling.upTo(Duration.ofHours(1))
            .with(
                () -> now,
                time -> {
                  throw new InterruptedException();
                });

    assertThatThrownBy(() -> server.client().await(QUERY, polling))
        .isInstanceOf(InterruptedException.class);
  }

  @Test
  void pausesAndLimitMustMakeSense() {
    Polling polling = Polling.upTo(Duration.ofHours(1));
    assertThatThrownBy(() -> polling.withPauses(Duration.ZERO, Duration.ofSeconds(1)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> polling.withPauses(Duration.ofSeconds(2), Duration.ofSeconds(1)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Polling.upTo(Duration.ofSeconds(-1)))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
