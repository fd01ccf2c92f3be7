package org.certcollect.server.mail;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.certcollect.server.config.MailConfig;
import org.certcollect.server.config.MailConfig.Security;
import org.certcollect.server.testing.Await;
import org.certcollect.server.testing.TestLog;
import org.certcollect.store.CollectionCodes;
import org.certcollect.store.Outbox.Message;
import org.certcollect.store.Store;
import org.certcollect.store.domain.MailKind;
import org.certcollect.store.domain.Product;
import org.certcollect.store.jdbc.sqlite.SqliteStore;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tests what becomes of mails that cannot be sent. */
class MailFailureTest extends MailScenario {
  @Test
  void aRefusalForNowIsTriedAgainWithTheSameMessageIdAndKeepsTheOrder() throws Exception {
    try (ScriptedSmtp smtp = new ScriptedSmtp(null, "")) {
      smtp.failures.addAll(
          List.of("RCPT 450 later", "DATA 451 later", "HANG", "CUT", "MAIL 421 closing"));
      fixture.order(7, Product.SSL, Optional.empty());
      fixture.order(8, Product.SSL, Optional.empty());
      deliver(smtp);
      List<String> ids = new ArrayList<>();
      List<String> subjects = new ArrayList<>();
      for (String mail : smtp.mails()) {
        ids.add(MailFixture.parse(mail).getHeader("Message-ID")[0]);
        subjects.add(MailFixture.parse(mail).getSubject());
      }
      assertThat(subjects)
          .as("the first was taken twice, as the answer to it was lost")
          .containsExactly(
              "ORDER #7 - CONFIRMATION", "ORDER #7 - CONFIRMATION", "ORDER #8 - CONFIRMATION");
      assertThat(ids.get(0)).isEqualTo(ids.get(1)).isNotEqualTo(ids.get(2));
      assertThat(fixture.store.outbox().counts().failed()).isZero();
    }
  }

  @Test
  void aSlowAnswerToTheEndOfAMailIsAwaitedAndMakesNoCopy() throws Exception {
    try (ScriptedSmtp smtp = new ScriptedSmtp(null, "")) {
      smtp.failures.add("WAIT");
      fixture.order(7, Product.SSL, Optional.empty());
      try (MailDelivery mails = fixture.deliver(MailFixture.config(smtp.port(), Security.NONE))) {
        Await.until("the mail is there", () -> !smtp.mails().isEmpty());
        long since = System.nanoTime();
        long longer = MailFixture.TIMEOUT.plusMillis(300).toNanos();
        Await.until("the timeout is over", () -> System.nanoTime() - since > longer);
        smtp.answers.countDown();
        awaitEmpty();
        assertThat(mails.retries()).isZero();
      }
      assertThat(smtp.mails()).hasSize(1);
    }
  }

  @Test
  void aLostAnswerToTheEndOfAMailMakesAsFewCopiesAsARefusal() throws Exception {
    try (ScriptedSmtp smtp = new ScriptedSmtp(null, "")) {
      smtp.failures.add("CUT");
      fixture.order(7, Product.SSL, Optional.empty());
      Duration hour = Duration.ofHours(1);
      try (MailDelivery mails =
          fixture.deliver(
              MailFixture.config(smtp.port(), Security.NONE), MailFixture.pace(hour, hour))) {
        Await.until("it is put back", () -> all().get(0).error().isPresent());
        assertThat(mails.retries()).isEqualTo(1);
        assertThat(all().get(0).next().orElseThrow()).isAfter(Instant.now().plusSeconds(3000));
      }
    }
  }

  @Test
  void aRefusalForEverIsADeadLetterAndOthersGoOn() throws Exception {
    try (ScriptedSmtp smtp = new ScriptedSmtp(null, "")) {
      smtp.failures.addAll(List.of("", "RCPT 550 5.1.1 unknown user", "DATA 554 spam"));
      for (int number = 6; number <= 9; number++) {
        fixture.order(number, Product.SSL, Optional.empty());
      }
      deliver(smtp);
      assertThat(smtp.mails()).hasSize(2);
      assertThat(fixture.store.outbox().list(true, 0, 9))
          .extracting(mail -> mail.order() + " " + mail.error().orElseThrow())
          .satisfiesExactly(
              one -> assertThat(one).startsWith("7 ").contains("550 5.1.1 unknown user"),
              two -> assertThat(two).startsWith("8 ").contains("554 spam"));
    }
  }

