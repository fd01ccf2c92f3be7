package org.certcollect.store.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.certcollect.store.contract.Samples.ALICE;
import static org.certcollect.store.contract.Samples.BOTH;
import static org.certcollect.store.contract.Samples.HASH;
import static org.certcollect.store.contract.Samples.chain;
import static org.certcollect.store.contract.Samples.code;
import static org.certcollect.store.contract.Samples.order;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.LongStream;
import org.certcollect.store.CollectionCodes;
import org.certcollect.store.Event;
import org.certcollect.store.NewOrder;
import org.certcollect.store.Order;
import org.certcollect.store.Outbox.Message;
import org.certcollect.store.Retention;
import org.certcollect.store.Store;
import org.certcollect.store.domain.MailAddress;
import org.certcollect.store.domain.MailContact;
import org.certcollect.store.domain.MailKind;
import org.certcollect.store.domain.Product;
import org.certcollect.store.domain.RefusedException.Reason;
import org.junit.jupiter.api.Test;

/** The contract of the outbox: which change causes which e-mail, and who gets to send it. */
abstract class OutboxContract extends StoreContract {
  private static final Duration LEASE = Duration.ofMinutes(2);
  private static final Set<MailKind> ALL = EnumSet.allOf(MailKind.class);
  private static final MailContact ALICES = contact("alice@example.com");
  private static final String CODE = "23456789ABCDEFGH";

  private final CollectionCodes codes = new CollectionCodes(new byte[32]);
  private final AtomicInteger wakes = new AtomicInteger();

  private static MailContact contact(String email) {
    return new MailContact(Optional.of(new MailAddress(email)), Optional.empty(), false);
  }

  /** The store with all e-mails, and the account demo, to which they go. */
  private Store mailing() {
    store.accounts().add("demo", HASH, BOTH, ALICE);
    store.accounts().setContact("demo", none -> ALICES, ALICE);
    return store.mailing(ALL, wakes::incrementAndGet);
  }

  private static NewOrder withCode(long number, CollectionCodes codes) {
    NewOrder order = Samples.with(Samples.paid(order("demo", Product.CCC, number)), code(CODE));
    return new NewOrder(
        order.account(),
        order.product(),
        order.number(),
        true,
        order.signingRequest(),
        order.code(),
        MailContact.NONE,
        Optional.of(codes.seal(CODE)));
  }

  private List<String> all() {
    return store.outbox().list(false, 0, 100).stream()
        .map(m -> m.order() + " " + m.kind() + (m.next().isPresent() ? "" : " waits"))
        .toList();
  }

  private Message claim() {
    return find().orElseThrow();
  }

  private Optional<Message> find() {
    return store.outbox().claim("node", LEASE, Optional.empty());
  }

  @Test
  void eachChangeCausesItsMailInItsTransaction() {
    Store mailing = mailing();
    mailing.orders().add(Samples.paid(order("demo", Product.SSL, 7)), ALICE);
    mailing.orders().issue(7, chain("chain-3"), ALICE);
    assertThat(all()).containsExactly("7 PLACED", "7 ISSUED");
    Message issued = store.outbox().list(false, 0, 9).get(1);
    assertThat(issued.recipient()).isEqualTo("alice@example.com");
    assertThat(store.outbox().chain(issued.certificate().orElseThrow()))
        .isEqualTo(chain("chain-3"));
    mailing.orders().revoke(7, Optional.of("key lost"), ALICE);
    assertThat(all()).containsExactly("7 PLACED", "7 REVOKED");
    assertThat(store.outbox().list(false, 0, 9).get(1).detail()).contains("key lost");
    assertThat(wakes.get()).isEqualTo(3);

    assertThatThrownBy(
            () ->
                mailing.atomically(
                    whole -> {
                      whole.orders().add(order("demo", Product.SSL, 8), ALICE);
                      throw new IllegalStateException("undone");
                    }))
        .hasMessage("undone");
    assertThat(all()).hasSize(2);
  }

