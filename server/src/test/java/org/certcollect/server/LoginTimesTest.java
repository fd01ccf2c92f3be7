package org.certcollect.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.certcollect.server.config.AuthConfig;
import org.certcollect.server.testing.Forms;
import org.certcollect.server.testing.RawConnection;
import org.certcollect.server.testing.TestServer;
import org.certcollect.server.testing.TestServer.Settings;
import org.certcollect.store.Product;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What can be learned from an answer's bytes and from the time it takes. */
class LoginTimesTest {
  private static final int ROUNDS = 15;
  private static final int MANY = 1_000_000;

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
  void allWhoAreRefusedGetTheSameBytesInTheSameTime() throws IOException {
    List<String> refused =
        List.of(
            Forms.status("reseller", "wrong", 7),
            Forms.status("nobody", "right", 7),
            Forms.status("disabled", "right", 7),
            Forms.status("disabled", "wrong", 7),
            Forms.status("not-allowed", "right", 7),
            Forms.status("reseller", "wrong", 8),
            Forms.status("n%00body", "right", 7));
    List<List<Long>> times = new ArrayList<>();
    List<List<Long>> work = new ArrayList<>();
    for (String unused : refused) {
      times.add(new ArrayList<>());
      work.add(new ArrayList<>());
    }
    RawConnection.Answer first = connection.post(Forms.SSL, refused.get(0));
    assertThat(first.body()).isEqualTo("-16\nPermission denied!");
    for (int round = 0; round < ROUNDS; round++) {
      for (int i = 0; i < refused.size(); i++) {
        long worked = hashing();
        long start = System.nanoTime();
        RawConnection.Answer answer = connection.post(Forms.SSL, refused.get(i));
        times.get(i).add(System.nanoTime() - start);
        work.get(i).add(hashing() - worked);
        assertThat(answer).isEqualTo(first);
      }
    }
    double usualTime = median(times.get(0));
    double usualWork = median(work.get(0));
    for (int i = 0; i < refused.size(); i++) {
      assertThat(median(times.get(i)) / usualTime).as(refused.get(i)).isBetween(0.5, 2.0);
      assertThat(median(work.get(i)) / usualWork).as(refused.get(i)).isBetween(0.8, 1.25);
    }
  }

  @Test
  void aLoginThatIsKnownCostsNoHash() throws IOException {
    String form = Forms.status("reseller", "right", 7);
    List<Long> hashes = new ArrayList<>();
    List<Long> polls = new ArrayList<>();
    for (int round = 0; round < ROUNDS; round++) {
      long start = System.nanoTime();
      TestServer.hash("right");
      hashes.add(System.nanoTime() - start);
      start = System.nanoTime();
      assertThat(connection.post(Forms.SSL, form).body()).isEqualTo("0");
      polls.add(System.nanoTime() - start);
    }
    assertThat(median(polls)).isLessThan(median(hashes) / 3);
  }

  /**
   * The processor's time that checks of passwords took so far: what else runs on the machine adds
   * little to it.
   */
  private static long hashing() {
    ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().equals("password-check"))
        .mapToLong(thread -> threads.getThreadCpuTime(thread.getId()))
        .sum();
  }

  private static double median(List<Long> nanos) {
    return nanos.stream().sorted().skip(nanos.size() / 2).findFirst().orElseThrow();
  }
}