  @Test
  void theLogTellsAccountAndReasonAndNothingThatTheServerWrote() throws Exception {
    int closed;
    try (ScriptedSmtp gone = new ScriptedSmtp(null, "")) {
      closed = gone.port();
    }
    try (TestLog log = TestLog.json();
        ScriptedSmtp smtp = new ScriptedSmtp(null, "")) {
      smtp.failures.addAll(List.of("MAIL 550 Kanarie", "RCPT 550 5.1.1 <kanarie@example.com>"));
      fixture.order(7, Product.SSL, Optional.empty());
      try (MailDelivery mails = fixture.deliver(MailFixture.config(closed, Security.NONE))) {
        Await.until("it is tried", () -> mails.retries() > 0);
      }
      String again = "A mail could not be sent, and is tried again";
      assertThat(log.lines(again))
          .isNotEmpty()
          .allMatch(
              line ->
                  line.contains("\"reason\":\"no connection: Connection refused\"")
                      && line.contains("\"login\":\"demo\""));
      int before = log.lines(again).size();
      deliver(smtp);
      assertThat(log.lines(again).subList(before, before + 1))
          .asString()
          .contains("answer was 550");
      assertThat(log.lines("A mail could not be sent, and is given up"))
          .singleElement()
          .asString()
          .contains("\"reason\":\"the answer was 550\"", "\"login\":\"demo\"");
      assertThat(log.toString()).doesNotContainIgnoringCase("kanarie");
    }
  }

  @Test
  void aRefusalOfTheSenderBurnsNoMailUntilOneWasSentWithTheSettings() throws Exception {
    try (ScriptedSmtp smtp = new ScriptedSmtp(null, "")) {
      String denied = "554 5.7.1 <demo@example.com>: Relay access denied";
      smtp.failures.addAll(
          List.of(
              "RCPT " + denied,
              "RCPT 553 5.7.1 <ca@example.com>: Sender address rejected",
              "RCPT 550 relay not permitted",
              "DATA 550 5.7.60 SMTP; Client does not have permissions to send as this sender",
              "",
              "RCPT " + denied));
      fixture.order(7, Product.SSL, Optional.empty());
      fixture.order(8, Product.SSL, Optional.empty());
      deliver(smtp);
      assertThat(fixture.store.outbox().list(true, 0, 9))
          .singleElement()
          .satisfies(
              mail ->
                  assertThat(mail.order() + " " + mail.error()).startsWith("8 ").contains(denied));
      assertThat(smtp.mails()).hasSize(1);
    }
  }

  @Test
  void aMailUnderWayWhenTheSettingsChangeProvesNotTheNewOnes() throws Exception {
    try (ScriptedSmtp smtp = new ScriptedSmtp(null, "")) {
      smtp.failures.addAll(List.of("WAIT", "RCPT 550 relay not permitted"));
      fixture.order(7, Product.SSL, Optional.empty());
      fixture.order(8, Product.SSL, Optional.empty());
      MailConfig config = MailFixture.config(smtp.port(), Security.NONE);
      try (MailDelivery mails = fixture.deliver(config)) {
        Await.until("the first mail is there", () -> !smtp.mails().isEmpty());
        mails.reload(config);
        smtp.answers.countDown();
        Await.until("both are sent", () -> mails.sent(MailKind.PLACED) == 2);
        awaitEmpty();
        assertThat(mails.retries()).isEqualTo(1);
      }
      assertThat(fixture.store.outbox().counts().failed()).isZero();
    }
  }

  @Test
  void anInternalErrorAfterManyRefusalsGivesUpNoMail() throws Exception {
    try (ScriptedSmtp smtp = new ScriptedSmtp(null, "")) {
      fixture.order(7, Product.CCC, Optional.of(CODE));
      fixture.issue(7, "chain-3");
      // As many as in an outage of mail.host.
      execute("UPDATE outbox SET attempts = 50");
      AtomicInteger errors = new AtomicInteger();
      try (MailDelivery mails =
          new MailDelivery(
              MailFixture.config(smtp.port(), Security.NONE),
              fixture.store,
              () -> {
                if (errors.incrementAndGet() == 1) {
                  throw new IllegalStateException("an internal error");
                }
                return fixture.codes;
              },
              "node",
              Clock.systemUTC(),
              MailFixture.QUICK)) {
        Await.until("it is sent", () -> mails.sent(MailKind.READY) + mails.givenUp() == 1);
        assertThat(mails.givenUp()).isZero();
      }
    }
  }

