package org.certcollect.store.jdbc.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.certcollect.store.contract.Samples.ALICE;
import static org.certcollect.store.contract.Samples.HASH;
import static org.junit.jupiter.api.parallel.ExecutionMode.CONCURRENT;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.function.Consumer;
import org.certcollect.store.Collects.AccountAndOrder;
import org.certcollect.store.Event;
import org.certcollect.store.NonBlockingCollects;
import org.certcollect.store.Order;
import org.certcollect.store.Store;
import org.certcollect.store.domain.OrderState;
import org.certcollect.store.jdbc.Database;
import org.certcollect.store.jdbc.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Tests that kill a writing process again and again. Every change that it acknowledged must be in
 * the store. {@code -Dcrash.cycles=1000} does it more often than the build, which has one kill for
 * each part of a process's changes, from the first one on.
 */
class CrashTest {
  private static final int CYCLES = Integer.getInteger("crash.cycles", 24);
  private static final int MAX_CHANGES = 60;

  @TempDir private Path folder;

  /** The last change of an order or account that was acknowledged. */
  private record Acknowledged(int changes, String action) {}

  @ParameterizedTest
  @ValueSource(longs = {20261123, 20261124})
  @Execution(CONCURRENT)
  void nothingAcknowledgedIsMissingAfterAKill(long seed) throws Exception {
    Path file = folder.resolve("store.sqlite");
    Map<String, Acknowledged> all = new LinkedHashMap<>();
    Random random = new Random(seed);
    int cycles = CYCLES / 2;
    for (int cycle = 0; cycle < cycles; cycle++) {
      Map<String, Acknowledged> now =
          writeAndKill(file, cycle, changes(random, cycle, cycles), what -> {});
      try (Store store = SqliteStore.open(file, Clock.systemUTC())) {
        now.forEach((what, last) -> assertThere(store, what, last));
      }
      assertThat(integrity(file)).as("cycle %d", cycle).isEqualTo("ok");
      all.putAll(now);
    }
    try (Store store = SqliteStore.open(file, Clock.systemUTC())) {
      all.forEach((what, last) -> assertThere(store, what, last));
    }
    assertThat(all).hasSizeGreaterThan(cycles);
  }

  /**
   * After a refresh, a session with caches reads the same as any other, whichever process recovered
   * the file.
   */
  @Test
  @Execution(CONCURRENT)
  void cachesAreNeverOutdatedAfterAnotherProcessIsKilled() throws Exception {
    Path file = folder.resolve("store.sqlite");
    Random random = new Random(20261125);
    try (Store store = SqliteStore.open(file, Clock.systemUTC());
        NonBlockingCollects nonBlocking = store.nonBlockingCollects().orElseThrow()) {
      int cycles = CYCLES / 4;
      for (int cycle = 0; cycle < cycles; cycle++) {
        String login = "demo" + cycle;
        Map<String, Acknowledged> now =
            writeAndKill(
                file,
                cycle,
                changes(random, cycle, cycles),
                what -> assertThat(look(nonBlocking, login, what)).as(what).isPresent());
        if (random.nextBoolean()) {
          nonBlocking.refresh();
        }
        try (Store other = SqliteStore.open(file, Clock.systemUTC())) {
          assertUpToDate(nonBlocking, other, login, now.keySet());
          other.accounts().setPassword(login, HASH, ALICE);
          assertUpToDate(nonBlocking, other, login, now.keySet());
        }
      }
    }
  }

  /** The number of changes before the kill: random, but spread evenly over the cycles. */
  private static int changes(Random random, int cycle, int cycles) {
    return 1 + (int) ((cycle + random.nextDouble()) * MAX_CHANGES / cycles);
  }

  private static void assertUpToDate(
      NonBlockingCollects nonBlocking, Store other, String login, Set<String> all) {
    for (String what : all) {
      Optional<AccountAndOrder> fresh = other.collects().byLogin(login, number(what));
      assertThat(look(nonBlocking, login, what)).as(what).isEqualTo(fresh);
    }
  }

  private static Optional<AccountAndOrder> look(
      NonBlockingCollects nonBlocking, String login, String what) {
    nonBlocking.refresh();
    return nonBlocking.byLogin(login, number(what));
  }

  /** The number of the order; 0, which no order has, for an account. */
  private static long number(String what) {
    return what.startsWith("order ") ? Long.parseLong(what.substring("order ".length())) : 0;
  }

  private Map<String, Acknowledged> writeAndKill(
      Path file, int cycle, int changes, Consumer<String> witness)
      throws IOException, InterruptedException {
    Path errors = folder.resolve("errors.txt");
    Process writer = start(file, cycle, errors);
    Map<String, Acknowledged> acknowledged = new LinkedHashMap<>();
    try (BufferedReader lines = writer.inputReader(StandardCharsets.US_ASCII)) {
      int seen = 0;
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (line.endsWith(" .")) {
          String[] words = line.split(" ", -1);
          String what = words[0] + " " + words[1];
          acknowledged.put(what, new Acknowledged(Integer.parseInt(words[2]), words[3]));
          witness.accept(what);
        }
        if (++seen == changes) {
          // The handle is used because Process.destroyForcibly would also close the output, which
          // is unread.
          writer.toHandle().destroyForcibly();
        }
      }
      assertThat(seen).as(Files.readString(errors)).isGreaterThanOrEqualTo(changes);
    } finally {
      writer.destroyForcibly().waitFor();
    }
    return acknowledged;
  }

  private Process start(Path file, int cycle, Path errors) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xshare:auto", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"));
    // The driver unpacks its library there, and a killed process cannot remove it.
    command.add("-Djava.io.tmpdir=" + folder);
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.addAll(List.of(CrashWriter.class.getName(), file.toString(), String.valueOf(cycle)));
    return new ProcessBuilder(command).redirectError(errors.toFile()).start();
  }

  /** Checks the changes. The writer may have made one more change than it could acknowledge. */
  private static void assertThere(Store store, String what, Acknowledged last) {
    String name = what.substring(what.indexOf(' ') + 1);
    List<Event> events =
        what.startsWith("order ")
            ? store.events().ofOrder(number(what))
            : store.events().ofAccount(name);
    assertThat(events).as(what).hasSizeBetween(last.changes, last.changes + 1);
    assertThat(events.get(last.changes - 1).action()).as(what).isEqualTo(last.action);
    if (what.startsWith("order ")) {
      assertConsistent(store, number(what), events);
    } else {
      assertThat(store.accounts().find(name).orElseThrow().version()).isEqualTo(events.size());
    }
  }

  private static void assertConsistent(Store store, long number, List<Event> events) {
    Order order = store.orders().find(number).orElseThrow();
    OrderState told = OrderState.valueOf(events.get(events.size() - 1).to().orElseThrow());
    long issued = events.stream().filter(e -> e.action().equals("order.issue")).count();
    assertThat(order.state()).isEqualTo(told);
    assertThat(store.orders().certificates(number)).hasSize((int) issued);
    order
        .certificate()
        .ifPresent(reference -> assertThat(store.collects().chain(reference).issuers()).hasSize(2));
  }

  private static String integrity(Path file) {
    try (Database database = new SqliteEngine(file).open(1, 1)) {
      return database.read(s -> s.first("PRAGMA integrity_check", Row::text)).orElseThrow();
    }
  }
}
