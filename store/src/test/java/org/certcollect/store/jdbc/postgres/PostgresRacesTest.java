package org.certcollect.store.jdbc.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.certcollect.store.contract.Samples.ALICE;
import static org.certcollect.store.contract.Samples.BOTH;
import static org.certcollect.store.contract.Samples.HASH;
import static org.certcollect.store.contract.Samples.order;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.stream.LongStream;
import org.certcollect.store.Account;
import org.certcollect.store.Event;
import org.certcollect.store.LastCollects.LastCollect;
import org.certcollect.store.Retention.Rule;
import org.certcollect.store.Store;
import org.certcollect.store.domain.MailAddress;
import org.certcollect.store.domain.MailContact;
import org.certcollect.store.domain.MailKind;
import org.certcollect.store.domain.Product;
import org.certcollect.store.domain.RefusedException;
import org.certcollect.store.jdbc.Database;
import org.certcollect.store.jdbc.Row;
import org.certcollect.store.testing.Postgres;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Two transactions that PostgreSQL runs at the same time, of which SQLite runs one. */
@Tag("drill")
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class PostgresRacesTest {
  private static final String BLOCKED_BY =
      "SELECT pid FROM pg_stat_activity WHERE CAST(? AS INTEGER) = ANY(pg_blocking_pids(pid))";

  private static final PostgresEngine ENGINE = new PostgresEngine(Postgres.empty());
  private static Database database;
  private static Store store;

  @BeforeAll
  static void open() {
    // The first transaction waits for the other work.
    database = ENGINE.open().withPatience(Duration.ofSeconds(30));
    ENGINE.migrator(database, Clock.systemUTC()).migrate();
    store = ENGINE.store(database, Clock.systemUTC());
  }

  @AfterAll
  static void close() {
    store.close();
  }

  private static void race(Consumer<Store> uncommitted, Runnable other) {
    race(uncommitted, other, () -> {});
  }

  /** Begins other work before the first is committed, and lets it come as far as it can. */
  private static void race(Consumer<Store> uncommitted, Runnable other, Runnable between) {
    CompletableFuture<Void> running =
        database.changeWith(
            joined -> {
              uncommitted.accept(ENGINE.store(joined, Clock.systemUTC()));
              long own =
                  joined.read(s -> s.first("SELECT pg_backend_pid()", Row::number)).orElseThrow();
              CompletableFuture<Void> begun = CompletableFuture.runAsync(other);
              while (!begun.isDone()
                  && database.read(s -> s.list(BLOCKED_BY, Row::number, own)).isEmpty()) {
                Thread.onSpinWait();
              }
              between.run();
              return begun;
            });
    running.join();
  }

  private static long addOrder(String login) {
    store.accounts().add(login, HASH, BOTH, ALICE);
    return store.orders().add(order(login, Product.SSL), ALICE).number();
  }

  private static Consumer<Store> put(long number, OptionalLong account) {
    return on -> on.lastCollects().put(List.of(collect(number, account)));
  }

  private static LastCollect collect(long number, OptionalLong account) {
    return new LastCollect(number, Instant.now(), account, Optional.empty(), "192.0.2.1");
  }

  /** Broke once: the row was inserted after its order had lost its last collect. */
  @Test
  void aLastCollectDoesNotOutliveAPrunedOrder() {
    long number = addOrder("pruned");
    store.orders().reject(number, Optional.empty(), ALICE);
    Rule rule =
        new Rule(Optional.empty(), Optional.of(Instant.now().plusSeconds(9)), Optional.empty());
    OptionalLong account = OptionalLong.of(store.accounts().find("pruned").orElseThrow().id());

    race(put(number, account), () -> store.retention().prune(rule, ALICE, counts -> {}));

    assertThat(store.orders().find(number)).isEmpty();
    assertThat(store.lastCollects().of(number)).isEmpty();
  }

  @Test
  void aLastCollectDoesNotOutliveThePersonsData() {
    long number = addOrder("person");
    OptionalLong account = OptionalLong.of(store.accounts().find("person").orElseThrow().id());

    race(
        put(number, account),
        () -> {
          store.accounts().setEnabled("person", false, ALICE);
          anonymise("person");
        });

    assertThat(store.lastCollects().of(number)).isEmpty();
  }

  @Test
  void aLastCollectByCodeDoesNotOutliveThePersonsData() {
    long number = addOrder("disabled");
    store.accounts().setEnabled("disabled", false, ALICE);

    race(put(number, OptionalLong.empty()), () -> anonymise("disabled"));

    assertThat(store.lastCollects().of(number)).isEmpty();
  }

  /** Broke once: all accounts of up to 20,000 orders were locked until all collects were put. */
  @Test
  void anAccountIsNotLockedUntilTheCollectsOfAllOthersArePut() {
    long early = addOrder("early");
    store.accounts().add("late", HASH, BOTH, ALICE);
    long late = store.orders().add(order("late", Product.SSL, early + 1000), ALICE).number();
    List<LastCollect> collects =
        LongStream.rangeClosed(early, late)
            .mapToObj(number -> collect(number, OptionalLong.empty()))
            .toList();

    race(
        on -> on.accounts().setEnabled("late", false, ALICE),
        () -> store.lastCollects().put(collects),
        () -> store.accounts().setEnabled("early", false, ALICE));

    assertThat(store.lastCollects().of(early)).isPresent();
    assertThat(store.lastCollects().of(late)).isPresent();
  }

  /**
   * Broke once: the second rename overwrote the first, and its event told the login before both.
   */
  @Test
  void theSecondOfTwoRenamesAtOnceIsRefused() {
    Account account = store.accounts().add("unnamed", HASH, BOTH, ALICE);

    race(
        on -> on.accounts().rename("unnamed", "named", ALICE),
        () ->
            assertThatThrownBy(() -> store.accounts().rename("unnamed", "other", ALICE))
                .isInstanceOf(RefusedException.class)
                .hasMessageContaining("unnamed"));

    assertThat(store.accounts().find("named").orElseThrow().id()).isEqualTo(account.id());
  }

  /** Broke once: a mail that was gone meanwhile was dropped once more, and its history said so. */
  @Test
  void aMailThatIsGoneMeanwhileIsNotDropped() {
    store.accounts().add("mailed", HASH, BOTH, ALICE);
    store
        .accounts()
        .setContact(
            "mailed",
            old ->
                new MailContact(
                    Optional.of(new MailAddress("a@example.com")), Optional.empty(), false),
            ALICE);
    long number =
        store
            .mailing(EnumSet.allOf(MailKind.class), () -> {})
            .orders()
            .add(order("mailed", Product.SSL), ALICE)
            .number();
    long mail =
        store.outbox().list(false, 0, 1_000).stream()
            .filter(each -> each.order() == number)
            .findFirst()
            .orElseThrow()
            .id();

    race(
        on -> on.outbox().drop(mail, Optional.empty(), ALICE),
        () ->
            assertThatThrownBy(() -> store.outbox().drop(mail, Optional.empty(), ALICE))
                .isInstanceOf(RefusedException.class));

    assertThat(store.events().ofOrder(number))
        .filteredOn(event -> event.action().equals("order.mail-dropped"))
        .hasSize(1);
  }

  @Test
  void aMoveDuringARenameTellsTheNewLogin() {
    long number = addOrder("former");
    store.accounts().add("target", HASH, BOTH, ALICE);

    race(
        on -> on.orders().move(number, "target", ALICE),
        () -> store.accounts().rename("former", "latter", ALICE));

    assertThat(store.events().ofOrder(number))
        .last()
        .extracting(Event::detail)
        .isEqualTo(Optional.of("from latter"));
  }

  /** Broke once: the order of the other customer was deleted. */
  @Test
  void anOrderThatIsMovedIsNotPrunedForItsFormerAccount() {
    long number = addOrder("left");
    store.accounts().add("buyer", HASH, BOTH, ALICE);
    store.orders().reject(number, Optional.empty(), ALICE);
    int events = store.events().ofOrder(number).size();
    Optional<Instant> later = Optional.of(Instant.now().plusSeconds(9));
    Rule rule = new Rule(later, later, Optional.of("left"));

    race(
        on -> on.orders().move(number, "buyer", ALICE),
        () -> store.retention().prune(rule, ALICE, counts -> {}));

    assertThat(store.orders().find(number)).isPresent();
    assertThat(store.events().ofOrder(number)).hasSize(events + 1);
  }

  /** Broke once: the order of the other customer lost its data. */
  @Test
  void anOrderThatIsMovedKeepsItsData() {
    store.accounts().add("heir", HASH, BOTH, ALICE);
    long last = addOrder("leaver");
    for (int i = 0; i < 50; i++) {
      last = store.orders().add(order("leaver", Product.SSL), ALICE).number();
    }
    long number = last;
    store.orders().reject(number, Optional.of("kept"), ALICE);
    store.accounts().setEnabled("leaver", false, ALICE);
    CompletableFuture<Void> moved = new CompletableFuture<>();
    CompletableFuture<Void> finished = new CompletableFuture<>();
    Consumer<Store> move =
        on -> {
          on.orders().move(number, "heir", ALICE);
          moved.complete(null);
        };
    List<CompletableFuture<Void>> movers = new ArrayList<>();

    try {
      Account unused =
          store
              .retention()
              .anonymise(
                  "leaver",
                  HASH,
                  ALICE,
                  done -> {
                    // The page that comes now still has the order, whose move is not committed.
                    if (movers.isEmpty()) {
                      movers.add(CompletableFuture.runAsync(() -> race(move, finished::join)));
                      moved.join();
                    }
                  });
    } finally {
      finished.complete(null);
    }
    movers.get(0).join();

    assertThat(store.orders().find(number).orElseThrow().reason()).contains("kept");
  }

  private static void anonymise(String login) {
    Account unused = store.retention().anonymise(login, HASH, ALICE, done -> {});
  }
}
