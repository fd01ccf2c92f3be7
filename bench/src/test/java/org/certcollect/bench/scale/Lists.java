package org.certcollect.bench.scale;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.certcollect.store.Order;
import org.certcollect.store.OrderFilter;
import org.certcollect.store.OrderState;
import org.certcollect.store.Product;
import org.certcollect.store.Store;

/** The pages of {@code order list}: the first, one in the middle, and the last. */
final class Lists {
  private static final int PAGE = 100;
  private static final int REPETITIONS = 15;
  private static final int SAMPLE = 5_000;
  // All that the generator makes.
  private static final Duration SOON = Duration.ofDays(10_000);

  private Lists() {}

  static void measure(KeptStore kept, Figures figures) {
    try (Store store = kept.open()) {
      String account = store.orders().list(OrderFilter.first(1)).get(0).account();
      Optional<Instant> soon = Optional.of(Clock.systemUTC().instant().plus(SOON));
      Pages pages = new Pages(kept.subject(), store, figures);
      pages.of("no filter", filter(Optional.empty(), Optional.empty(), Optional.empty()));
      pages.of("--account", filter(Optional.of(account), Optional.empty(), Optional.empty()));
      pages.of(
          "--state issued",
          filter(Optional.empty(), Optional.of(OrderState.ISSUED), Optional.empty()));
      pages.of(
          "--product ccc", filter(Optional.empty(), Optional.empty(), Optional.of(Product.CCC)));
      List<Long> byExpiry = byExpiry(store);
      for (Optional<String> of : List.of(Optional.<String>empty(), Optional.of(account))) {
        pages.of(
            of.isEmpty() ? "--expiring-within" : "--account --expiring-within",
            new OrderFilter(of, Optional.empty(), Optional.empty(), soon, 0, PAGE),
            byExpiry.get(byExpiry.size() / 2),
            byExpiry.get(byExpiry.size() - 1));
      }
    }
  }

  /** Some numbers, the soonest to expire first: the last has next to nothing behind it. */
  private static List<Long> byExpiry(Store store) {
    Optional<OrderState> issued = Optional.of(OrderState.ISSUED);
    return store
        .orders()
        .list(
            new OrderFilter(
                Optional.empty(), issued, Optional.empty(), Optional.empty(), 0, SAMPLE))
        .stream()
        .sorted(Comparator.comparing(order -> order.certificate().orElseThrow().notAfter()))
        .map(Order::number)
        .toList();
  }

  private static OrderFilter filter(
      Optional<String> account, Optional<OrderState> state, Optional<Product> product) {
    return new OrderFilter(account, state, product, Optional.empty(), 0, PAGE);
  }

  private record Pages(Subject subject, Store store, Figures figures) {
    void of(String name, OrderFilter filter) {
      long last = Numbers.FIRST + subject.orders() - 1;
      of(name, filter, Numbers.FIRST + subject.orders() / 2, startOfLast(filter, last));
    }

    void of(String name, OrderFilter filter, long middle, long last) {
      String table = "order list, a page of " + PAGE + ": " + name;
      double first = measure(table, "first page ms", filter);
      double unused = measure(table, "middle page ms", after(filter, middle));
      double end = measure(table, "last page ms", after(filter, last));
      figures.add(table, subject, "last / first", end / first);
    }

    /** A number behind which there are orders for about one page. */
    private long startOfLast(OrderFilter filter, long last) {
      long back = PAGE;
      while (back < subject.orders() && list(after(filter, last - back)).size() < PAGE) {
        back *= 2;
      }
      return Math.max(0, last - back);
    }

    private double measure(String table, String name, OrderFilter filter) {
      Durations durations = new Durations();
      for (int i = -2; i < REPETITIONS; i++) {
        long start = System.nanoTime();
        List<Order> unused = list(filter);
        if (i >= 0) {
          durations.add(System.nanoTime() - start);
        }
      }
      figures.add(table, subject, name, durations.millis(50));
      return durations.millis(50);
    }

    private List<Order> list(OrderFilter filter) {
      return store.orders().list(filter);
    }

    private static OrderFilter after(OrderFilter filter, long number) {
      return new OrderFilter(
          filter.account(),
          filter.state(),
          filter.product(),
          filter.expiringBefore(),
          number,
          filter.limit());
    }
  }
}
