package org.certcollect.store.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.certcollect.store.contract.Samples.ALICE;
import static org.certcollect.store.contract.Samples.BOTH;
import static org.certcollect.store.contract.Samples.HASH;
import static org.certcollect.store.contract.Samples.chain;
import static org.certcollect.store.contract.Samples.order;
import static org.certcollect.store.contract.Samples.orderIn;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.certcollect.store.Order;
import org.certcollect.store.OrderFilter;
import org.certcollect.store.OrderTime;
import org.certcollect.store.OrderTime.Period;
import org.certcollect.store.domain.OrderState;
import org.certcollect.store.domain.Product;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * The contract of lists of orders: every combination of filters is compared with a plain search.
 */
public abstract class OrderListContract extends StoreContract {
  private static final Instant AFTER_EXPIRED = Instant.parse("2010-01-01T00:00:00Z");
  private static final Instant FAR = Instant.parse("9999-12-31T23:59:59Z");

  private static final Comparator<Order> BY_NUMBER = Comparator.comparing(Order::number);
  private static final Comparator<Order> SOONEST_FIRST =
      Comparator.<Order, Instant>comparing(o -> o.certificate().orElseThrow().notAfter())
          .thenComparing(BY_NUMBER);

  private final List<Order> all = new ArrayList<>();

  @BeforeEach
  void addOrders() {
    for (String account : List.of("demo", "other")) {
      store.accounts().add(account, HASH, BOTH, ALICE);
      for (Product product : Product.values()) {
        for (OrderState state : OrderState.values()) {
          all.add(orderIn(store, state, order(account, product)));
        }
        Order expired = orderIn(store, OrderState.PROCESSING, order(account, product));
        all.add(store.orders().issue(expired.number(), chain("expired"), ALICE));
      }
    }
  }

  @Test
  void everyCombinationOfFiltersListsWhatItSays() {
    for (Optional<String> account : optional(List.of("demo", "other", "nobody", "\u0000"))) {
      for (Optional<OrderState> state : optional(List.of(OrderState.values()))) {
        for (Optional<Product> product : optional(List.of(Product.values()))) {
          for (Optional<Instant> before : optional(List.of(Instant.EPOCH, AFTER_EXPIRED, FAR))) {
            assertPages(account, state, product, before);
          }
        }
      }
    }
  }

  @Test
  void anOrderNoLongerExpiresWhenItIsReissuedOrRevoked() {
    List<Order> expired = list(AFTER_EXPIRED);
    assertThat(expired).hasSize(4);

    store.orders().issue(expired.get(0).number(), chain("chain-2"), ALICE);
    store.orders().revoke(expired.get(1).number(), Optional.empty(), ALICE);

    assertThat(list(AFTER_EXPIRED)).isEqualTo(expired.subList(2, 4));
  }

  @Test
  void aPageGoesOnWhereTheOneBeforeEndedThoughItsLastOrderWasReissued() {
    OrderFilter first = expiring(AFTER_EXPIRED, 1);
    List<Order> expired = store.orders().list(first.withLimit(9));

    Order last = store.orders().list(first).get(0);
    store.orders().issue(last.number(), chain("chain-2"), ALICE);

    assertThat(store.orders().list(first.after(last).withLimit(9)))
        .isEqualTo(expired.subList(1, 4));
  }

  @Test
  void aPageOfWhatExpiresBeginsBehindAnExpiry() {
    Order without = orderIn(store, OrderState.PROCESSING, order("demo", Product.SSL));

    assertThatThrownBy(() -> expiring(FAR, 9).after(without))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void expiryIsStrictlyBeforeTheInstant() {
    Instant notAfter = chain("expired").endEntity().notAfter();

    assertThat(list(notAfter)).isEmpty();
    assertThat(list(notAfter.plusMillis(1))).hasSize(4);
  }

  @Test
  void aPageHasAtLeastOneOrder() {
    assertThatThrownBy(() -> OrderFilter.first(0)).isInstanceOf(IllegalArgumentException.class);
  }

  private void assertPages(
      Optional<String> account,
      Optional<OrderState> state,
      Optional<Product> product,
      Optional<Instant> before) {
    List<Order> wanted =
        all.stream()
            .filter(o -> account.map(o.account()::equals).orElse(true))
            .filter(o -> state.map(o.state()::equals).orElse(true))
            .filter(o -> product.map(o.product()::equals).orElse(true))
            .filter(o -> before.map(at -> expires(o, at)).orElse(true))
            .sorted(before.isPresent() ? SOONEST_FIRST : BY_NUMBER)
            .toList();
    OrderFilter filter =
        OrderFilter.first(3).withAccount(account).withState(state).withProduct(product);
    if (before.isPresent()) {
      filter = filter.withPeriod(OrderTime.EXPIRY, Period.before(before.get()));
    }
    List<Order> page = store.orders().list(filter);
    List<Order> found = new ArrayList<>(page);
    while (page.size() == 3) {
      filter = filter.after(page.get(2));
      page = store.orders().list(filter);
      found.addAll(page);
    }
    assertThat(found)
        .as("account %s, state %s, product %s, before %s", account, state, product, before)
        .isEqualTo(wanted);
  }

  private static boolean expires(Order order, Instant at) {
    return order.state() == OrderState.ISSUED
        && order.certificate().orElseThrow().notAfter().isBefore(at);
  }

  private List<Order> list(Instant before) {
    return store.orders().list(expiring(before, 9));
  }

  private static OrderFilter expiring(Instant before, int limit) {
    return OrderFilter.first(limit).withPeriod(OrderTime.EXPIRY, Period.before(before));
  }

  private static <T> List<Optional<T>> optional(List<T> values) {
    return Stream.concat(Stream.of(Optional.<T>empty()), values.stream().map(Optional::of))
        .toList();
  }
}
