package org.certcollect.store.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.certcollect.store.contract.Samples.ALICE;
import static org.certcollect.store.contract.Samples.BOTH;
import static org.certcollect.store.contract.Samples.HASH;
import static org.certcollect.store.contract.Samples.OTHER_HASH;
import static org.certcollect.store.contract.Samples.chain;
import static org.certcollect.store.contract.Samples.order;
import static org.certcollect.store.contract.Samples.orderIn;
import static org.certcollect.store.contract.Samples.request;
import static org.certcollect.store.contract.Samples.requestFor;
import static org.certcollect.store.contract.Samples.with;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.certcollect.store.Account;
import org.certcollect.store.ChangeRecord;
import org.certcollect.store.Event;
import org.certcollect.store.Events.EventFilter;
import org.certcollect.store.LastCollects.LastCollect;
import org.certcollect.store.Order;
import org.certcollect.store.OrderFilter;
import org.certcollect.store.Retention.Counts;
import org.certcollect.store.Retention.Rule;
import org.certcollect.store.domain.OrderRemarks;
import org.certcollect.store.domain.OrderState;
import org.certcollect.store.domain.PasswordHash;
import org.certcollect.store.domain.Product;
import org.certcollect.store.domain.RefusedException.Reason;
import org.certcollect.store.transfer.AccountRecord;
import org.certcollect.store.transfer.Outcome;
import org.certcollect.store.x509.SearchTerms;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The contract of the deletion of old orders and events, and of what tells who a customer was. */
public abstract class RetentionContract extends StoreContract {
  @BeforeEach
  void addAccounts() {
    store.accounts().add("demo", HASH, BOTH, ALICE);
    store.accounts().add("other", HASH, BOTH, ALICE);
  }

  @Test
  void ordersThatEndedBeforeTheRulesTimeAreDeletedWithAllTheyHave() {
    long rejected = in(OrderState.REJECTED, "demo");
    long revoked = in(OrderState.REVOKED, "demo");
    long expired = expired("demo");
    List<Long> living =
        List.of(
            in(OrderState.AWAITING_PAYMENT, "demo"),
            in(OrderState.PROCESSING, "demo"),
            in(OrderState.ISSUED, "demo"));
    store.orders().setValidation(rejected, before -> before, ALICE);
    store
        .lastCollects()
        .put(
            List.of(
                new LastCollect(
                    revoked, clock.instant(), OptionalLong.empty(), Optional.empty(), "::1")));
    Instant end = clock.tick();
    long later = in(OrderState.REVOKED, "demo");
    Rule rule = new Rule(Optional.empty(), Optional.of(end), Optional.empty());

    assertThat(store.retention().count(rule)).isEqualTo(new Counts(0, 3));
    List<Counts> told = new ArrayList<>();
    assertThat(store.retention().prune(rule, ALICE, told::add)).isEqualTo(new Counts(0, 3));

    assertThat(told).last().isEqualTo(new Counts(0, 3));
    assertThat(numbers(OrderFilter.first(9))).containsExactlyElementsOf(plus(living, later));
    for (long gone : List.of(rejected, revoked, expired)) {
      assertThat(store.orders().find(gone)).isEmpty();
      assertThat(store.orders().certificates(gone)).isEmpty();
      assertThat(store.orders().request(gone)).isEmpty();
      assertThat(store.events().ofOrder(gone)).isEmpty();
      assertThat(store.lastCollects().of(gone)).isEmpty();
    }
    assertThat(store.retention().count(rule)).isEqualTo(new Counts(0, 0));
    // Nothing of the search index is left that a new order of the number could be found by.
    store.orders().add(order("demo", Product.SSL, expired), ALICE);
    assertThat(find("*.example.com")).doesNotContain(expired);
  }

  @Test
  void orderWithTheNewestCertificateStaysSoThatNoIdIsUsedTwice() {
    long older = expired("demo");
    long newest = expired("demo");
    long id = store.orders().certificates(newest).get(0).id();

    assertThat(prune(new Rule(Optional.empty(), Optional.of(clock.tick()), Optional.empty())))
        .isEqualTo(new Counts(0, 1));

    assertThat(store.orders().find(older)).isEmpty();
    assertThat(store.orders().find(newest)).isPresent();
    Order next = orderIn(store, OrderState.ISSUED, order("demo", Product.SSL));
    assertThat(next.certificate().orElseThrow().id()).isGreaterThan(id);
    assertThat(next.number()).isGreaterThan(newest);
  }

