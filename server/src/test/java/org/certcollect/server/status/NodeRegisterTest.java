package org.certcollect.server.status;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.certcollect.server.testing.Await;
import org.certcollect.server.testing.TestLog;
import org.certcollect.store.Nodes;
import org.certcollect.store.Nodes.Node;
import org.certcollect.store.Store;
import org.certcollect.store.jdbc.postgres.PostgresConfig;
import org.certcollect.store.jdbc.postgres.PostgresStore;
import org.certcollect.store.jdbc.sqlite.SqliteStore;
import org.certcollect.store.testing.FaultProxy;
import org.certcollect.store.testing.Postgres;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NodeRegisterTest {
  private static final Clock CLOCK = Clock.systemUTC();
  private static final Duration PERIOD = Duration.ofMillis(100);
  private static final Instant START = Instant.parse("2026-11-28T12:00:00Z");

  @TempDir private Path folder;

  private Store open() {
    return SqliteStore.open(folder.resolve("store.db"), CLOCK);
  }

  private static NodeRegister register(Store store, String name, Clock clock) {
    return new NodeRegister(store, name, START, clock, PERIOD);
  }

  private static List<String> names(List<Node> nodes) {
    return nodes.stream().map(Node::name).toList();
  }

  @Test
  void aStopForgetsTheServer() {
    try (Store store = open();
        Store other = open();
        NodeRegister stays = register(other, "b", CLOCK)) {
      try (NodeRegister stops = register(store, "a", CLOCK)) {
        Await.until("it knows both", () -> names(stops.known()).equals(List.of("a", "b")));
        Await.until("so does the other", () -> names(stays.known()).equals(List.of("a", "b")));
      }
      assertThat(names(store.nodes().list())).containsExactly("b");
      Await.until("the other has noticed", () -> names(stays.known()).equals(List.of("b")));
    }
  }

  /** Broke once: a server whose clock was late stood there as one that was not seen. */
  @Test
  void aServerWhoseClockIsWrongIsSeenAllTheSame() {
    Clock late = Clock.offset(CLOCK, Duration.ofHours(-1));
    Clock early = Clock.offset(CLOCK, Duration.ofHours(1));
    try (Store store = open();
        NodeRegister own = register(store, "own", CLOCK);
        NodeRegister behind = register(store, "behind", late);
        NodeRegister ahead = register(store, "ahead", early)) {
      Await.until(
          "all are seen",
          () ->
              own.known().size() == 3
                  && own.known().stream().noneMatch(node -> isAway(node, CLOCK.instant())));
      Await.until(
          "by the others as well",
          () ->
              behind.known().size() == 3
                  && behind.known().stream().noneMatch(node -> isAway(node, late.instant()))
                  && ahead.known().size() == 3
                  && ahead.known().stream().noneMatch(node -> isAway(node, early.instant())));
    }
  }

  @Test
  void aServerOfTheFutureThatIsSilentIsNotSeenForEver() {
    Clock fixed = Clock.fixed(START, ZoneOffset.UTC);
    try (Store store = open()) {
      store.nodes().tell(new Node("1", "killed", "1", START, START.plus(Duration.ofDays(1))));
      try (NodeRegister own = register(store, "own", fixed)) {
        Await.until("both are known", () -> own.known().size() == 2);
        assertThat(own.known()).extracting(Node::seen).containsOnly(START);
      }
    }
  }

  private static boolean isAway(Node node, Instant now) {
    return node.seen().plus(Nodes.MAX_SILENCE).isBefore(now);
  }

  @Test
  void aStoreThatFailsIsToldOnceAndWhenItAnswersAgain() {
    try (FaultProxy proxy = new FaultProxy(Postgres.server().port());
        TestLog log = TestLog.json();
        Store store = PostgresStore.open(hasty(proxy), CLOCK);
        NodeRegister register = register(store, "a", CLOCK)) {
      Await.until("it is known", () -> register.known().size() == 1);
      proxy.refuse();
      Await.until("the failure is told", () -> !failures(log).isEmpty());
      assertThat(register.known()).as("what was known").hasSize(1);
      proxy.pass();
      Await.until(
          "the end is told",
          () -> !log.lines("The list of servers can be written and read again").isEmpty());
      assertThat(failures(log)).hasSize(1).allMatch(line -> line.contains("\"problem\":\""));
      assertThat(names(store.nodes().list())).containsExactly("a");
    }
  }

  private static List<String> failures(TestLog log) {
    return log.lines("The list of servers cannot be written or read");
  }

  /** With a shorter deadline, for a shorter test. */
  private static PostgresConfig hasty(FaultProxy proxy) {
    PostgresConfig usual = Postgres.empty(proxy.host());
    return new PostgresConfig(
        usual.url(), usual.user(), usual.password(), usual.poolSize(), Duration.ofSeconds(1));
  }
}