  @Test
  void nothingIsWrittenWithoutAnAddressAfterAnOptOutOrForOtherKinds() {
    Store mailing = mailing();
    store
        .mailing(EnumSet.of(MailKind.ISSUED), () -> {})
        .orders()
        .add(order("demo", Product.SSL, 5), ALICE);
    store.orders().add(order("demo", Product.SSL, 6), ALICE);
    mailing
        .accounts()
        .setContact("demo", old -> new MailContact(old.email(), Optional.of("de"), true), ALICE);
    mailing.orders().add(order("demo", Product.SSL, 7), ALICE);
    mailing.accounts().setContact("demo", old -> MailContact.NONE, ALICE);
    mailing.orders().add(order("demo", Product.SSL, 8), ALICE);

    assertThat(all()).isEmpty();
  }

  @Test
  void theCodeWaitsSealedUntilThereIsACertificateToCollect() {
    Store mailing = mailing();
    mailing.orders().add(withCode(7, codes), ALICE);
    assertThat(all()).containsExactly("7 PLACED", "7 READY waits");
    mailing.orders().hold(7, Optional.empty(), ALICE);
    mailing.orders().issue(7, chain("chain-3"), ALICE);
    assertThat(all()).containsExactly("7 PLACED", "7 READY waits");
    mailing.orders().release(7, ALICE);
    assertThat(all()).containsExactly("7 PLACED", "7 READY");

    store.outbox().sent(claim(), ALICE);
    Message ready = claim();
    byte[] sealed = ready.sealedCode().orElseThrow();
    assertThat(codes.unseal(sealed, ready.id())).isEqualTo(CODE);
    assertThatThrownBy(() -> codes.unseal(sealed, ready.id() + 1))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(ready.certificate()).isPresent();
    store.outbox().sent(ready, ALICE);
    assertThat(all()).isEmpty();
    mailing.orders().reissue(7, Optional.empty(), ALICE);
    mailing.orders().issue(7, chain("chain-4"), ALICE);
    assertThat(all()).as("its code was told already").containsExactly("7 ISSUED");
  }

  @Test
  void aNewCodeTakesThePlaceOfTheOneThatWasNotSent() {
    Store mailing = mailing();
    mailing.orders().add(withCode(7, codes), ALICE);
    mailing.orders().issue(7, chain("chain-3"), ALICE);
    mailing.orders().setCode(7, codes.hash("X"), Optional.of(codes.seal("X")), ALICE);

    assertThat(all()).containsExactly("7 PLACED", "7 READY");
    Message ready = store.outbox().list(false, 0, 9).get(1);
    assertThat(codes.unseal(ready.sealedCode().orElseThrow(), ready.id())).isEqualTo("X");
  }

  @Test
  void mailsOfOneRecipientAreClaimedOneAfterAnother() {
    Store mailing = mailing();
    mailing.orders().add(order("demo", Product.SSL, 1), ALICE);
    mailing.orders().add(order("demo", Product.SSL, 2), ALICE);
    mailing.orders().setContact(2, none -> contact("bob@example.com"), ALICE);
    mailing.orders().add(order("demo", Product.SSL, 3), ALICE);

    Message first = claim();
    assertThat(first.order()).isEqualTo(1);
    assertThat(first.attempts()).isEqualTo(1);
    Message bobs = claim();
    assertThat(bobs.recipient()).isEqualTo("bob@example.com");
    assertThat(find()).as("the third is for alice").isEmpty();
    Instant later = clock.instant().plusSeconds(30);
    store.outbox().failed(first, Optional.of(later), "450 try later", ALICE);
    assertThat(find()).isEmpty();
    clock.tick();
    assertThat(claim().order()).isEqualTo(1);
    store.outbox().sent(first, ALICE);
    assertThat(claim().order()).isEqualTo(3);
    // The node that claimed bob's was killed.
    clock.tick();
    clock.tick();
    assertThat(claim().order()).isEqualTo(2);
  }

  @Test
  void aMailIsFoundBehindManyThatWaitForAnEarlierOneToTheirAddress() {
    Store mailing = mailing();
    int last = 1_002;
    // A transaction has a deadline.
    for (int start = 1; start < last; start += 91) {
      int from = start;
      mailing.atomically(
          whole -> {
            for (int number = from; number < from + 91; number++) {
              whole.orders().add(order("demo", Product.SSL, number), ALICE);
            }
            return from;
          });
    }
    Message first = claim();
    clock.tick();
    mailing.orders().add(order("demo", Product.SSL, last), ALICE);
    mailing.orders().setContact(last, none -> contact("bob@example.com"), ALICE);

    assertThat(claim().order()).isEqualTo(last);
    assertThat(find()).isEmpty();
    store.outbox().sent(first, ALICE);
    assertThat(claim().order()).isEqualTo(2);
  }

