package org.certcollect.store.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.certcollect.store.contract.Samples.ALICE;
import static org.certcollect.store.contract.Samples.BOTH;
import static org.certcollect.store.contract.Samples.HASH;
import static org.certcollect.store.contract.Samples.chain;
import static org.certcollect.store.contract.Samples.order;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.certcollect.store.CollectionCodes;
import org.certcollect.store.Event;
import org.certcollect.store.Pushes.Notification;
import org.certcollect.store.Pushes.Receiver;
import org.certcollect.store.Store;
import org.certcollect.store.domain.Product;
import org.certcollect.store.domain.PushSettings;
import org.certcollect.store.domain.PushUrl;
import org.certcollect.store.domain.RefusedException.Reason;
import org.junit.jupiter.api.Test;

/** The contract of push notifications: which change causes which, and who gets to send it. */
abstract class PushContract extends StoreContract {
  private static final Duration LEASE = Duration.ofMinutes(2);
  private static final PushUrl URL = new PushUrl("https://push.example.com/in?key=secret");

  private static PushSettings settings(String url) {
    return new PushSettings(new PushUrl(url), Optional.empty(), Optional.empty(), true);
  }

  /** An account with a URL. Returns its id. */
  private long account(String login) {
    long id = store.accounts().add(login, HASH, BOTH, ALICE).id();
    store.pushes().set(id, Optional.of(settings(URL.value())), ALICE);
    return id;
  }

  /** The store that notifies the account demo. */
  private Store notifying() {
    account("demo");
    return store.mailing(Set.of(), () -> {});
  }

  private static void issue(Store store, long number, String... chains) {
    store.orders().add(Samples.paid(order("demo", Product.SSL, number)), ALICE);
    for (String chain : chains) {
      store.orders().issue(number, chain(chain), ALICE);
    }
  }

  private List<String> all() {
    return store.pushes().list(false, 0, 100).stream()
        .map(one -> one.order() + " " + one.status() + (one.next().isPresent() ? "" : " waits"))
        .toList();
  }

  private Receiver claim() {
    return store.pushes().claim("node", LEASE, true).orElseThrow();
  }

  @Test
  void eachChangeCausesItsNotificationForAnAccountWithAUrl() {
    Store notifying = notifying();
    issue(notifying, 7, "chain-3", "chain-4");
    notifying.orders().revoke(7, Optional.of("keyCompromise"), ALICE);
    issue(notifying, 8);
    notifying.orders().reject(8, Optional.of("no such firm"), ALICE);
    store.accounts().add("other", HASH, BOTH, ALICE);
    notifying.orders().add(Samples.paid(order("other", Product.SSL, 9)), ALICE);
    notifying.orders().reject(9, Optional.empty(), ALICE);
    store.orders().add(Samples.paid(order("demo", Product.SSL, 10)), ALICE);
    store.orders().reject(10, Optional.empty(), ALICE);

    assertThat(all())
        .containsExactly("7 ISSUED", "7 REPLACED", "7 ISSUED", "7 REVOKED", "8 REJECTED");
    List<Notification> told = store.pushes().list(false, 0, 9);
    assertThat(told.get(1).certificate()).isEqualTo(told.get(0).certificate());
    assertThat(told.get(2).certificate())
        .isEqualTo(store.orders().find(7).orElseThrow().certificate());
    assertThat(told.get(3).detail()).contains("keyCompromise");
    assertThat(told.get(4).detail()).contains("no such firm");
    assertThat(told.get(4).certificate()).isEmpty();
    assertThat(store.pushes().counts().waiting()).isEqualTo(5);
    assertThat(store.outbox().counts().waiting()).as("of e-mails").isZero();
  }

