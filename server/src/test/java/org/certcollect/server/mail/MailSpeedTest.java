package org.certcollect.server.mail;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.locks.LockSupport;
import org.certcollect.admin.audit.AuditConfig;
import org.certcollect.server.config.MailConfig.Security;
import org.certcollect.server.testing.Forms;
import org.certcollect.server.testing.RawConnection;
import org.certcollect.server.testing.TestServer;
import org.certcollect.store.NewOrder;
import org.certcollect.store.Orders;
import org.certcollect.store.Store;
import org.certcollect.store.domain.MailAddress;
import org.certcollect.store.domain.MailContact;
import org.certcollect.store.domain.MailKind;
import org.certcollect.store.domain.Product;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Measures the delivery of many mails, and look-ups of orders meanwhile: {@code -Dmails=100000}.
 */
@Tag("drill")
class MailSpeedTest {
  private static final int MAILS = Integer.getInteger("mails", 1_000);
  private static final int LOOKUPS = 2_000;
  private static final int ORDER = 7;
  private static final int ROUNDS = Integer.getInteger("mails.rounds", 2);
  private static final int COLLECTS = 200;

  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(ints = {1, 1_000})
  void queuedMailsAreSentOnceEach(int recipients) throws Exception {
    try (ScriptedSmtp smtp = new ScriptedSmtp(null, "");
        MailFixture fixture = new MailFixture(folder.resolve("store.sqlite"))) {
      long before = lookUp(fixture.store);
      for (int first = 1; first <= MAILS; first += 1_000) {
        add(fixture.mailing, first, Math.min(first + 999, MAILS), recipients);
      }
      long queued = lookUp(fixture.store);
      long began = System.nanoTime();
      long sending;
      MailDelivery delivery = fixture.deliver(MailFixture.config(smtp.port(), Security.NONE));
      try {
        sending = lookUp(fixture.store);
        while (fixture.store.outbox().counts().waiting() > 0) {
          LockSupport.parkNanos(20_000_000);
        }
      } finally {
        delivery.close();
      }
      double seconds = (System.nanoTime() - began) / 1e9;
      System.out.printf(
          "%d mails for %d recipients: %.0f mails/s; p99 of a look-up: %d µs, %d with mails queued,"
              + " %d while they are sent%n",
          MAILS, recipients, MAILS / seconds, before, queued, sending);
      assertThat(smtp.mails()).hasSize(MAILS);
    }
  }

  /** Compares a server with another one that has mails queued, in turns, by the same requests. */
  @SuppressWarnings("try") // The mail server is away for all of the test.
  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void queuedMailsDoNotSlowACollect(boolean sending) throws Exception {
    try (ScriptedSmtp smtp = new ScriptedSmtp(null, "");
        TestServer quiet = server("quiet", smtp.port());
        TestServer queued = server("queued", smtp.port());
        RawConnection toQuiet = RawConnection.https(quiet);
        RawConnection toQueued = RawConnection.https(queued)) {
      if (!sending) {
        smtp.goAway();
      }
      for (int first = 1; first <= MAILS; first += 1_000) {
        add(
            queued.store().mailing(EnumSet.allOf(MailKind.class), () -> {}),
            ORDER + first,
            ORDER + Math.min(first + 999, MAILS),
            10);
      }
      List<Long> without = new ArrayList<>();
      List<Long> with = new ArrayList<>();
      for (int round = -2; round < ROUNDS; round++) {
        List<Long> quietTimes = collect(toQuiet);
        List<Long> queuedTimes = collect(toQueued);
        if (round >= 0) {
          without.addAll(quietTimes);
          with.addAll(queuedTimes);
        }
      }
      long left = queued.store().outbox().counts().waiting();
      System.out.printf(
          "%d mails %s, %d of them left: collects p50 %d µs without, %d with; p99 %d µs without, %d"
              + " with, %.2f times%n",
          MAILS,
          sending ? "being sent" : "waiting for a server that is away",
          left,
          percentile(without, 50),
          percentile(with, 50),
          percentile(without, 99),
          percentile(with, 99),
          (double) percentile(with, 99) / percentile(without, 99));
      if (MAILS >= 100_000 && !sending) {
        assertThat((double) percentile(with, 99)).isLessThan(1.2 * percentile(without, 99));
      }
    }
  }

  private TestServer server(String name, int port) throws Exception {
    TestServer server =
        TestServer.audited(
            TestServer.Settings.DEFAULT,
            Files.createDirectory(folder.resolve(name)),
            AuditConfig.of("node"),
            Optional.of(MailFixture.config(port, Security.NONE)));
    server.quickAccount("demo", "secret");
    server.order("demo", Product.SSL, ORDER);
    server.issue(ORDER, "chain-3");
    return server;
  }

  private static List<Long> collect(RawConnection connection) throws Exception {
    List<Long> times = new ArrayList<>();
    for (int i = 0; i < COLLECTS; i++) {
      long began = System.nanoTime();
      assertThat(connection.post(Forms.SSL, Forms.status("demo", "secret", ORDER)).body())
          .startsWith("1\n");
      times.add((System.nanoTime() - began) / 1_000);
    }
    return times;
  }

  private static long percentile(List<Long> times, int percent) {
    List<Long> sorted = times.stream().sorted().toList();
    return sorted.get(sorted.size() * percent / 100);
  }

  private static void add(Store mailing, int first, int last, int recipients) {
    int unused =
        mailing.atomically(
            whole -> {
              for (int number = first; number <= last; number++) {
                add(whole.orders(), number, "user" + number % recipients + "@example.com");
              }
              return last;
            });
  }

  private static void add(Orders orders, int number, String address) {
    MailContact people =
        new MailContact(Optional.of(new MailAddress(address)), Optional.empty(), false);
    var unused =
        orders.add(
            new NewOrder(
                "demo",
                Product.SSL,
                OptionalLong.of(number),
                true,
                Optional.empty(),
                Optional.empty(),
                people,
                Optional.empty()),
            MailFixture.TESTER);
  }

  /** The 99th percentile of the times of look-ups, in microseconds. */
  private static long lookUp(Store store) {
    List<Long> times = new ArrayList<>();
    for (int i = 0; i < LOOKUPS; i++) {
      long began = System.nanoTime();
      assertThat(store.collects().byLogin("demo", 1 + i % MAILS)).isPresent();
      times.add((System.nanoTime() - began) / 1_000);
    }
    Collections.sort(times);
    return times.get(LOOKUPS * 99 / 100);
  }
}