  @Test
  void anExpiredOrderThatIsHeldOrReissuedHasNotEnded() {
    long held = expired("demo");
    long reissued = expired("demo");
    in(OrderState.ISSUED, "demo");
    store.orders().hold(held, Optional.empty(), ALICE);
    store.orders().reissue(reissued, Optional.empty(), ALICE);
    Rule rule = new Rule(Optional.empty(), Optional.of(clock.tick()), Optional.empty());

    assertThat(prune(rule)).isEqualTo(new Counts(0, 0));

    store.orders().release(held, ALICE);
    assertThat(prune(rule)).isEqualTo(new Counts(0, 1));
  }

  @Test
  void oldEventsAreDeletedOfLivingOrdersToo() {
    long number = in(OrderState.PROCESSING, "demo");
    Instant end = clock.tick();
    store.orders().issue(number, chain("chain-3"), ALICE);
    Rule rule = new Rule(Optional.of(end), Optional.empty(), Optional.empty());

    // Two accounts, and an order that was added and paid.
    assertThat(store.retention().count(rule)).isEqualTo(new Counts(4, 0));
    assertThat(prune(rule)).isEqualTo(new Counts(4, 0));

    assertThat(store.events().ofOrder(number))
        .extracting(Event::action)
        .containsOnly("order.issue");
    assertThat(store.orders().find(number)).isPresent();
  }

  @Test
  void aRuleForOneAccountLeavesTheOthersAlone() {
    List<Long> own = List.of(in(OrderState.REJECTED, "demo"), expired("demo"));
    List<Long> others = List.of(in(OrderState.REJECTED, "other"), expired("other"));
    in(OrderState.ISSUED, "other");
    Instant end = clock.tick();

    Rule rule = new Rule(Optional.of(end), Optional.of(end), Optional.of("demo"));
    Counts counts = store.retention().count(rule);
    assertThat(prune(rule)).isEqualTo(counts);

    assertThat(counts.orders()).isEqualTo(2);
    assertThat(own).allSatisfy(number -> assertThat(store.orders().find(number)).isEmpty());
    assertThat(others).allSatisfy(number -> assertThat(store.orders().find(number)).isPresent());
    assertThat(others)
        .allSatisfy(number -> assertThat(store.events().ofOrder(number)).hasSizeGreaterThan(1));
    assertRefused(
        Reason.UNKNOWN_ACCOUNT,
        () -> prune(new Rule(Optional.of(end), Optional.empty(), Optional.of("nobody"))));
  }

  @Test
  void manyBatchesDeleteEverythingOnce() {
    for (int i = 0; i < 60; i++) {
      in(OrderState.REJECTED, "demo");
    }
    Instant end = clock.tick();
    List<Counts> told = new ArrayList<>();

    Counts done =
        store
            .retention()
            .prune(
                new Rule(Optional.empty(), Optional.of(end), Optional.empty()), ALICE, told::add);

    assertThat(done).isEqualTo(new Counts(0, 60));
    assertThat(told).extracting(Counts::orders).containsExactly(50L, 60L);
    assertThat(numbers(OrderFilter.first(9))).isEmpty();
  }

  @Test
  void anAuditorIsToldOfADeletionBeforeItAndOfItsCounts() {
    in(OrderState.REJECTED, "demo");
    Rule rule = new Rule(Optional.empty(), Optional.of(clock.tick()), Optional.empty());
    List<String> told = new ArrayList<>();
    List<Long> orders = new ArrayList<>();

    store
        .audited(
            changes -> {
              changes.forEach(change -> told.add(change.action() + change.detail()));
              orders.add(store.retention().count(rule).orders());
            })
        .retention()
        .prune(rule, ALICE, counts -> {});

    assertThat(orders).containsExactly(1L, 0L);
    assertThat(told).hasSize(2).allMatch(text -> text.startsWith("store.prune"));
    assertThat(told.get(1)).contains("deleted: 0 events, 1 orders");
  }