  @Test
  void anErrorDoesNotEndTheLookForCertificatesThatExpire() {
    AtomicInteger looks = new AtomicInteger();
    Clock failing =
        new Clock() {
          @Override
          public Instant instant() {
            if (looks.incrementAndGet() == 1) {
              throw new OutOfMemoryError("of this test");
            }
            return Instant.now();
          }

          @Override
          public ZoneId getZone() {
            return ZoneOffset.UTC;
          }

          @Override
          public Clock withZone(ZoneId zone) {
            return this;
          }
        };
    Duration quick = Duration.ofMillis(20);
    Duration later = Duration.ofMinutes(1);
    MailDelivery.Pace pace =
        new MailDelivery.Pace(quick, quick, quick, quick, quick, later, quick, later);
    try (MailDelivery mails =
        new MailDelivery(
            MailFixture.config(25, Security.NONE),
            fixture.store,
            () -> fixture.codes,
            "node",
            failing,
            pace)) {
      Await.until("it looks again", () -> looks.get() > 1);
      assertThat(mails.givenUp()).isZero();
    }
  }

  @Test
  void whatMayNotBeHandedOutIsNotSentWhoeverChangedTheOrder() throws Exception {
    try (ScriptedSmtp smtp = new ScriptedSmtp(null, "")) {
      fixture.order(7, Product.SSL, Optional.empty());
      fixture.issue(7, "chain-3");
      fixture.order(8, Product.CCC, Optional.of(CODE));
      fixture.issue(8, "chain-4");
      // This store sends no mails, as a command without mail.host.
      fixture.store.orders().revoke(8, Optional.empty(), MailFixture.TESTER);
      fixture.store.orders().hold(7, Optional.empty(), MailFixture.TESTER);
      try (MailDelivery mails = fixture.deliver(MailFixture.config(smtp.port(), Security.NONE))) {
        awaitEmpty();
        assertThat(mails.retries() + mails.givenUp()).isZero();
        assertThat(smtp.mails())
            .as("the held one holds up no later one for its address")
            .satisfiesExactly(
                one -> assertThat(one).contains("ORDER #7 - CONFIRMATION"),
                two -> assertThat(two).contains("ORDER #8 - CONFIRMATION"));
      }
      fixture.store.orders().release(7, MailFixture.TESTER);
      try (MailDelivery mails = fixture.deliver(MailFixture.config(smtp.port(), Security.NONE))) {
        Await.until("it is sent after the release", () -> mails.sent(MailKind.ISSUED) == 1);
        awaitEmpty();
      }
      assertThat(smtp.mails().toString()).contains("Your SSL Certificate").doesNotContain(CODE);
      assertThat(fixture.store.events().ofOrder(8))
          .extracting(event -> event.action() + " " + event.detail().orElse(""))
          .anyMatch(event -> event.matches("order.mail-dropped ready to .*: the order is revoked"));
    }
  }

  @Test
  void aCertificateThatCannotBeReadHoldsUpNobodyElseAndIsTold() throws Exception {
    try (TestLog log = TestLog.json().everything();
        ScriptedSmtp smtp = new ScriptedSmtp(null, "")) {
      fixture.order(7, Product.SSL, Optional.empty());
      fixture.issue(7, "chain-3");
      execute("PRAGMA foreign_keys = OFF; DELETE FROM certificate");
      fixture.order(8, Product.SSL, Optional.empty());
      fixture.contactOf(8, "other@example.com");
      try (MailDelivery mails = fixture.deliver(MailFixture.config(smtp.port(), Security.NONE))) {
        Await.until("it was tried", () -> mails.retries() > 1 && all().size() == 1);
      }
      assertThat(all()).singleElement().extracting(Message::order).isEqualTo(7L);
      assertThat(all().get(0).error()).contains("the store cannot be read");
      assertThat(log.toString()).containsOnlyOnce("What a mail needs cannot be read");

      execute("ALTER TABLE outbox RENAME TO away");
      try (MailDelivery mails = fixture.deliver(MailFixture.config(smtp.port(), Security.NONE))) {
        Await.until("it is told", () -> log.toString().contains("The outbox cannot be read"));
        assertThat(mails.retries()).isZero();
      }
      assertThat(log.lines("The outbox cannot be read"))
          .allMatch(line -> line.contains("\"problem\":\"") && !line.contains("Exception"));
    }
  }

