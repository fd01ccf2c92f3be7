package org.certcollect.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.bouncycastle.crypto.generators.OpenBSDBCrypt;
import org.certcollect.server.config.AuthConfig;
import org.certcollect.server.testing.Await;
import org.certcollect.server.testing.Forms;
import org.certcollect.server.testing.PasswordChecks;
import org.certcollect.server.testing.RawConnection;
import org.certcollect.server.testing.TestServer;
import org.certcollect.server.testing.TestServer.Settings;
import org.certcollect.store.domain.PasswordHash;
import org.certcollect.store.domain.Product;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Tests of what a stranger can learn from the bytes of an answer and from the work that it took.
 * The work is measured in processor time, to which other programs on the machine add little. With
 * {@code -Dlogin.wall-clock=true} the time until the answer is compared as well, which needs a
 * quiet machine.
 */
@Tag("drill")
class LoginTimesTest {
  private static final int MIN_ROUNDS = 5;
  private static final int MAX_ROUNDS = 80;
  private static final int MANY = 1_000_000;
  private static final boolean WALL_CLOCK = Boolean.getBoolean("login.wall-clock");

  private static TestServer server;
  private static RawConnection connection;

  @BeforeAll
  static void start() throws IOException {
    AuthConfig patient = new AuthConfig(1_000, Duration.ofMinutes(10), MANY, MANY, 10);
    server = TestServer.start(Settings.DEFAULT.with(patient));
    server.account("reseller", "right");
    server.account("disabled", "right");
    server.store().accounts().setEnabled("disabled", false, TestServer.TESTER);
    server.account("not-allowed", "right");
    server.store().accounts().deny("not-allowed", Set.of(Product.SSL), TestServer.TESTER);
    server.order("reseller", Product.SSL, 7);
    connection = RawConnection.https(server);
  }

  @AfterAll
  static void stop() throws IOException {
    connection.close();
    server.close();
  }

  @Test
  void allRefusalsHaveTheSameBytesAndTakeTheSameWork() throws IOException {
    List<String> refused =
        List.of(
            Forms.status("reseller", "wrong", 7),
            Forms.status("nobody", "right", 7),
            Forms.status("disabled", "right", 7),
            Forms.status("disabled", "wrong", 7),
            Forms.status("not-allowed", "right", 7),
            Forms.status("reseller", "wrong", 8),
            Forms.status("n%00body", "right", 7));
    long work = compare(refused);

    // Accounts of another system, which have hashes of other costs, in a store with all others.
    bcrypt("cheap", 6);
    bcrypt("costly", 9);
    bcrypt("disabled-costly", 9);
    server.store().accounts().setEnabled("disabled-costly", false, TestServer.TESTER);
    Await.until("the cost is known", () -> work(refused.get(0)) > 1.3 * work);
    List<String> all = new ArrayList<>(refused);
    all.add(Forms.status("cheap", "wrong", 7));
    all.add(Forms.status("costly", "wrong", 7));
    all.add(Forms.status("disabled-costly", "right", 7));
    compare(all);
  }

  private static void bcrypt(String login, int cost) {
    String hash = OpenBSDBCrypt.generate("right".toCharArray(), new byte[16], cost);
    server
        .store()
        .accounts()
        .add(login, new PasswordHash(hash), Set.of(Product.SSL), TestServer.TESTER);
  }

  private static long work(String form) {
    long worked = PasswordChecks.cpuNanos();
    try {
      connection.post(Forms.SSL, form);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return PasswordChecks.cpuNanos() - worked;
  }

  /** Compares bytes and work of requests; returns the least work of the first one. */
  private static long compare(List<String> refused) throws IOException {
    RawConnection.Answer first = connection.post(Forms.SSL, refused.get(0));
    assertThat(first.body()).isEqualTo("-16\nPermission denied!\n");
    List<long[]> times = new ArrayList<>();
    List<long[]> work = new ArrayList<>();
    while (work.size() < MIN_ROUNDS
        || (work.size() < MAX_ROUNDS && !areAlike(work, 0.15))
        || (WALL_CLOCK && work.size() < MAX_ROUNDS && !areAlike(times, 0.3))) {
      long[] timesOfRound = new long[refused.size()];
      long[] workOfRound = new long[refused.size()];
      for (int i = 0; i < refused.size(); i++) {
        long worked = PasswordChecks.cpuNanos();
        long start = System.nanoTime();
        RawConnection.Answer answer = connection.post(Forms.SSL, refused.get(i));
        timesOfRound[i] = System.nanoTime() - start;
        workOfRound[i] = PasswordChecks.cpuNanos() - worked;
        assertThat(answer).isEqualTo(first);
      }
      times.add(timesOfRound);
      work.add(workOfRound);
    }
    for (int i = 0; i < refused.size(); i++) {
      assertThat(ratio(work, i)).as(refused.get(i)).isBetween(0.8, 1.25);
      if (WALL_CLOCK) {
        assertThat(ratio(times, i)).as(refused.get(i)).isBetween(0.5, 2.0);
      }
    }
    return least(work, 0);
  }

  @Test
  void verifiedLoginCostsNoPasswordCheck() throws IOException {
    String form = Forms.status("reseller", "right", 7);
    assertThat(connection.post(Forms.SSL, form).body()).isEqualTo("0\n");
    long worked = PasswordChecks.cpuNanos();
    for (int i = 0; i < 20; i++) {
      assertThat(connection.post(Forms.SSL, form).body()).isEqualTo("0\n");
    }
    assertThat(PasswordChecks.cpuNanos() - worked)
        .as("less than one check")
        .isLessThan(PasswordChecks.MIN_CPU_NANOS);
  }

  private static boolean areAlike(List<long[]> rounds, double tolerance) {
    return IntStream.range(0, rounds.get(0).length)
        .allMatch(i -> Math.abs(ratio(rounds, i) - 1) < tolerance);
  }

  /**
   * The cost of a request as a multiple of the first one's: the ratio of the least of all rounds,
   * to which other programs add nothing, or the median of the rounds' ratios, in which they slow
   * both down alike. The one nearer to 1 counts: a difference in work is in both.
   */
  private static double ratio(List<long[]> rounds, int index) {
    double least = (double) least(rounds, index) / least(rounds, 0);
    double[] ratios =
        rounds.stream().mapToDouble(round -> (double) round[index] / round[0]).sorted().toArray();
    double median = ratios[ratios.length / 2];
    return Math.abs(least - 1) < Math.abs(median - 1) ? least : median;
  }

  private static long least(List<long[]> rounds, int index) {
    return rounds.stream().mapToLong(round -> round[index]).min().orElseThrow();
  }
}
