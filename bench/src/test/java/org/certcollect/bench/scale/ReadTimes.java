package org.certcollect.bench.scale;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.certcollect.store.Order;
import org.certcollect.store.Store;

/**
 * The times of reads of random orders, as a collect request makes them. Equally many different
 * orders are read from each store, so that the stores differ only in size. The stores take turns,
 * so that other work on the machine slows down all alike.
 */
final class ReadTimes {
  static final String TABLE = "Store: an account with its order";

  private static final int AT_ONCE = 10_000;
  private static final int SAMPLE = 10_000;
  private static final int WARM_UP = 5;

  private final int rounds;

  /**
   * Makes a measurement.
   *
   * @param rounds how often each store has its turn, of 10,000 reads
   */
  ReadTimes(int rounds) {
    this.rounds = rounds;
  }

  private record Sample(Subject subject, Store store, List<Order> orders, Durations durations) {}

  void measure(List<KeptStore> kept, Figures figures) {
    List<Sample> samples = new ArrayList<>();
    try {
      long different =
          kept.stream().mapToLong(each -> each.subject().orders()).min().orElse(SAMPLE);
      for (KeptStore each : kept) {
        Store store = each.open();
        List<Order> orders = sample(store, each.subject().orders(), Math.min(SAMPLE, different));
        samples.add(new Sample(each.subject(), store, orders, new Durations()));
      }
      SplittableRandom random = new SplittableRandom(1);
      // Each order once: the first read of a page would measure the disk.
      for (Sample sample : samples) {
        for (int i = 0; i < WARM_UP; i++) {
          read(sample, i * AT_ONCE, new Durations());
        }
      }
      for (int round = 0; round < rounds; round++) {
        for (Sample sample : samples) {
          read(sample, random.nextInt(sample.orders.size()), sample.durations);
        }
      }
    } finally {
      samples.forEach(sample -> sample.store.close());
    }
    for (Sample sample : samples) {
      figures.addMicros(TABLE, sample.subject, sample.durations);
      figures.add(TABLE, sample.subject, "reads", sample.durations.count());
    }
    figures.addRatios(TABLE, "p50 µs", "p50 ratio");
    figures.addRatios(TABLE, "p99 µs", "p99 ratio");
  }

  /** Orders from all over the store, with the accounts that they belong to. */
  private static List<Order> sample(Store store, long orders, long different) {
    SplittableRandom random = new SplittableRandom(orders);
    List<Order> sample = new ArrayList<>();
    for (int i = 0; i < different; i++) {
      long number = Numbers.FIRST + random.nextLong(orders);
      sample.add(store.orders().find(number).orElseThrow());
    }
    return sample;
  }

  private static void read(Sample sample, int first, Durations durations) {
    for (int i = 0; i < AT_ONCE; i++) {
      Order order = sample.orders.get((first + i) % sample.orders.size());
      long start = System.nanoTime();
      Optional<?> found =
          sample.store.collects().byLogin(order.account(), order.number()).orElseThrow().order();
      durations.add(System.nanoTime() - start);
      if (found.isEmpty()) {
        throw new IllegalStateException("order " + order.number() + " is not there");
      }
    }
  }
}
