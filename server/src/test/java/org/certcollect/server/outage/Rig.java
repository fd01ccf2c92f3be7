package org.certcollect.server.outage;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.certcollect.server.testing.Await;
import org.certcollect.server.testing.Clients;
import org.certcollect.server.testing.Forms;
import org.certcollect.server.testing.RawConnection;
import org.certcollect.server.testing.RawConnection.Answer;
import org.certcollect.server.testing.TestLog;
import org.certcollect.server.testing.TestServer;
import org.certcollect.store.domain.Product;
import org.certcollect.store.jdbc.postgres.PostgresConfig;
import org.certcollect.store.testing.PostgresServer;

/** A server whose database will fail, and clients with connections that stay open. */
final class Rig implements AutoCloseable {
  static final String UNKNOWN_ERROR = "-14\nAn unknown error occurred!\n";

  /** The server's own five seconds, and what a busy machine takes. */
  static final Duration DEADLINE = Duration.ofMillis(6_500);

  static final Duration RECOVERY = Duration.ofSeconds(5);

  /**
   * More than a busy machine needs, and less than any deadline for which an event loop could wait.
   */
  private static final Duration MAX_PAUSE = Duration.ofMillis(900);

  private static final String LOGIN = "KanarieLogin";
  private static final String PASSWORD = "KanariePassword";
  private static final String POLL = Forms.post(Forms.SSL, Forms.status(LOGIN, PASSWORD, 7));
  private static final int CLIENTS = 12;
  private static final int ROUNDS = 200;

  private final TestLog log = TestLog.json();
  private final TestServer server;
  private final Clients clients;
  private final RawConnection withoutStore;
  private final long usualPace;
  private int answered;

  Rig(PostgresConfig database) throws IOException {
    server = TestServer.on(database);
    server.account(LOGIN, PASSWORD);
    server.order(LOGIN, Product.SSL, 7);
    clients = Clients.https(server, CLIENTS);
    withoutStore = RawConnection.https(server);
    assertServed();
    pace();
    usualPace = pace();
  }

  /** All is well for all clients, on the connections that they have. */
  void assertServed() throws IOException {
    clients.send(POLL);
    assertThat(answers()).containsOnly("0\n");
  }

  /** All get -14 in time, and whoever needs no store does not notice. */
  void assertRefusedInTime() throws IOException {
    assertThat(answersInTime()).containsOnly(UNKNOWN_ERROR);
  }

  /** Each gets its answer late, or -14. */
  void assertServedOrRefusedInTime() throws IOException {
    assertThat(answersInTime()).contains("0\n").isSubsetOf("0\n", UNKNOWN_ERROR);
  }

  private List<String> answersInTime() throws IOException {
    long start = System.nanoTime();
    clients.send(POLL);
    assertThat(pace()).isLessThan(10 * Math.max(usualPace, Duration.ofMillis(1).toNanos()));
    List<String> answers = answers();
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(DEADLINE);
    return answers;
  }

  /** All get -14 and a stop waits for that, and not much longer. */
  void assertAnswersAllAndStops() throws IOException {
    long start = System.nanoTime();
    clients.send(POLL);
    pace();
    server.stop();
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(DEADLINE);
    assertThat(answers()).containsOnly(UNKNOWN_ERROR);
  }

  /** Polls until all is well again: in time, and for good. */
  void assertRecovers() throws IOException {
    long start = System.nanoTime();
    try (RawConnection connection = RawConnection.https(server)) {
      Await.until("the server serves again", () -> poll(connection).equals("0\n"));
    }
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(RECOVERY);
    assertServed();
  }

  private String poll(RawConnection connection) {
    try {
      answered++;
      return connection.send(POLL).read().body();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private List<String> answers() throws IOException {
    answered += CLIENTS;
    List<Answer> answers = clients.read();
    assertThat(answers).extracting(Answer::status).containsOnly(200);
    return answers.stream().map(Answer::body).toList();
  }

  /** The median time of requests that need no store; none takes long. */
  private long pace() throws IOException {
    long[] times = new long[ROUNDS];
    for (int i = 0; i < ROUNDS; i++) {
      long start = System.nanoTime();
      assertThat(withoutStore.post(Forms.SSL, "").body()).startsWith("-3\n");
      times[i] = System.nanoTime() - start;
    }
    answered += ROUNDS;
    Arrays.sort(times);
    assertThat(Duration.ofNanos(times[ROUNDS - 1])).isLessThan(MAX_PAUSE);
    return times[ROUNDS / 2];
  }

  /**
   * A line for each request, one when the database was lost and one when it was found; no stack, no
   * secret.
   */
  void assertLogIsShort() {
    Await.until("all is logged", () -> requests().size() == answered);
    assertThat(requests()).allMatch(line -> line.contains("\"request\":\""));
    List<String> others =
        log.lines().stream()
            .filter(line -> !line.contains("\"logger\":\"certcollect.request\""))
            .toList();
    assertThat(others.stream().filter(line -> !line.contains("\"certcollect.server\"")))
        .allMatch(line -> line.matches(".*(no connection \\(SQLSTATE|connected again).*"))
        .hasSizeLessThanOrEqualTo(2);
    assertThat(log.toString())
        .doesNotContain(PASSWORD, PostgresServer.PASSWORD, "\"exception\"", "  at ");
  }

  private List<String> requests() {
    return log.lines("\"logger\":\"certcollect.request\"");
  }

  @Override
  public void close() throws IOException {
    withoutStore.close();
    clients.close();
    server.close();
    log.close();
  }
}
