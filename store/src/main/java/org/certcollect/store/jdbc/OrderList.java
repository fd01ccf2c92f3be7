package org.certcollect.store.jdbc;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.certcollect.store.OrderFilter;
import org.certcollect.store.OrderState;

/**
 * The statement that lists a page of orders. The most selective filter leads: it alone is written
 * so that an index serves it, which pages along the number. The others are tested row by row; as
 * the databases do not look for an index behind {@code IS TRUE}, they choose none for them.
 */
final class OrderList {
  private static final String ID_OF_LOGIN = "(SELECT id FROM account WHERE login = ?)";
  private static final String EXPIRING =
      """
      SELECT e.number FROM orders e
      WHERE e.state = 'ISSUED' AND e.not_after < ? AND e.number + 0 > ?
      """;

  private final Engine engine;
  private final OrderFilter filter;
  private final List<String> conditions = new ArrayList<>();
  private final List<Object> arguments = new ArrayList<>();
  private String order = "o.number";

  OrderList(Engine engine, OrderFilter filter) {
    this.engine = engine;
    this.filter = filter;
    if (filter.account().isPresent()) {
      page("o.account_id", ID_OF_LOGIN, filter.account().get());
      where("(o.state = ?) IS TRUE", state());
      where("(o.product = ?) IS TRUE", filter.product());
      where("(o.not_after < ?) IS TRUE", filter.expiringBefore());
    } else if (filter.expiringBefore().isPresent()) {
      whereExpiring();
    } else if (filter.state().isPresent()) {
      page("o.state", "?", filter.state().get());
      where("(o.product = ?) IS TRUE", filter.product());
    } else if (filter.product().isPresent()) {
      page("o.product", "?", filter.product().get());
    } else {
      where("o.number > ?", Optional.of(filter.after()));
    }
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
        + " ORDER BY "
        + order
        + " LIMIT ?";
  }

  Object[] arguments() {
    return arguments.toArray();
  }

  /** Only an issued order expires. */
  private Optional<OrderState> state() {
    return filter.expiringBefore().isPresent() ? Optional.of(OrderState.ISSUED) : filter.state();
  }

  private void page(String column, String value, Object argument) {
    conditions.add(engine.pageAlong(column, value) + " AND " + column + " <= " + value);
    arguments.addAll(List.of(argument, filter.after(), argument));
    order = column + ", o.number";
  }

  /** Picks the numbers from the index of expiry first; the sums keep the key's out of it. */
  private void whereExpiring() {
    arguments.add(filter.expiringBefore().orElseThrow());
    arguments.add(filter.after());
    filter.product().ifPresent(arguments::add);
    arguments.add(filter.limit());
    String ofProduct = filter.product().isPresent() ? "AND (e.product = ?) IS TRUE " : "";
    conditions.add("o.number IN (" + EXPIRING + ofProduct + "ORDER BY e.number + 0 LIMIT ?)");
  }

  private void where(String condition, Optional<?> argument) {
    if (argument.isPresent()) {
      conditions.add(condition);
      arguments.add(argument.get());
    }
  }
}