  @Test
  void anAnonymousAccountTellsNothingOfItsCustomer() {
    store.accounts().rename("demo", "Secret AG", ALICE);
    long issued =
        orderIn(store, OrderState.ISSUED, with(order("Secret AG", Product.SSL), request("chain-3")))
            .number();
    Order waiting =
        store
            .orders()
            .add(with(order("Secret AG", Product.SSL), requestFor("secret.example")), ALICE);
    store.orders().reissue(issued, Optional.of(requestFor("www.secret.example")), ALICE);
    store
        .orders()
        .setRemarks(
            issued, old -> new OrderRemarks(Optional.of("S-1"), Optional.of("secret")), ALICE);
    store.orders().reject(waiting.number(), Optional.of("Secret AG has left"), ALICE);
    long moved = in(OrderState.ISSUED, "Secret AG");
    store.orders().move(moved, "other", ALICE);
    store
        .accounts()
        .setPassword("Secret AG", OTHER_HASH, Optional.of(clock.tick().plusSeconds(9)), ALICE);
    store.accounts().setEnabled("Secret AG", false, ALICE);
    List<ChangeRecord> audited = new ArrayList<>();
    List<Long> told = new ArrayList<>();

    Account account =
        store.audited(audited::addAll).retention().anonymise("Secret AG", HASH, ALICE, told::add);

    assertThat(account.login()).isEqualTo("anonymous-" + account.id());
    assertThat(account.passwordHash()).isEqualTo(HASH);
    assertThat(account.oldPassword()).isEmpty();
    assertThat(told).containsExactly(2L);
    assertThat(store.accounts().find("Secret AG")).isEmpty();
    for (Order order : store.orders().list(OrderFilter.first(9))) {
      assertThat(order.remarks()).isEqualTo(OrderRemarks.NONE);
      assertThat(order.reason()).isEmpty();
      assertThat(store.orders().request(order.number())).isEmpty();
    }
    assertThat(events().toString())
        .doesNotContainIgnoringCase("secret")
        .doesNotContain("from demo");
    assertThat(audited)
        .singleElement()
        .extracting(ChangeRecord::action)
        .isEqualTo("account.anonymise");
    assertThat(audited.toString()).doesNotContain("Secret AG");
    for (List<String> terms :
        List.of(
            List.of(SearchTerms.reference("S-1")),
            SearchTerms.note("secret"),
            List.copyOf(SearchTerms.words("secret.example")),
            SearchTerms.domain("*.secret.example").stream().toList())) {
      assertThat(numbers(OrderFilter.first(9).withTerms(terms))).isEmpty();
    }
    // The certificate is a public document.
    assertThat(find("www.example.com")).containsExactly(issued, moved);
    assertThat(store.retention().anonymise(account.login(), HASH, ALICE, done -> {}).login())
        .isEqualTo(account.login());
  }

  /** Broke once: only rename events knew the former logins, whoever had them since. */
  @Test
  void formerLoginsAreGoneWhoeverUsesThemNowAndWhateverWasPruned() {
    store.orders().move(in(OrderState.PROCESSING, "demo"), "other", ALICE);
    store.accounts().rename("demo", "second", ALICE);
    store.accounts().rename("second", "third", ALICE);
    Rule rule = new Rule(Optional.of(clock.tick()), Optional.empty(), Optional.of("third"));
    assertThat(prune(rule).events()).isPositive();
    store.accounts().add("demo", HASH, BOTH, ALICE);
    store.orders().move(in(OrderState.PROCESSING, "demo"), "other", ALICE);
    store.accounts().setEnabled("third", false, ALICE);

    String login = anonymise("third").login();

    assertThat(events())
        .filteredOn(event -> event.action().equals("order.move"))
        .extracting(event -> event.detail().orElseThrow())
        .containsExactly("from " + login, "from demo");
    assertThat(events().toString()).doesNotContain("second", "third");
  }

  /** Broke once: the enabled account lost its login, and the customer could not log in. */
  @Test
  void anAccountThatIsEnabledMeanwhileKeepsItsLogin() {
    in(OrderState.PROCESSING, "demo");
    store.accounts().setEnabled("demo", false, ALICE);

    assertRefused(
        Reason.ACCOUNT_ENABLED,
        () ->
            store
                .retention()
                .anonymise(
                    "demo",
                    OTHER_HASH,
                    ALICE,
                    done -> store.accounts().setEnabled("demo", true, ALICE)));

    assertThat(store.accounts().find("demo").orElseThrow().enabled()).isTrue();
  }

