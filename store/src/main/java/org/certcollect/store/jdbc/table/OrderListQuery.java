package org.certcollect.store.jdbc.table;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.certcollect.store.Order;
import org.certcollect.store.OrderFilter;
import org.certcollect.store.OrderTime;
import org.certcollect.store.OrderTime.Period;
import org.certcollect.store.domain.OrderState;
import org.certcollect.store.jdbc.Row;
import org.certcollect.store.jdbc.SearchTable;
import org.certcollect.store.jdbc.Session;
import org.certcollect.store.jdbc.SqlDialect;
import org.certcollect.store.jdbc.Text;

/**
 * The statement that lists a page of orders. One condition leads: only that one is written so that
 * an index serves it. The others are tested row by row: databases do not look for an index if a
 * condition ends with {@code IS TRUE}. The index of the leading condition pages along what orders
 * the list, the number or a time. If a list along a time is led by another condition, which few
 * orders meet then, all of those are sorted.
 */
public final class OrderListQuery {
  private static final String ID_OF_LOGIN = "(SELECT id FROM account WHERE login = ?)";
  // If PostgreSQL saw the value it would assume that few orders come after it, and sort them all.
  private static final String UNSEEN = "(SELECT CAST(? AS BIGINT))";

  /** Conditions are counted up to the first of these; if all have more, up to the next one. */
  private static final List<Integer> COUNTED = List.of(1_000, 30_000, 300_000);

  /** A condition of a filter that can lead. */
  public sealed interface Lead {}

  /** Every order. */
  record Any() implements Lead {}

  /** A term that an order must have. */
  record Term(String term) implements Lead {}

  /** A value that a column must have, with its SQL. */
  record Value(String column, String sql, Object argument) implements Lead {}

  /** The period of the time that orders the list. */
  public record Along(OrderTime time, Period period) implements Lead {}

  private final SqlDialect dialect;
  private final OrderFilter filter;
  private final List<Object> arguments = new ArrayList<>();
  private String sql = "";

  private OrderListQuery(SqlDialect dialect, OrderFilter filter) {
    this.dialect = dialect;
    this.filter = filter;
  }

  public OrderListQuery(SqlDialect dialect, OrderFilter filter, Lead lead) {
    this(dialect, filter);
    String condition;
    String order = "o.number";
    if (lead instanceof Along along) {
      condition = pageAlong(along);
      order = column(along.time) + ", o.number";
    } else if (filter.along().isPresent()) {
      String time = column(filter.along().get());
      condition = all(lead) + rest(lead) + later(time);
      // No index has this sum, so none is read in its order.
      order = time + " + 0, o.number";
    } else {
      condition = page(lead);
      order = lead instanceof Value value ? value.column + ", o.number" : order;
    }
    sql = OrderRow.SELECT + "WHERE " + condition + " ORDER BY " + order + " LIMIT ?";
    arguments.add(filter.limit());
  }

  /** Reads the page, led by the condition that the fewest orders meet. */
  public static List<Order> list(Session session, SqlDialect dialect, OrderFilter filter)
      throws SQLException {
    if (isEmpty(filter)) {
      return List.of();
    }
    OrderListQuery query = new OrderListQuery(dialect, filter, lead(session, dialect, filter));
    return session.list(query.sql, OrderRow::read, query.arguments());
  }

  public String sql() {
    return sql;
  }

  public Object[] arguments() {
    return arguments.toArray();
  }

  /** Whether it is clear that no order can match. */
  private static boolean isEmpty(OrderFilter filter) {
    Predicate<OrderState> other =
        state -> filter.state().isPresent() && filter.state().get() != state;
    return filter.account().filter(login -> !Text.isStorable(login)).isPresent()
        || filter.periods().keySet().stream().flatMap(time -> only(time).stream()).anyMatch(other);
  }

  /** The conditions that can lead; the first one does so if many orders meet each. */
  public static List<Lead> leads(OrderFilter filter) {
    List<Lead> leads = new ArrayList<>();
    filter.periods().entrySet().stream()
        .limit(1)
        .forEach(period -> leads.add(new Along(period.getKey(), period.getValue())));
    leads.addAll(equalities(filter));
    if (isAlongExpiry(filter)) {
      // The account's own index of the expiry serves both.
      leads.removeIf(lead -> lead instanceof Value value && value.column.equals("o.account_id"));
    }
    return leads.isEmpty() ? List.of(new Any()) : leads;
  }

