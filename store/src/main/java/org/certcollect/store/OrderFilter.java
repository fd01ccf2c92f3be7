package org.certcollect.store;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.certcollect.store.OrderTime.Period;
import org.certcollect.store.domain.OrderState;
import org.certcollect.store.domain.Product;
import org.certcollect.store.x509.SearchTerms;

/**
 * A filter of orders, and one page of the list. The list is in the order of the numbers, or, with
 * periods, along the time of the first one and then in the order of the numbers. Each page is an
 * indexed read, and the last page costs no more than the first one.
 *
 * @param terms only orders with all of these {@link SearchTerms}
 * @param periods only orders whose times lie in these periods
 * @param after only orders after the order of this number in that list; 0 for the first page
 * @param afterTime the time that the order had on its page, required for each later page of a list
 *     along a time: it may have changed since
 * @param limit the maximum number of orders, at least 1
 */
public record OrderFilter(
    Optional<String> account,
    Optional<OrderState> state,
    Optional<Product> product,
    List<String> terms,
    Map<OrderTime, Period> periods,
    long after,
    Optional<Instant> afterTime,
    int limit) {

  public OrderFilter {
    terms = List.copyOf(terms);
    Map<OrderTime, Period> sorted = new EnumMap<>(OrderTime.class);
    sorted.putAll(periods);
    periods = Collections.unmodifiableMap(sorted);
    if (limit < 1) {
      throw new IllegalArgumentException("a page must have room for at least one order");
    }
    if (!periods.isEmpty() && after > 0 && afterTime.isEmpty()) {
      throw new IllegalArgumentException(
          "a later page of orders along a time needs the time of the last order before it");
    }
  }

  /** A filter for the first {@code limit} orders of any kind. */
  public static OrderFilter first(int limit) {
    return new OrderFilter(
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        List.of(),
        Map.of(),
        0,
        Optional.empty(),
        limit);
  }

  /** The time along which the list is; empty if it is along the numbers. */
  public Optional<OrderTime> along() {
    return periods.keySet().stream().findFirst();
  }

  public OrderFilter withAccount(Optional<String> login) {
    return new OrderFilter(login, state, product, terms, periods, after, afterTime, limit);
  }

  public OrderFilter withState(Optional<OrderState> wanted) {
    return new OrderFilter(account, wanted, product, terms, periods, after, afterTime, limit);
  }

  public OrderFilter withProduct(Optional<Product> wanted) {
    return new OrderFilter(account, state, wanted, terms, periods, after, afterTime, limit);
  }

  /** This filter with further terms, which {@link SearchTerms} makes from a search. */
  public OrderFilter withTerms(Collection<String> more) {
    List<String> all = new ArrayList<>(terms);
    all.addAll(more);
    return new OrderFilter(account, state, product, all, periods, after, afterTime, limit);
  }

  /** This filter with a period; call it before {@link #withAfter}. */
  public OrderFilter withPeriod(OrderTime time, Period period) {
    Map<OrderTime, Period> all = new EnumMap<>(OrderTime.class);
    all.putAll(periods);
    all.put(time, period);
    return new OrderFilter(account, state, product, terms, all, after, afterTime, limit);
  }

  /** A filter for the page after the one that ended with this order. */
  public OrderFilter after(Order last) {
    return withAfter(last.number(), along().flatMap(time -> time.of(last)));
  }

  /** A filter for the page after an order that had this time. */
  public OrderFilter withAfter(long number, Optional<Instant> time) {
    return new OrderFilter(account, state, product, terms, periods, number, time, limit);
  }

  /** A filter for the same page with another maximum number of orders. */
  public OrderFilter withLimit(int orders) {
    return new OrderFilter(account, state, product, terms, periods, after, afterTime, orders);
  }
}
