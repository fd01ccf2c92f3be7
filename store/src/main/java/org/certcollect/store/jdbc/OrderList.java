package org.certcollect.store.jdbc;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.certcollect.store.OrderFilter;
import org.certcollect.store.OrderState;

/**
 * The statement that lists a page of orders. The most selective filter leads: it alone is written
 * so that an index serves it, which pages along the number; {@code COALESCE} keeps the database
 * from choosing an index for one of the others.
 */
final class OrderList {
  private static final String OF_ACCOUNT =
      "o.account_id = (SELECT id FROM account WHERE login = ?)";
  private static final String EXPIRING =
      """
      SELECT e.number FROM orders e
      WHERE e.state = 'ISSUED' AND e.not_after < ? AND e.number + 0 > ?
      """;

  private final OrderFilter filter;
  private final List<String> conditions = new ArrayList<>();
  private final List<Object> arguments = new ArrayList<>();

  OrderList(OrderFilter filter) {
    this.filter = filter;
    if (filter.account().isPresent()) {
      where(OF_ACCOUNT, filter.account());
      where("COALESCE(o.state, '') = ?", state());
      where("COALESCE(o.product, '') = ?", filter.product());
      where("COALESCE(o.not_after, 0) < ?", filter.expiringBefore());
    } else if (filter.expiringBefore().isPresent()) {
      whereExpiring();
    } else if (filter.state().isPresent()) {
      where("o.state = ?", filter.state());
      where("COALESCE(o.product, '') = ?", filter.product());
    } else {
      where("o.product = ?", filter.product());
    }
    where("o.number > ?", Optional.of(filter.after()));
    arguments.add(filter.limit());
  }

  /** Whether no order can match. */
  boolean isEmpty() {
    boolean noSuchLogin = filter.account().filter(login -> !Text.isStorable(login)).isPresent();
    boolean neverExpires =
        filter.expiringBefore().isPresent()
            && filter.state().filter(state -> state != OrderState.ISSUED).isPresent();
    return noSuchLogin || neverExpires;
  }

  String sql() {
    return OrderRow.SELECT
        + "WHERE "
        + String.join(" AND ", conditions)
        + " ORDER BY o.number LIMIT ?";
  }

  Object[] arguments() {
    return arguments.toArray();
  }

  /** Only an issued order expires. */
  private Optional<OrderState> state() {
    return filter.expiringBefore().isPresent() ? Optional.of(OrderState.ISSUED) : filter.state();
  }

  /** Picks the numbers from the index of expiry first; the sums keep the key's out of it. */
  private void whereExpiring() {
    arguments.add(filter.expiringBefore().orElseThrow());
    arguments.add(filter.after());
    filter.product().ifPresent(arguments::add);
    arguments.add(filter.limit());
    String ofProduct = filter.product().isPresent() ? "AND COALESCE(e.product, '') = ? " : "";
    conditions.add("o.number IN (" + EXPIRING + ofProduct + "ORDER BY e.number + 0 LIMIT ?)");
  }

  private void where(String condition, Optional<?> argument) {
    if (argument.isPresent()) {
      conditions.add(condition);
      arguments.add(argument.get());
    }
  }
}