  @Test
  void aClaimIsThatOfOneRecipientIfThatIsAskedFor() {
    Store mailing = mailing();
    mailing.orders().add(order("demo", Product.SSL, 1), ALICE);
    mailing.orders().add(order("demo", Product.SSL, 2), ALICE);
    mailing.orders().setContact(2, none -> contact("bob@example.com"), ALICE);
    Optional<String> bob = Optional.of("bob@example.com");

    assertThat(store.outbox().claim("node", LEASE, bob).orElseThrow().order()).isEqualTo(2);
    assertThat(store.outbox().claim("node", LEASE, bob)).isEmpty();
    assertThat(claim().order()).isEqualTo(1);
  }

  @Test
  void aClaimIsKeptWhileItIsRenewedAndAnEarlierOneHasNoSayAfterIt() {
    Store mailing = mailing();
    mailing.orders().add(order("demo", Product.SSL, 1), ALICE);
    Message first = claim();
    clock.tick();
    store.outbox().renew(first, LEASE);
    clock.tick();
    assertThat(find()).as("as it was renewed").isEmpty();
    clock.tick();
    Message second = claim();
    clock.tick();
    store.outbox().renew(first, Duration.ofDays(1));
    store.outbox().failed(first, Optional.of(clock.instant()), "timeout", ALICE);
    store.outbox().failed(first, Optional.empty(), "timeout", ALICE);

    assertThat(find()).as("the second is sending it").isEmpty();
    assertThat(store.outbox().counts().failed()).isZero();
    clock.tick();
    assertThat(claim().id()).as("the second was killed").isEqualTo(second.id());
    store.outbox().sent(second, ALICE);
    assertThat(all()).isEmpty();
  }

  @Test
  void aMailThatIsBeingSentIsNotClaimedAgainWhenAHoldEndsMeanwhile() {
    Store mailing = mailing();
    mailing.orders().add(Samples.paid(order("demo", Product.SSL, 7)), ALICE);
    store.outbox().sent(claim(), ALICE);
    mailing.orders().issue(7, chain("chain-3"), ALICE);
    Message issued = claim();
    mailing.orders().hold(7, Optional.empty(), ALICE);
    mailing.orders().release(7, ALICE);

    clock.tick();
    assertThat(find()).isEmpty();
    for (int minute = 2; minute <= 5; minute++) {
      clock.tick();
    }
    assertThat(claim().id()).as("if its sender was killed").isEqualTo(issued.id());
  }

  @Test
  void anOrderThatWasMovedHasTheAddressOfItsNewAccount() {
    Store mailing = mailing();
    mailing.accounts().add("other", HASH, BOTH, ALICE);
    mailing.accounts().setContact("other", none -> contact("other@example.com"), ALICE);
    mailing.orders().add(order("demo", Product.SSL, 7), ALICE);
    mailing.orders().move(7, "other", ALICE);
    assertThat(store.outbox().list(false, 0, 9).get(0).recipient()).isEqualTo("other@example.com");
    mailing.accounts().setContact("demo", none -> contact("wrong@example.com"), ALICE);
    mailing.accounts().setContact("other", none -> contact("new@example.com"), ALICE);
    assertThat(store.outbox().list(false, 0, 9).get(0).recipient()).isEqualTo("new@example.com");
  }