  private static List<Lead> equalities(OrderFilter filter) {
    List<Lead> leads = new ArrayList<>();
    filter.terms().forEach(term -> leads.add(new Term(term)));
    filter.account().ifPresent(a -> leads.add(new Value("o.account_id", ID_OF_LOGIN, a)));
    filter.state().ifPresent(state -> leads.add(new Value("o.state", "?", state)));
    filter.product().ifPresent(product -> leads.add(new Value("o.product", "?", product)));
    return leads;
  }

  private static String column(OrderTime time) {
    return switch (time) {
      case EXPIRY -> "o.not_after";
      case PROCESSING -> "o.processing_since";
      case ISSUED -> "o.issued_at";
      case CREATED -> "o.created_at";
      case CHANGED -> "o.changed_at";
    };
  }

  private static boolean isAlongExpiry(OrderFilter filter) {
    return filter.along().equals(Optional.of(OrderTime.EXPIRY));
  }

  private static Lead lead(Session session, SqlDialect dialect, OrderFilter filter)
      throws SQLException {
    List<Lead> leads = leads(filter);
    if (leads.size() == 1 || (filter.terms().isEmpty() && filter.periods().isEmpty())) {
      return leads.get(0);
    }
    for (int bound : COUNTED) {
      long fewest = bound;
      Optional<Lead> best = Optional.empty();
      for (Lead lead : leads) {
        OrderListQuery count = new OrderListQuery(dialect, filter);
        String met = count.met(lead, bound);
        long orders =
            session
                .first("SELECT COUNT(*) FROM (" + met + ") c", Row::number, count.arguments())
                .orElseThrow();
        if (orders < fewest) {
          fewest = orders;
          best = Optional.of(lead);
        }
      }
      if (best.isPresent()) {
        return best.get();
      }
    }
    return leads.get(0);
  }

  private SearchTable terms() {
    return dialect.searchTable();
  }

  /** Picks the orders that meet a condition, as its index has them, up to a bound. */
  private String met(Lead lead, int bound) {
    String picked;
    if (lead instanceof Term term) {
      arguments.add(term.term);
      picked = "t.order_number FROM " + terms().ofTerm() + " ORDER BY " + terms().byNumber();
    } else if (lead instanceof Along along) {
      String time = column(along.time);
      picked = "o.number FROM orders o WHERE " + group(along);
      picked += time + " < ? AND " + time + " >= " + UNSEEN + " ORDER BY " + time + ", o.number";
      Collections.addAll(arguments, along.period.before(), along.period.from());
    } else {
      Value value = (Value) lead;
      picked = "o.number FROM orders o WHERE " + value(value, 0);
      picked += " ORDER BY " + value.column + ", o.number";
    }
    arguments.add(bound);
    return "SELECT " + picked + " LIMIT ?";
  }

  /** The condition of a page along the number. */
  private String page(Lead lead) {
    if (lead instanceof Term term) {
      Collections.addAll(arguments, term.term, filter.after());
      String rest = rest(lead);
      String others =
          rest.isEmpty()
              ? ""
              : " AND (SELECT TRUE" + rest + " FROM orders o WHERE o.number = t.order_number)";
      arguments.add(filter.limit());
      return "o.number IN (SELECT t.order_number FROM "
          + terms().ofTerm()
          + " AND t.order_number > "
          + UNSEEN
          + others
          + " ORDER BY "
          + terms().byNumber()
          + " LIMIT ?)";
    }
    if (lead instanceof Value value) {
      return value(value, filter.after()) + rest(lead);
    }
    arguments.add(filter.after());
    return "o.number > ?" + rest(lead);
  }

  private String value(Value value, long after) {
    Collections.addAll(arguments, value.argument, after, value.argument);
    return dialect.pageAlong(value.column, value.sql) + " AND " + value.column + " <= " + value.sql;
  }

