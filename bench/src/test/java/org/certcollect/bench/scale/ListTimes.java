package org.certcollect.bench.scale;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.certcollect.store.Order;
import org.certcollect.store.OrderFilter;
import org.certcollect.store.OrderTime;
import org.certcollect.store.OrderTime.Period;
import org.certcollect.store.Store;
import org.certcollect.store.domain.OrderState;
import org.certcollect.store.domain.Product;
import org.certcollect.store.x509.SearchTerms;

/** The times of three pages of {@code order list}: the first, a middle one and the last. */
final class ListTimes {
  private static final int PAGE = 100;
  private static final String EACH = "order list, a page of " + PAGE + ": ";
  private static final String NO_FILTER = "no filter";

  /** The table of the list of all orders. */
  static final String ALL = EACH + NO_FILTER;

  private static final int REPETITIONS = 15;
  // Every certificate of the generator expires within this time.
  private static final Duration SOON = Duration.ofDays(10_000);
  private static final int SAMPLE = 1_000;
  private static final Duration HALF_A_YEAR = Duration.ofDays(182);

  private final Subject subject;
  private final Store store;
  private final Figures figures;

  private ListTimes(Subject subject, Store store, Figures figures) {
    this.subject = subject;
    this.store = store;
    this.figures = figures;
  }

  static void measure(KeptStore kept, Figures figures) {
    try (Store store = kept.open()) {
      new ListTimes(kept.subject(), store, figures).measure();
    }
  }

  private void measure() {
    Optional<String> account = Optional.of(list(OrderFilter.first(1)).get(0).account());
    Optional<OrderState> issued = Optional.of(OrderState.ISSUED);
    byNumber(NO_FILTER, filter(none(), none(), none(), none()));
    byNumber("--account", filter(account, none(), none(), none()));
    byNumber("--state issued", filter(none(), issued, none(), none()));
    byNumber("--product ccc", filter(none(), none(), Optional.of(Product.CCC), none()));
    Instant end =
        list(filter(none(), issued, none(), none()).withLimit(SAMPLE)).stream()
            .map(order -> order.certificate().orElseThrow().notAfter())
            .max(Comparator.naturalOrder())
            .orElseThrow();
    Optional<Instant> soon = Optional.of(Clock.systemUTC().instant().plus(SOON));
    String name = list(filter(none(), issued, none(), none())).get(0).name().orElseThrow();
    byNumber("--domain " + name, term(SearchTerms.domain(name)));
    byNumber("--domain '*.example'", term(SearchTerms.domain("*.example")));
    byNumber(
        "--domain '*.example' --account",
        term(SearchTerms.domain("*.example")).withAccount(account));
    byNumber("--subject shop", term(SearchTerms.words("shop").stream().findFirst()));
    byTime(
        "--created-since",
        OrderFilter.first(PAGE).withPeriod(OrderTime.CREATED, Period.before(Instant.MAX)),
        created(Numbers.FIRST + subject.orders() / 2),
        created(Numbers.FIRST + subject.orders() - 1));
    Instant middle = end.minus(HALF_A_YEAR);
    byTime("--expiring-within", filter(none(), none(), none(), soon), middle, end);
    byTime("--account --expiring-within", filter(account, none(), none(), soon), middle, end);
  }

  private Instant created(long number) {
    return list(behind(OrderFilter.first(1), number - 1, none())).get(0).created();
  }

  private static OrderFilter term(Optional<String> term) {
    return OrderFilter.first(PAGE).withTerms(term.stream().toList());
  }

  private void byNumber(String name, OrderFilter filter) {
    long last = Numbers.FIRST + subject.orders() - 1;
    long back = PAGE;
    while (back < subject.orders() && isShort(behind(filter, last - back, none()))) {
      back *= 2;
    }
    pages(
        name,
        filter,
        behind(filter, Numbers.FIRST + subject.orders() / 2, none()),
        behind(filter, Math.max(0, last - back), none()));
  }

  private void byTime(String name, OrderFilter filter, Instant middle, Instant end) {
    long first = Numbers.FIRST;
    Duration back = Duration.ofSeconds(1);
    while (back.compareTo(HALF_A_YEAR) < 0
        && isShort(behind(filter, first, Optional.of(end.minus(back))))) {
      back = back.multipliedBy(2);
    }
    pages(
        name,
        filter,
        behind(filter, first, Optional.of(middle)),
        behind(filter, first, Optional.of(end.minus(back))));
  }

  private boolean isShort(OrderFilter filter) {
    return list(filter).size() < PAGE;
  }

  private void pages(String name, OrderFilter first, OrderFilter middle, OrderFilter last) {
    String table = EACH + name;
    double start = time(table, "first page ms", first);
    double unused = time(table, "middle page ms", middle);
    double end = time(table, "last page ms", last);
    figures.add(table, subject, "last / first", end / start);
  }

  private double time(String table, String name, OrderFilter filter) {
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

  private static OrderFilter filter(
      Optional<String> account,
      Optional<OrderState> state,
      Optional<Product> product,
      Optional<Instant> expiring) {
    OrderFilter filter =
        OrderFilter.first(PAGE).withAccount(account).withState(state).withProduct(product);
    return expiring.isPresent()
        ? filter.withPeriod(OrderTime.EXPIRY, Period.before(expiring.get()))
        : filter;
  }

  private static OrderFilter behind(OrderFilter filter, long number, Optional<Instant> expiry) {
    return filter.withAfter(number, expiry);
  }

  private static <T> Optional<T> none() {
    return Optional.empty();
  }
}
