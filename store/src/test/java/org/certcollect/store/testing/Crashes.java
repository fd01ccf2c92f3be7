package org.certcollect.store.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Consumer;
import org.certcollect.store.Event;
import org.certcollect.store.Order;
import org.certcollect.store.Store;
import org.certcollect.store.domain.OrderState;

/**
 * Processes that change a store until they are killed, and checks that every acknowledged change is
 * there. {@code -Dcrash.cycles=1000} kills more often than the build does.
 *
 * @param folder for the files of the processes
 */
public record Crashes(Path folder) {
  private static final int MAX_CHANGES = 60;

  /** The last change of an order or account that was acknowledged. */
  public record Acknowledged(int changes, String action) {}

  /** The number of changes before the kill: random, but spread evenly over the cycles. */
  public static int changes(Random random, int cycle, int cycles) {
    return 1 + (int) ((cycle + random.nextDouble()) * MAX_CHANGES / cycles);
  }

  /** The number of the order; 0, which no order has, for an account. */
  public static long number(String what) {
    return what.startsWith("order ") ? Long.parseLong(what.substring("order ".length())) : 0;
  }

  /**
   * Lets a process change a store, and kills it after some changes.
   *
   * @param store what {@link CrashWriter} takes for it
   * @param cycle tells the process from those before it
   * @param atKill done at the kill, for example to kill a database as well
   * @param witness told of each change once it was acknowledged
   * @return the last acknowledged change of each order and account
   */
  public Map<String, Acknowledged> writeAndKill(
      Object store, int cycle, int changes, Runnable atKill, Consumer<String> witness)
      throws IOException, InterruptedException {
    Path errors = folder.resolve("errors.txt");
    Process writer = start(store, cycle, errors);
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
          atKill.run();
        }
      }
      assertThat(seen).as(Files.readString(errors)).isGreaterThanOrEqualTo(changes);
    } finally {
      writer.destroyForcibly().waitFor();
    }
    return acknowledged;
  }

  private Process start(Object store, int cycle, Path errors) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xshare:auto", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"));
    // The driver unpacks its library there, and a killed process cannot remove it.
    command.add("-Djava.io.tmpdir=" + folder);
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.addAll(List.of(CrashWriter.class.getName(), store.toString(), String.valueOf(cycle)));
    return new ProcessBuilder(command).redirectError(errors.toFile()).start();
  }

  /**
   * Checks the changes of an order or account. The writer may have made one more change than it
   * could acknowledge.
   */
  public static void assertThere(Store store, String what, Acknowledged last) {
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
}
