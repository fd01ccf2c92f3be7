package org.certcollect.store.jdbc.table;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.certcollect.store.OrderFilter;
import org.certcollect.store.domain.OrderState;
import org.certcollect.store.jdbc.Text;

/**
 * The statement that lists a page of orders. The most selective filter leads: only that one is
 * written so that an index serves it, which pages along the number or the expiry. The others are
 * tested row by row: databases do not look for an index if a condition ends with {@code IS TRUE}.
 */
public final class OrderListQuery {
  private static final String ID_OF_LOGIN = "(SELECT id FROM account WHERE login = ?)";
  // If PostgreSQL saw the value it would assume that few orders come after it, and sort them all.
  private static final String UNSEEN = "(SELECT CAST(? AS BIGINT))";
  private static final Instant EVER = Instant.ofEpochMilli(Long.MIN_VALUE);

  private final OrderPaging paging;
  private final OrderFilter filter;
  private final List<String> conditions = new ArrayList<>();
  private final List<Object> arguments = new ArrayList<>();
  private String order = "o.number";

  public OrderListQuery(OrderPaging paging, OrderFilter filter) {
    this.paging = paging;
    this.filter = filter;
    if (filter.expiringBefore().isPresent()) {
      pageAlongExpiry(filter.expiringBefore().get());
    } else if (filter.account().isPresent()) {
      page("o.account_id", ID_OF_LOGIN, filter.account().get());
      where("(o.state = ?) IS TRUE", filter.state());
      where("(o.product = ?) IS TRUE", filter.product());
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
  public boolean isEmpty() {
    boolean noSuchLogin = filter.account().filter(login -> !Text.isStorable(login)).isPresent();
    boolean neverExpires =
        filter.expiringBefore().isPresent()
            && filter.state().filter(state -> state != OrderState.ISSUED).isPresent();
    return noSuchLogin || neverExpires;
  }

  public String sql() {
    return OrderRow.SELECT
        + "WHERE "
        + String.join(" AND ", conditions)
        + " ORDER BY "
        + order
        + " LIMIT ?";
  }

  public Object[] arguments() {
    return arguments.toArray();
  }

  private void page(String column, String value, Object argument) {
    conditions.add(paging.pageAlong(column, value) + " AND " + column + " <= " + value);
    arguments.addAll(List.of(argument, filter.after(), argument));
    order = column + ", o.number";
  }

  /**
   * Picks a page of those that expire with the order before, and one of those that expire later:
   * each is one stretch of the index, which no comparison of rows is in every database.
   */
  private void pageAlongExpiry(Instant before) {
    boolean first = filter.after() <= 0;
    Instant from = first ? EVER : filter.afterExpiry().orElseThrow();
    String picked = "";
    if (!first) {
      String with = "e.not_after < ? AND e.not_after = ? AND e.number > ?";
      picked = stretch(with, "e.number", before, from, filter.after()) + " UNION ALL ";
    }
    String later = "e.not_after < ? AND e.not_after > " + UNSEEN;
    picked += stretch(later, "e.not_after, e.number", before, from);
    // One page of the two, before the orders themselves are read.
    conditions.add(
        "o.number IN (SELECT number FROM (" + picked + ") p ORDER BY not_after, number LIMIT ?)");
    arguments.add(filter.limit());
    order = "o.not_after, o.number";
  }

  private String stretch(String condition, String along, Object... of) {
    String ofAccount = filter.account().isPresent() ? "e.account_id = " + ID_OF_LOGIN : "TRUE";
    String ofProduct = filter.product().isPresent() ? "(e.product = ?) IS TRUE" : "TRUE";
    filter.account().ifPresent(arguments::add);
    arguments.addAll(List.of(of));
    filter.product().ifPresent(arguments::add);
    arguments.add(filter.limit());
    return ("SELECT not_after, number FROM (SELECT e.not_after, e.number FROM orders e WHERE"
            + " e.state = 'ISSUED' AND %s AND %s AND %s ORDER BY %s LIMIT ?) s")
        .formatted(ofAccount, condition, ofProduct, along);
  }

  private void where(String condition, Optional<?> argument) {
    if (argument.isPresent()) {
      conditions.add(condition);
      arguments.add(argument.get());
    }
  }
}