  /** The condition of all orders of a value or a term, which are few. */
  private String all(Lead lead) {
    if (lead instanceof Term term) {
      arguments.add(term.term);
      return "o.number IN (SELECT t.order_number FROM " + terms().ofTerm() + ")";
    }
    Value value = (Value) lead;
    arguments.add(value.argument);
    return value.column + " = " + value.sql;
  }

  /** The condition of the orders after the page before, in a list along a time that is sorted. */
  private String later(String time) {
    if (filter.after() <= 0) {
      return "";
    }
    Object from = filter.afterTime().orElseThrow();
    Collections.addAll(arguments, from, from, filter.after());
    return " AND (%1$s > ? OR (%1$s = ? AND o.number > ?)) IS TRUE".formatted(time);
  }

  /**
   * Picks a page of those that have the time of the order before, and one of those that have a
   * later one: each is one stretch of the index, which no comparison of rows is in every database.
   */
  private String pageAlong(Along along) {
    String time = column(along.time);
    String picked = "";
    Object from = along.period.from();
    if (filter.after() > 0) {
      from = filter.afterTime().orElseThrow();
      String same = time + " = ? AND o.number > ?";
      picked = stretch(along, same, "o.number", from, filter.after()) + " UNION ALL ";
    }
    String later = time + (filter.after() > 0 ? " > " : " >= ") + UNSEEN;
    picked += stretch(along, later, time + ", o.number", from);
    // One page of the two, before the orders themselves are read.
    arguments.add(filter.limit());
    return "o.number IN (SELECT number FROM (" + picked + ") p ORDER BY at, number LIMIT ?)";
  }

  private String stretch(Along along, String condition, String order, Object... of) {
    String time = column(along.time);
    String group = group(along);
    arguments.add(along.period.before());
    Collections.addAll(arguments, of);
    String rest = rest(along);
    arguments.add(filter.limit());
    return "SELECT at, number FROM (SELECT %1$s AS at, o.number FROM orders o WHERE %2$s%1$s < ? AND %3$s%4$s ORDER BY %5$s LIMIT ?) s"
        .formatted(time, group, condition, rest, order);
  }

  /** The condition of an index of a time, with an AND: the expiry's are of issued orders only. */
  private String group(Along along) {
    if (along.time != OrderTime.EXPIRY) {
      return along.time == OrderTime.PROCESSING ? "(o.state = 'PROCESSING') IS TRUE AND " : "";
    }
    filter.account().ifPresent(arguments::add);
    return "o.state = 'ISSUED' AND "
        + (filter.account().isPresent() ? "o.account_id = " + ID_OF_LOGIN + " AND " : "");
  }

  /** The state that an order must have for its time to count. */
  private static Optional<OrderState> only(OrderTime time) {
    return switch (time) {
      case EXPIRY -> Optional.of(OrderState.ISSUED);
      // A server of the release before leaves the time of an order that it issues.
      case PROCESSING -> Optional.of(OrderState.PROCESSING);
      case ISSUED, CREATED, CHANGED -> Optional.empty();
    };
  }

  /** The conditions that do not lead, each after an AND. */
  private String rest(Lead lead) {
    StringBuilder rest = new StringBuilder();
    for (Lead other : equalities(filter)) {
      boolean isServed =
          other.equals(lead)
              || (lead instanceof Along
                  && isAlongExpiry(filter)
                  && other instanceof Value value
                  && value.column.equals("o.account_id"));
      if (isServed) {
        continue;
      }
      if (other instanceof Term term) {
        rest.append(" AND (SELECT 1 FROM " + terms().ofOrder() + ") IS NOT NULL");
        arguments.add(term.term);
      } else if (other instanceof Value value) {
        rest.append(" AND (" + value.column + " = " + value.sql + ") IS TRUE");
        arguments.add(value.argument);
      }
    }
    filter
        .periods()
        .forEach(
            (time, period) -> {
              if (!(lead instanceof Along along && along.time == time)) {
                rest.append(
                    " AND (%1$s >= ? AND %1$s < ?%2$s) IS TRUE"
                        .formatted(
                            column(time),
                            only(time).map(state -> " AND o.state = '" + state + "'").orElse("")));
                Collections.addAll(arguments, period.from(), period.before());
              }
            });
    return rest.toString();
  }
}