  @Test
  void twoAtOnceGiveOneLoginAndOneOfAnotherNumberIsNotNeutral() {
    long number = in(OrderState.PROCESSING, "demo");
    long id = store.accounts().find("demo").orElseThrow().id();
    store.accounts().setEnabled("demo", false, ALICE);
    List<String> logins = new ArrayList<>();

    Account account =
        store
            .retention()
            .anonymise("demo", OTHER_HASH, ALICE, done -> logins.add(anonymise("demo").login()));

    assertThat(logins).containsExactly("anonymous-" + id);
    assertThat(account.login()).isEqualTo("anonymous-" + id);
    store.accounts().rename(account.login(), account.login() + "7", ALICE);
    assertThat(anonymise(account.login() + "7").login()).isEqualTo("anonymous-" + id);
    assertThat(store.orders().find(number).orElseThrow().account()).isEqualTo("anonymous-" + id);
  }

  /** Broke once: after a prune, a repeated import refused the accounts that had logged in. */
  @Test
  void aRepeatedImportKnowsARehashedAccountWhateverWasPruned() {
    AccountRecord imported =
        new AccountRecord(
            "acme", new PasswordHash("$2y$05$xyz"), BOTH, true, clock.instant(), Optional.empty());
    assertThat(load(imported)).isEqualTo(Outcome.ADDED);
    store.accounts().rehash("acme", imported.passwordHash(), HASH, ALICE);
    store.accounts().rehash("acme", HASH, OTHER_HASH, ALICE);
    Optional<Instant> end = Optional.of(clock.tick());
    Rule all = new Rule(end, Optional.empty(), Optional.empty());
    assertThat(store.retention().count(all)).isEqualTo(new Counts(3, 0));
    prune(new Rule(end, Optional.empty(), Optional.of("acme")));
    prune(all);

    assertThat(store.retention().count(all)).isEqualTo(new Counts(0, 0));
    assertThat(events()).extracting(Event::action).contains("account.rehash");
    assertThat(load(imported)).isEqualTo(Outcome.KNOWN);
    store.accounts().setPassword("acme", HASH, ALICE);
    assertThat(load(imported)).isInstanceOf(Outcome.Refused.class);
  }

  private Outcome load(AccountRecord account) {
    return store.transfers().loader(ALICE).load(List.of(account)).get(0);
  }

  private List<Event> events() {
    return store
        .events()
        .list(new EventFilter(Optional.empty(), Optional.empty(), OptionalLong.empty(), 0, 99));
  }

  @Test
  void onlyADisabledAccountIsMadeAnonymousAndItsNewLoginIsFree() {
    assertRefused(Reason.ACCOUNT_ENABLED, () -> anonymise("demo"));
    assertRefused(Reason.ACCOUNT_ENABLED, () -> store.retention().countOrders("demo"));
    assertRefused(Reason.UNKNOWN_ACCOUNT, () -> anonymise("nobody"));
    store.accounts().setEnabled("demo", false, ALICE);
    assertThat(store.retention().countOrders("demo")).isZero();
    long id = store.accounts().find("demo").orElseThrow().id();
    store.accounts().rename("other", "anonymous-" + id, ALICE);

    assertThat(anonymise("demo").login()).isEqualTo("anonymous-" + id + "-2");
  }

  private Account anonymise(String login) {
    return store.retention().anonymise(login, OTHER_HASH, ALICE, done -> {});
  }

  private Counts prune(Rule rule) {
    return store.retention().prune(rule, ALICE, counts -> {});
  }

  private long in(OrderState state, String account) {
    return orderIn(store, state, order(account, Product.SSL)).number();
  }

  private long expired(String account) {
    long number = in(OrderState.PROCESSING, account);
    store.orders().issue(number, chain("expired"), ALICE);
    return number;
  }

  private List<Long> find(String domain) {
    return numbers(OrderFilter.first(9).withTerms(SearchTerms.domain(domain).stream().toList()));
  }

  private List<Long> numbers(OrderFilter filter) {
    return store.orders().list(filter).stream().map(Order::number).toList();
  }

  private static List<Long> plus(List<Long> numbers, long more) {
    List<Long> all = new ArrayList<>(numbers);
    all.add(more);
    return all;
  }
}