  @Test
  void aStopAwaitsTheAnswerToAMailThatTheServerMayHave() throws Exception {
    try (ScriptedSmtp smtp = new ScriptedSmtp(null, "")) {
      smtp.failures.add("WAIT");
      fixture.order(7, Product.SSL, Optional.empty());
      MailDelivery mails = fixture.deliver(MailFixture.config(smtp.port(), Security.NONE));
      Await.until("the mail is there", () -> !smtp.mails().isEmpty());
      Thread stop = new Thread(() -> mails.close(Duration.ofSeconds(20)));
      stop.start();
      long since = System.nanoTime();
      Await.until("the grace is over", () -> System.nanoTime() - since > 1_300_000_000L);
      smtp.answers.countDown();
      stop.join();
      assertThat(all()).as("it was removed, and is not sent again").isEmpty();
    }
  }

  @Test
  void anAddressThatIsNotValidKeepsNobodyFromCollecting() throws Exception {
    fixture.order(7, Product.SSL, Optional.empty());
    execute("UPDATE account SET email = 'nobody', language = 'Klingon'");
    assertThat(fixture.store.collects().byLogin("demo", 7)).isPresent();
  }

  @Test
  void aRefusedSenderAndAClosingServerHaveAllMailsWaitUntilTheyAreTooOld() throws Exception {
    try (ScriptedSmtp smtp = new ScriptedSmtp(null, "")) {
      smtp.failures.addAll(List.of("", "MAIL 550 no such sender", "RCPT 421 closing"));
      fixture.order(7, Product.SSL, Optional.empty());
      fixture.order(8, Product.SSL, Optional.empty());
      deliver(smtp);
      assertThat(smtp.mails()).hasSize(2);
      assertThat(all()).as("none was given up").isEmpty();

      smtp.failures.add("MAIL 550 no such sender");
      fixture.order(9, Product.SSL, Optional.empty());
      Clock later = Clock.offset(Clock.systemUTC(), Duration.ofDays(2).plusMinutes(1));
      try (Store store = SqliteStore.open(folder.resolve("store.sqlite"), later);
          MailDelivery mails =
              new MailDelivery(
                  MailFixture.config(smtp.port(), Security.NONE),
                  store,
                  () -> fixture.codes,
                  "later",
                  later,
                  MailFixture.QUICK)) {
        Await.until("it is given up", () -> mails.givenUp() == 1);
        Await.until("it is noted", () -> store.outbox().counts().failed() == 1);
      }
    }
  }

  @Test
  void aCodeUnderAnotherKeyWaitsForANodeThatHasIt() throws Exception {
    try (ScriptedSmtp smtp = new ScriptedSmtp(null, "")) {
      fixture.order(7, Product.CCC, Optional.of(CODE));
      fixture.issue(7, "chain-3");
      byte[] other = new byte[32];
      other[0] = 1;
      try (MailDelivery mails =
          new MailDelivery(
              MailFixture.config(smtp.port(), Security.NONE),
              fixture.store,
              () -> new CollectionCodes(other),
              "other",
              Clock.systemUTC(),
              MailFixture.QUICK)) {
        Await.until("it was tried", () -> mails.retries() > 1);
        assertThat(mails.givenUp()).isZero();
      }
      deliver(smtp);
      assertThat(smtp.mails()).hasSize(2).last().asString().contains(CODE);
    }
  }

  /** Of an answer that is long enough, the place where it is cut is in the midst of the code. */
  @ParameterizedTest
  @CsvSource({
    "1, spam: see #code=KANARCDEKANARCDE",
    "279, spam: see #code=KANARCDEKANARCDE",
    "1, spam: KANARCD|EKANARCDE",
    "1, spam: kanarcdekanarcde"
  })
  void anAnswerThatRepeatsTheCodeIsKeptWithoutIt(int blanks, String answer) throws Exception {
    try (ScriptedSmtp smtp = new ScriptedSmtp(null, "")) {
      String lines = "-".repeat(blanks) + answer.replace("|", "\r\n554 ");
      smtp.failures.addAll(List.of("", "DATA 554" + (answer.contains("|") ? "" : " ") + lines));
      fixture.order(7, Product.CCC, Optional.of(CODE));
      fixture.issue(7, "chain-3");
      deliver(smtp);
      assertThat(all().get(0).error().orElseThrow())
          .contains("554", "spam")
          .doesNotContainIgnoringCase("KANA");
      assertThat(fixture.store.events().ofOrder(7).toString()).doesNotContainIgnoringCase("KANA");
      assertThat(database()).doesNotContain(CODE);
    }
  }
}