  @Test
  void whatIsAboutAHeldOrderWaitsAndGoesBeforeItsRevocation() {
    Store notifying = notifying();
    issue(notifying, 7);
    notifying.orders().hold(7, Optional.empty(), ALICE);
    notifying.orders().issue(7, chain("chain-3"), ALICE);
    assertThat(all()).containsExactly("7 ISSUED waits");
    assertThat(store.pushes().claim("node", LEASE, true)).isEmpty();
    assertRefused(Reason.UNKNOWN_PUSH, () -> store.pushes().retry(OptionalLong.of(1), ALICE));
    notifying.orders().release(7, ALICE);
    assertThat(all()).containsExactly("7 ISSUED");
    notifying.orders().hold(7, Optional.empty(), ALICE);
    assertThat(all()).containsExactly("7 ISSUED waits");
    notifying.orders().revoke(7, Optional.empty(), ALICE);
    assertThat(all()).containsExactly("7 ISSUED", "7 REVOKED");
    Notification first = store.pushes().next(claim()).orElseThrow();
    assertThat(store.pushes().isFollowed(first)).isTrue();
  }

  @Test
  void oneSenderAtATimeHasAReceiverAndOrdersAreKept() {
    Store notifying = notifying();
    issue(notifying, 7, "chain-3");
    clock.tick();
    notifying.orders().revoke(7, Optional.empty(), ALICE);
    issue(notifying, 8, "chain-4");

    Receiver receiver = claim();
    assertThat(receiver.settings().url()).isEqualTo(URL);
    assertThat(store.pushes().claim("node", LEASE, true)).isEmpty();
    Notification first = store.pushes().next(receiver).orElseThrow();
    assertThat(first.order()).isEqualTo(7);
    store.pushes().failed(first, Optional.of(clock.instant().plusSeconds(90)), "503", ALICE);
    Notification second = store.pushes().next(receiver).orElseThrow();
    assertThat(second.order()).as("the revocation of 7 waits for its issue").isEqualTo(8);
    store.pushes().sent(second, ALICE);
    assertThat(store.pushes().next(receiver)).isEmpty();
    store.pushes().release(receiver, clock.instant().plusSeconds(30), 1);
    assertThat(store.pushes().claim("node", LEASE, true)).as("it rests").isEmpty();
    clock.tick();
    clock.tick();
    assertThat(store.pushes().claim("node", LEASE, false)).as("it failed last").isEmpty();
    Receiver again = claim();
    assertThat(again.failures()).isEqualTo(1);
    assertThat(again.until()).isEqualTo(clock.instant().plus(LEASE));
    Notification retried = store.pushes().next(again).orElseThrow();
    assertThat(retried.id()).isEqualTo(first.id());
    assertThat(retried.attempts()).isEqualTo(1);
    assertThat(retried.error()).contains("503");
    assertThat(store.events().ofOrder(8))
        .extracting(Event::action)
        .containsExactly("order.add", "order.issue", "order.push");
  }

  @Test
  void anotherSenderTakesOverWhenALeaseHasEndedAndTheFirstHasNoSayThen() {
    Store notifying = notifying();
    issue(notifying, 7, "chain-3");
    Receiver first = claim();
    Notification notification = store.pushes().next(first).orElseThrow();
    clock.tick();
    clock.tick();
    Receiver second = claim();
    assertThat(store.pushes().next(first)).isEmpty();
    store.pushes().release(first, clock.instant(), 9);
    assertThat(store.pushes().claim("node", LEASE, true)).as("the second has it").isEmpty();
    store.pushes().failed(notification, Optional.of(clock.instant()), "timeout", ALICE);
    store.pushes().failed(notification, Optional.empty(), "timeout", ALICE);
    assertThat(store.pushes().counts().failed()).as("of one try that was told twice").isZero();
    assertThat(store.pushes().next(second).orElseThrow().attempts()).isEqualTo(1);
  }

  @Test
  void whatWasGivenUpIsKeptAndCanBeTriedAgain() {
    Store notifying = notifying();
    issue(notifying, 7, "chain-3");
    Receiver receiver = claim();
    Notification only = store.pushes().next(receiver).orElseThrow();
    store.pushes().failed(only, Optional.empty(), "the answer was 404", ALICE);
    store.pushes().release(receiver, clock.instant().plusSeconds(600), 5);
    assertThat(store.pushes().counts().failed()).isEqualTo(1);
    assertThat(store.pushes().list(true, 0, 9).get(0).error()).contains("the answer was 404");
    assertThat(store.events().ofOrder(7))
        .extracting(event -> event.action() + " " + event.detail().orElse(""))
        .endsWith("order.push-failed issued: the answer was 404");
    clock.tick();
    assertThat(store.pushes().retry(OptionalLong.empty(), ALICE)).isEqualTo(1);
    Receiver again = claim();
    assertThat(again.failures()).as("it is told at once").isZero();
    Notification retried = store.pushes().next(again).orElseThrow();
    assertThat(retried.attempts()).isZero();
    assertThat(retried.due()).contains(clock.instant());
    assertRefused(Reason.UNKNOWN_PUSH, () -> store.pushes().retry(OptionalLong.of(999), ALICE));
  }