  @Test
  void aMailThatIsGivenUpCanBeTriedAgainWithItsCodeUntilTheOrderIsRevoked() {
    Store mailing = mailing();
    mailing.orders().add(order("demo", Product.SSL, 1), ALICE);
    store.outbox().failed(claim(), Optional.empty(), "550 unknown user", ALICE);
    assertThat(store.outbox().counts().failed()).isEqualTo(1);
    assertThat(store.outbox().list(true, 0, 9).get(0).error()).contains("550 unknown user");
    assertThat(store.events().ofOrder(1))
        .extracting(Event::action)
        .containsExactly("order.add", "order.mail-failed");
    assertThat(find()).isEmpty();
    clock.tick();
    assertThat(store.outbox().retry(OptionalLong.empty(), ALICE)).isEqualTo(1);
    assertThat(store.outbox().counts().oldest()).contains(clock.instant());
    Message again = claim();
    assertThat(again.attempts()).as("as if for the first time").isEqualTo(1);
    store.outbox().sent(again, ALICE);
    assertThat(store.events().ofOrder(1))
        .extracting(event -> event.detail().orElse(""))
        .contains("placed to alice@example.com");

    mailing.orders().add(withCode(7, codes), ALICE);
    store.outbox().sent(claim(), ALICE);
    mailing.orders().issue(7, chain("chain-3"), ALICE);
    Message ready = claim();
    store.outbox().failed(ready, Optional.empty(), "550", ALICE);
    assertThat(store.outbox().retry(OptionalLong.empty(), ALICE)).isEqualTo(1);
    assertThat(codes.unseal(claim().sealedCode().orElseThrow(), ready.id())).isEqualTo(CODE);
    store.outbox().failed(store.outbox().list(false, 0, 9).get(0), Optional.empty(), "", ALICE);
    mailing.orders().revoke(7, Optional.empty(), ALICE);
    assertThat(all()).as("nothing is handed out any more").containsExactly("7 REVOKED");
    assertRefused(Reason.UNKNOWN_MAIL, () -> store.outbox().retry(OptionalLong.of(999), ALICE));
  }

  @Test
  void aMailIsDroppedOnDemandAndOneThatWasGivenUpAfterAWhile() {
    Store mailing = mailing();
    mailing.orders().add(order("demo", Product.SSL, 1), ALICE);
    mailing.orders().add(order("demo", Product.SSL, 2), ALICE);
    store.outbox().drop(claim().id(), Optional.of("not wanted"), ALICE);
    assertThat(all()).containsExactly("2 PLACED");
    assertThat(store.events().ofOrder(1))
        .extracting(event -> event.action() + " " + event.detail().orElse(""))
        .contains("order.mail-dropped placed to alice@example.com: not wanted");
    assertRefused(Reason.UNKNOWN_MAIL, () -> store.outbox().drop(999, Optional.empty(), ALICE));

    Instant givenUp = clock.instant();
    store.outbox().failed(claim(), Optional.empty(), "550", ALICE);
    assertThat(store.outbox().forget(givenUp)).isZero();
    assertThat(store.outbox().forget(givenUp.plusMillis(1))).isEqualTo(1);
    assertThat(store.outbox().counts().failed()).isZero();
  }

  @Test
  void aMailWhoseSenderWasKilledIsTriedOnDemandWhenItsLeaseHasEnded() {
    Store mailing = mailing();
    mailing.orders().add(order("demo", Product.SSL, 1), ALICE);
    OptionalLong id = OptionalLong.of(claim().id());
    assertRefused(Reason.UNKNOWN_MAIL, () -> store.outbox().retry(id, ALICE));
    clock.tick();
    clock.tick();
    assertThat(store.outbox().retry(id, ALICE)).isEqualTo(1);
  }

  @Test
  void manySendersSendEachMailOnce() throws Exception {
    Store mailing = mailing();
    for (long number = 1; number <= 40; number++) {
      mailing.orders().add(order("demo", Product.SSL, number), ALICE);
      String own = "user" + number % 7 + "@example.com";
      mailing.orders().setContact(number, none -> contact(own), ALICE);
    }
    ConcurrentLinkedQueue<Long> sent = new ConcurrentLinkedQueue<>();
    List<Thread> senders = new ArrayList<>();
    for (Store node : List.of(store, openAnother())) {
      for (int i = 0; i < 2; i++) {
        Thread sender = new Thread(() -> send(node, sent));
        senders.add(sender);
        sender.start();
      }
    }
    for (Thread sender : senders) {
      sender.join();
    }
    assertThat(sent)
        .containsExactlyInAnyOrderElementsOf(LongStream.rangeClosed(1, 40).boxed().toList());
    for (int user = 0; user < 7; user++) {
      int own = user;
      assertThat(sent.stream().filter(number -> number % 7 == own)).isSorted();
    }
  }

  private static void send(Store node, ConcurrentLinkedQueue<Long> sent) {
    while (node.outbox().counts().waiting() > 0) {
      node.outbox()
          .claim("node", LEASE, Optional.empty())
          .ifPresent(
              message -> {
                sent.add(message.order());
                node.outbox().sent(message, ALICE);
              });
    }
  }

