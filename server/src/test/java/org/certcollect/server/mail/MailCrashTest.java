package org.certcollect.server.mail;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Clock;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.certcollect.server.config.MailConfig;
import org.certcollect.server.config.MailConfig.Security;
import org.certcollect.server.testing.Await;
import org.certcollect.store.Store;
import org.certcollect.store.domain.MailAddress;
import org.certcollect.store.domain.MailContact;
import org.certcollect.store.domain.Product;
import org.certcollect.store.jdbc.postgres.PostgresConfig;
import org.certcollect.store.jdbc.postgres.PostgresStore;
import org.certcollect.store.testing.Postgres;
import org.certcollect.store.x509.VerifiedChain;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Kills a sender in the midst of its mails, of which half have codes. */
@Tag("drill")
class MailCrashTest {
  private static final int ORDERS = 500;
  private static final int SHARED_ORDERS = 50;
  private static final int RECIPIENTS = 20;
  private static final int CONNECTIONS = 2;
  private static final int KILLS = 3;
  private static final Pattern IN_LINK = Pattern.compile("#code=(?:3D)?(\\w{16})");

  @TempDir private Path folder;

  /** A program that delivers what is in a store until it is killed. */
  static final class Sender {
    private Sender() {}

    public static void main(String[] arguments) {
      MailFixture fixture = new MailFixture(Path.of(arguments[0]));
      var unused = fixture.deliver(settings(Integer.parseInt(arguments[1])));
      while (true) {
        LockSupport.park();
      }
    }
  }

  private static MailConfig settings(int port) {
    return MailFixture.with(MailFixture.config(port, Security.NONE), CONNECTIONS);
  }

  /** Writes the mails: two for each order, the second with its code. */
  private static void fill(MailFixture fixture, int orders) {
    VerifiedChain chain = MailFixture.chain(fixture.store, "chain-3");
    int unused =
        fixture.mailing.atomically(
            whole -> {
              for (int number = 1; number <= orders; number++) {
                String address = "user" + number % RECIPIENTS + "@example.com";
                MailContact contact =
                    new MailContact(Optional.of(new MailAddress(address)), Optional.empty(), false);
                whole
                    .orders()
                    .add(
                        fixture.newOrder(number, Product.CCC, Optional.of(code(number)), contact),
                        MailFixture.TESTER);
                whole.orders().issue(number, chain, MailFixture.TESTER);
              }
              return orders;
            });
  }

  private static String code(int number) {
    return "23456789ABCD" + (1_000 + number);
  }

  private static void assertThatAllWereSent(ScriptedSmtp smtp, int orders, int maxCopies) {
    Set<String> ids = new HashSet<>();
    Set<String> codes = new HashSet<>();
    for (String mail : smtp.mails()) {
      ids.add(MailFixture.header(mail, "Message-ID"));
      Matcher link = IN_LINK.matcher(mail.replace("=\r\n", ""));
      if (link.find()) {
        codes.add(link.group(1));
      }
    }
    assertThat(ids).hasSize(2 * orders);
    assertThat(codes).hasSize(orders);
    assertThat(smtp.mails()).hasSizeBetween(2 * orders, 2 * orders + maxCopies);
  }

  @Test
  void killsLoseNoMailAndRepeatAtMostThoseThatWereBeingSent() throws Exception {
    Path file = folder.resolve("store.sqlite");
    try (ScriptedSmtp smtp = new ScriptedSmtp(null, "");
        MailFixture fixture = new MailFixture(file)) {
      fill(fixture, ORDERS);
      for (int kill = 1; kill <= KILLS; kill++) {
        Process sender =
            new ProcessBuilder(
                    List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Sender.class.getName(),
                        file.toString(),
                        Integer.toString(smtp.port())))
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("sender.txt").toFile())
                .start();
        int wanted = kill * 2 * ORDERS / (KILLS + 1);
        Await.until("some are sent", () -> smtp.mails().size() >= wanted);
        sender.destroyForcibly().waitFor();
      }
      fixture.deliverAll(settings(smtp.port()));
      assertThatAllWereSent(smtp, ORDERS, KILLS * CONNECTIONS);
    }
  }

  @Test
  void twoNodesShareAnOutboxOnPostgresqlAndWhatAKilledOneHadIsSentAfterItsLease() throws Exception {
    PostgresConfig database = Postgres.empty();
    try (ScriptedSmtp smtp = new ScriptedSmtp(null, "");
        MailFixture one = new MailFixture(PostgresStore.open(database, Clock.systemUTC()));
        MailFixture two = new MailFixture(PostgresStore.open(database, Clock.systemUTC()))) {
      fill(one, SHARED_ORDERS);
      // A node that was killed right after it had claimed a mail.
      Store dead = one.store;
      assertThat(dead.outbox().claim("dead", MailFixture.QUICK.lease(), Optional.empty()))
          .isPresent();
      try (MailDelivery first = one.deliver(settings(smtp.port()));
          MailDelivery second = two.deliver(settings(smtp.port()))) {
        Await.until("all are sent", () -> one.store.outbox().counts().waiting() == 0);
        assertThat(first.givenUp() + second.givenUp()).isZero();
      }
      assertThatAllWereSent(smtp, SHARED_ORDERS, 0);
    }
  }
}