  @Test
  void whatIsDroppedIsNotSentAndHoldsUpNothingOfItsOrder() {
    Store notifying = notifying();
    issue(notifying, 7, "chain-3");
    notifying.orders().revoke(7, Optional.empty(), ALICE);
    Receiver receiver = claim();
    Notification first = store.pushes().next(receiver).orElseThrow();
    store.pushes().drop(first.id(), Optional.of("told by phone"), ALICE);
    assertThat(store.pushes().next(receiver).orElseThrow().subject()).isEqualTo("revoked");
    store.pushes().failed(first, Optional.of(clock.instant()), "timeout", ALICE);
    assertThat(all()).as("its sender does not bring it back").containsExactly("7 REVOKED");
    assertThat(store.events().ofOrder(7))
        .extracting(event -> event.action() + " " + event.detail().orElse(""))
        .contains("order.push-dropped issued: told by phone");
    assertRefused(
        Reason.UNKNOWN_PUSH, () -> store.pushes().drop(first.id(), Optional.empty(), ALICE));

    Notification second = store.pushes().next(receiver).orElseThrow();
    store.pushes().failed(second, Optional.empty(), "404", ALICE);
    store.pushes().drop(second.id(), Optional.empty(), ALICE);
    assertThat(store.pushes().counts().failed()).isZero();
  }

  @Test
  void newSettingsEndAClaimAndRemovedOnesDropWhatWaits() {
    Store notifying = notifying();
    long demo = store.accounts().find("demo").orElseThrow().id();
    issue(notifying, 7, "chain-3");
    Receiver receiver = claim();
    store.pushes().set(demo, Optional.of(settings("http://10.0.0.1:8080")), ALICE);
    assertThat(store.pushes().next(receiver)).isEmpty();
    store.pushes().release(receiver, clock.instant(), 0);
    assertThat(claim().settings().url().value()).isEqualTo("http://10.0.0.1:8080");
    store.pushes().set(demo, Optional.empty(), ALICE);
    assertThat(all()).isEmpty();
    assertThat(store.pushes().find(demo)).isEmpty();
    issue(notifying, 8, "chain-3");
    assertThat(all()).isEmpty();
    assertThat(store.events().ofAccount("demo"))
        .extracting(event -> event.action() + " " + event.detail().orElse(""))
        .as("the path may be secret")
        .contains(
            "account.push https://push.example.com, without login, with certificate",
            "account.no-push not sent: 1");
  }

  @Test
  void newSettingsAndARetryCountMoreThanTheClaimThatIsUnderWay() {
    Store notifying = notifying();
    long demo = store.accounts().find("demo").orElseThrow().id();
    issue(notifying, 7, "chain-3");
    Receiver old = claim();
    store.pushes().set(demo, Optional.of(settings("https://new.example.com")), ALICE);
    store.pushes().release(old, clock.instant().plusSeconds(600), 9);
    Receiver fresh = claim();
    assertThat(fresh.failures()).isZero();
    assertThat(store.pushes().retry(OptionalLong.of(1), ALICE)).isEqualTo(1);
    store.pushes().release(fresh, clock.instant().plusSeconds(600), 9);
    assertThat(claim().failures()).isZero();

    store.pushes().set(demo, Optional.empty(), ALICE);
    clock.tick();
    store.pushes().set(demo, Optional.of(settings("https://other.example.com")), ALICE);
    issue(notifying, 8, "chain-3");
    Receiver last = claim();
    assertThat(store.pushes().next(fresh)).isEmpty();
    store.pushes().release(fresh, clock.instant(), 0);
    assertThat(store.pushes().claim("node", LEASE, true)).as("it is still claimed").isEmpty();
    assertThat(store.pushes().next(last)).isPresent();
    store.pushes().failed(store.pushes().next(last).orElseThrow(), Optional.empty(), "404", ALICE);
    notifying.orders().hold(8, Optional.empty(), ALICE);
    assertThat(store.pushes().retry(OptionalLong.empty(), ALICE)).as("it is held").isZero();
  }