  @Test
  void anExpiringCertificateIsToldOnceForEachTime() throws Exception {
    Store mailing = mailing();
    mailing.orders().add(Samples.paid(order("demo", Product.SSL, 7)), ALICE);
    Order issued = mailing.orders().issue(7, chain("chain-3"), ALICE);
    store.outbox().sent(claim(), ALICE);
    store.outbox().sent(claim(), ALICE);
    Instant end = issued.certificate().orElseThrow().notAfter();

    assertThat(told(end, 61)).as("the first call only begins").isEmpty();
    assertThat(told(end, 60)).containsExactly("60");
    try (Store behind = openStore(Clock.offset(clock, until(end, 60).minusHours(1)))) {
      assertThat(behind.outbox().tellExpiring(60, 30, ALL)).isFalse();
    }
    assertThat(told(end, 59)).isEmpty();
    assertThat(told(end, 20)).as("after days without a server").containsExactly("20");
    assertThat(told(end, 5)).containsExactly("5");
    assertThat(told(end, 4)).isEmpty();
  }

  private Duration until(Instant end, int days) {
    return Duration.between(clock.instant(), end).minusDays(days).plusMinutes(1);
  }

  @Test
  void aNewCertificateDropsTheWarningOfTheOldAndAFinalOrderHasNoCodeToSend() throws Exception {
    Store mailing = mailing();
    mailing.orders().add(withCode(7, codes), ALICE);
    Order issued = mailing.orders().issue(7, chain("chain-3"), ALICE);
    Instant end = issued.certificate().orElseThrow().notAfter();
    for (int days : new int[] {61, 60}) {
      try (Store later = openStore(Clock.offset(clock, until(end, days)))) {
        assertThat(later.outbox().tellExpiring(60, 30, ALL)).isFalse();
      }
    }
    assertThat(all()).containsExactly("7 PLACED", "7 READY", "7 EXPIRING");
    mailing.orders().reissue(7, Optional.empty(), ALICE);
    mailing.orders().issue(7, chain("chain-4"), ALICE);
    assertThat(all()).containsExactly("7 PLACED", "7 READY");

    mailing.orders().revoke(7, Optional.empty(), ALICE);
    mailing.orders().setCode(7, codes.hash("X"), Optional.of(codes.seal("X")), ALICE);
    assertThat(all()).containsExactly("7 PLACED", "7 REVOKED");
  }

  /** What is told a minute less than so many days before the end, and then sent. */
  private List<String> told(Instant end, int days) throws Exception {
    try (Store later = openStore(Clock.offset(clock, until(end, days)))) {
      for (int[] times : new int[][] {{60, 30}, {30, 7}, {7, 0}}) {
        assertThat(later.outbox().tellExpiring(times[0], times[1], ALL)).isFalse();
      }
      List<String> details = new ArrayList<>();
      for (Message message : later.outbox().list(false, 0, 9)) {
        details.add(message.detail().orElse(""));
        later.outbox().sent(message, ALICE);
      }
      return details;
    }
  }

  @Test
  void aNewAddressIsThatOfMailsThatWaitAndAnonymisingDeletesThem() {
    Store mailing = mailing();
    mailing.orders().add(withCode(7, codes), ALICE);
    mailing.accounts().setContact("demo", none -> contact("new@example.com"), ALICE);
    assertThat(store.outbox().list(false, 0, 9))
        .extracting(Message::recipient)
        .containsOnly("new@example.com");
    mailing.accounts().setEnabled("demo", false, ALICE);
    mailing.retention().anonymise("demo", HASH, ALICE, done -> {});
    assertThat(all()).isEmpty();
    assertThat(store.accounts().find("anonymous-" + 1).orElseThrow().contact())
        .isEqualTo(MailContact.NONE);

    mailing.accounts().add("other", HASH, BOTH, ALICE);
    mailing.orders().add(order("other", Product.SSL, 9), ALICE);
    mailing.orders().setContact(9, none -> ALICES, ALICE);
    mailing.orders().reject(9, Optional.empty(), ALICE);
    Retention.Rule rule =
        new Retention.Rule(Optional.empty(), Optional.of(clock.tick()), Optional.empty());
    store.retention().prune(rule, ALICE, counts -> {});
    assertThat(all()).isEmpty();
  }
}
