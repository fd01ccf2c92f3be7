package org.certcollect.bench.compare;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Pattern;

/**
 * What is to be measured, and for how long.
 *
 * @param quick the main workloads, for a short time each
 * @param orders in SQLite
 * @param only where given, the workloads whose name has a match
 * @param seconds of each run
 * @param repetitions runs of each server in each workload
 */
record Options(boolean quick, int orders, Optional<Pattern> only, int seconds, int repetitions) {
  static final String USAGE =
      """
      usage: bench/run [--quick] [--orders N] [--only WORKLOAD-REGEX] [--seconds S] [--repetitions R]
        --quick          the main workloads, in under 8 minutes
        --orders N       how many orders the store has; 1000000
        --only REGEX     the workloads with a match in their name, such as keep-pem or ^start$
        --seconds S      how long each run takes; 5, with --quick 3
        --repetitions R  how many runs the medians are of; 5, with --quick 3
      """;

  private static final int QUICK_POSTGRESQL_ORDERS = 100_000;

  /**
   * Reads a command line.
   *
   * @throws IllegalArgumentException where it is not one
   */
  static Options parse(String... arguments) {
    boolean quick = false;
    int orders = 1_000_000;
    Optional<Pattern> only = Optional.empty();
    OptionalInt seconds = OptionalInt.empty();
    OptionalInt repetitions = OptionalInt.empty();
    Deque<String> left = new ArrayDeque<>(List.of(arguments));
    try {
      while (!left.isEmpty()) {
        String name = left.remove();
        switch (name) {
          case "--quick" -> quick = true;
          case "--orders" -> orders = positive(left.remove());
          case "--only" -> only = Optional.of(Pattern.compile(left.remove()));
          case "--seconds" -> seconds = OptionalInt.of(positive(left.remove()));
          case "--repetitions" -> repetitions = OptionalInt.of(positive(left.remove()));
          default -> throw new IllegalArgumentException(name + ": no such option");
        }
      }
    } catch (NoSuchElementException e) {
      throw new IllegalArgumentException("the last option lacks its value", e);
    }
    return new Options(
        quick, orders, only, seconds.orElse(quick ? 3 : 5), repetitions.orElse(quick ? 3 : 5));
  }

  private static int positive(String text) {
    int number = Integer.parseInt(text);
    if (number < 1) {
      throw new IllegalArgumentException(text + ": a number from 1 on");
    }
    return number;
  }

  List<Workload> workloads() {
    return Workload.all().stream()
        .filter(w -> only.isPresent() ? wants(w.name()) : !quick || w.isMain())
        .toList();
  }

  boolean wantsStart() {
    return wants("start");
  }

  private boolean wants(String name) {
    return only.map(pattern -> pattern.matcher(name).find()).orElse(true);
  }

  /** How many orders PostgreSQL has: they are the first of those in SQLite. */
  int postgresqlOrders() {
    return quick ? Math.min(orders, QUICK_POSTGRESQL_ORDERS) : orders;
  }

  /** The least that a server that has just started is warmed up. */
  int firstWarmUpSeconds() {
    return quick ? 10 : 30;
  }

  /** The least that a server is warmed up for another workload. */
  int nextWarmUpSeconds() {
    return quick ? 5 : 10;
  }

  int starts() {
    return quick ? 3 : 5;
  }
}