  @Test
  void aMovedOrderIsToldToItsNewAccountAndAnonymisingDeletesAll() {
    Store notifying = notifying();
    issue(notifying, 7, "chain-3");
    long other = account("other");
    notifying.accounts().rename("demo", "renamed", ALICE);
    assertThat(store.pushes().list(false, 0, 9).get(0).account()).isEqualTo("renamed");
    notifying.orders().move(7, "other", ALICE);
    assertThat(store.pushes().list(false, 0, 9).get(0).account()).isEqualTo("other");
    store.accounts().add("silent", HASH, BOTH, ALICE);
    notifying.orders().move(7, "silent", ALICE);
    assertThat(all()).as("its account has no URL").isEmpty();
    notifying.orders().move(7, "other", ALICE);
    notifying.orders().revoke(7, Optional.empty(), ALICE);
    assertThat(all()).containsExactly("7 REVOKED");
    notifying.accounts().setEnabled("other", false, ALICE);
    notifying.retention().anonymise("other", HASH, ALICE, done -> {});
    assertThat(all()).isEmpty();
    assertThat(store.pushes().find(other)).isEmpty();
  }

  @Test
  void aPasswordIsReadForItsAccountAndUrlOnly() {
    long demo = account("demo");
    CollectionCodes codes = new CollectionCodes(new byte[32]);
    byte[] sealed = codes.sealPassword("pässword", demo, URL);
    PushSettings login = new PushSettings(URL, Optional.of("me"), Optional.of(sealed), false);
    store.pushes().set(demo, Optional.of(login), ALICE);
    byte[] stored = store.pushes().find(demo).orElseThrow().sealedPassword().orElseThrow();
    assertThat(codes.unsealPassword(stored, demo, URL)).isEqualTo("pässword");
    PushUrl changed = new PushUrl("https://elsewhere.example.com/");
    for (Runnable reading :
        List.<Runnable>of(
            () -> codes.unsealPassword(stored, demo + 1, URL),
            () -> codes.unsealPassword(stored, demo, changed),
            () -> codes.unseal(stored, demo))) {
      assertThatThrownBy(reading::run).isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void manySendersTellEachReceiverInOrder() throws Exception {
    Store notifying = store.mailing(Set.of(), () -> {});
    for (String login : List.of("demo", "other", "third")) {
      account(login);
      for (int i = 1; i <= 8; i++) {
        long number = login.charAt(0) * 100L + i;
        notifying.orders().add(Samples.paid(order(login, Product.SSL, number)), ALICE);
        notifying.orders().reject(number, Optional.empty(), ALICE);
      }
    }
    ConcurrentLinkedQueue<String> told = new ConcurrentLinkedQueue<>();
    List<Thread> senders = new ArrayList<>();
    for (Store node : List.of(store, openAnother())) {
      for (int i = 0; i < 2; i++) {
        Thread sender = new Thread(() -> send(node, told));
        senders.add(sender);
        sender.start();
      }
    }
    for (Thread sender : senders) {
      sender.join();
    }
    assertThat(told).hasSize(24).doesNotHaveDuplicates();
    for (String login : List.of("demo", "other", "third")) {
      assertThat(told.stream().filter(one -> one.startsWith(login))).isSorted();
    }
  }

  private static void send(Store node, ConcurrentLinkedQueue<String> told) {
    while (node.pushes().counts().waiting() > 0) {
      Optional<Receiver> receiver = node.pushes().claim("node", LEASE, true);
      if (receiver.isPresent()) {
        for (int i = 0; i < 3; i++) {
          Optional<Notification> next = node.pushes().next(receiver.get());
          if (next.isPresent()) {
            told.add(next.get().account() + " " + next.get().order());
            node.pushes().sent(next.get(), ALICE);
          }
        }
        node.pushes().release(receiver.get(), Instant.EPOCH, 0);
      }
    }
  }
}
