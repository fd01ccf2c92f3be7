package org.certcollect.store.jdbc.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.certcollect.store.contract.Samples.ALICE;
import static org.certcollect.store.contract.Samples.BOTH;
import static org.certcollect.store.contract.Samples.HASH;
import static org.certcollect.store.contract.Samples.order;
import static org.junit.jupiter.api.parallel.ExecutionMode.CONCURRENT;

import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.certcollect.store.Store;
import org.certcollect.store.domain.Product;
import org.certcollect.store.domain.StoreUnavailableException;
import org.certcollect.store.testing.FaultProxy;
import org.certcollect.store.testing.Postgres;
import org.certcollect.store.testing.PostgresServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Tests of a database that is unreachable, slow, or loses its answers. */
@Tag("drill")
class PostgresFaultsTest {
  private static final Duration DEADLINE = Duration.ofSeconds(1);
  private static final Duration SLACK = Duration.ofMillis(500);
  private static final Duration RECOVERY = Duration.ofSeconds(5);
  private static final int THREADS = 8;

  private final FaultProxy proxy = new FaultProxy(Postgres.server().port());
  private PostgresPool pool;
  private Store store;
  private long number;

  static Stream<Named<Consumer<FaultProxy>>> faults() {
    return Stream.of(
        Named.of("refused", FaultProxy::refuse),
        Named.of("stalled", FaultProxy::stall),
        Named.of("two seconds late", proxy -> proxy.delay(DEADLINE.multipliedBy(2))),
        Named.of("reset in mid-answer", FaultProxy::resetInMidAnswer),
        Named.of("answers lost", FaultProxy::loseAnswers));
  }

  @BeforeEach
  void openStore() {
    PostgresConfig config = Postgres.empty(proxy.host()).with(4, DEADLINE);
    PostgresStore.open(config, Clock.systemUTC()).close();
    pool = new PostgresPool(config);
    PostgresEngine engine = new PostgresEngine(config);
    store = engine.store(engine.open(pool), Clock.systemUTC());
    store.accounts().add("demo", HASH, BOTH, ALICE);
    number = store.orders().add(order("demo", Product.SSL), ALICE).number();
  }

  @AfterEach
  void closeAll() {
    store.close();
    proxy.close();
  }

  /**
   * Broke once in a while: another process was given the port, and the proxy could not come back.
   */
  @Test
  void thePortOfARefusingProxyIsNotFree() throws IOException {
    InetSocketAddress address =
        new InetSocketAddress(InetAddress.getLoopbackAddress(), proxy.port());
    proxy.refuse();
    try (ServerSocket other = new ServerSocket()) {
      other.setReuseAddress(false);
      assertThatThrownBy(() -> other.bind(address)).isInstanceOf(BindException.class);
    }
    proxy.pass();
  }

  @ParameterizedTest
  @MethodSource("faults")
  @Execution(CONCURRENT)
  void whileItLastsEveryCallFailsWithinTheDeadlineAndThenAllWorks(Consumer<FaultProxy> fault)
      throws Exception {
    fault.accept(proxy);
    for (int round = 0; round < 2; round++) {
      assertAllFailInTime();
    }

    proxy.pass();

    Duration took = timeUntilItWorks();
    assertThat(took).isLessThan(RECOVERY);
    assertThat(pool.lent()).isZero();
    assertThat(together(() -> store.orders().find(number).isPresent())).containsOnly(true);
    assertThat(pool.lent()).isZero();
  }

  @Test
  @Execution(CONCURRENT)
  void aServerThatIsStoppedAndStartedAgainIsFoundBySteadyTraffic() throws Exception {
    try (PostgresServer server = PostgresServer.start();
        Store its = PostgresStore.open(server.config(), Clock.systemUTC())) {
      its.accounts().add("demo", HASH, BOTH, ALICE);
      // By then a pool that waits twice as long each time waits for five seconds.
      ExecutorService callers = Executors.newFixedThreadPool(2);
      try {
        server.kill();
        long end = System.nanoTime() + Duration.ofSeconds(6).toNanos();
        List<Callable<Boolean>> polls = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
          polls.add(() -> pollUntil(its, end));
        }
        for (Future<Boolean> poll : callers.invokeAll(polls)) {
          poll.get();
        }
        server.startAgain();
        long up = System.nanoTime();
        assertThat(pollUntil(its, up + RECOVERY.toNanos() / 2)).isTrue();
      } finally {
        callers.shutdownNow();
      }
    }
  }

  /** Each answer comes in time, but all answers of a change together take too long. */
  @Test
  void aChangeOfManyStepsKeepsToTheDeadlineAsAWhole() {
    proxy.delay(DEADLINE.dividedBy(3));

    long start = System.nanoTime();
    assertThatThrownBy(() -> store.orders().pay(number, ALICE))
        .isInstanceOf(StoreUnavailableException.class);
    assertThat(System.nanoTime() - start).isLessThan(DEADLINE.plus(SLACK).toNanos());

    proxy.pass();
    assertThat(store.events().ofOrder(number)).hasSize(1);
  }

  @Test
  void aConnectionThatIsCutBetweenCallsIsNotNoticed() {
    proxy.refuse();
    proxy.pass();

    assertThat(store.orders().find(number)).isPresent();
    assertThat(store.orders().pay(number, ALICE).number()).isEqualTo(number);
  }

  /** Whether a poll succeeds before the end. */
  private static boolean pollUntil(Store store, long end) {
    while (System.nanoTime() < end) {
      try {
        return store.accounts().find("demo").isPresent();
      } catch (StoreUnavailableException e) {
        // Again.
      }
    }
    return false;
  }

  private void assertAllFailInTime() throws Exception {
    List<Boolean> inTime =
        together(
            () -> {
              long start = System.nanoTime();
              assertThatThrownBy(() -> store.collects().byLogin("demo", number))
                  .isInstanceOf(StoreUnavailableException.class)
                  .hasMessageContaining(proxy.host());
              assertThatThrownBy(() -> store.orders().pay(number, ALICE))
                  .isInstanceOf(StoreUnavailableException.class);
              return System.nanoTime() - start < DEADLINE.plus(SLACK).multipliedBy(2).toNanos();
            });
    assertThat(inTime).hasSize(THREADS).containsOnly(true);
  }

  private Duration timeUntilItWorks() {
    long start = System.nanoTime();
    assertThat(pollUntil(store, start + RECOVERY.toNanos())).isTrue();
    return Duration.ofNanos(System.nanoTime() - start);
  }

  private static List<Boolean> together(Callable<Boolean> call) throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(THREADS);
    try {
      List<Callable<Boolean>> calls = new ArrayList<>();
      for (int i = 0; i < THREADS; i++) {
        calls.add(call);
      }
      List<Boolean> results = new ArrayList<>();
      for (Future<Boolean> result : threads.invokeAll(calls)) {
        results.add(result.get());
      }
      return results;
    } finally {
      threads.shutdownNow();
    }
  }
}
