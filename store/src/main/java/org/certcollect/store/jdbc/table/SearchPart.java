package org.certcollect.store.jdbc.table;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.certcollect.store.jdbc.Row;
import org.certcollect.store.jdbc.SearchTable;
import org.certcollect.store.jdbc.Session;

/**
 * The parts of the table of search terms ({@link SearchTable#IN_PARTS}). The terms of an order lie
 * anywhere in the part, so a transaction that inserts many orders changes most pages of a part.
 * While the orders come by ascending number, that is one part, which does not grow with the store.
 * A search looks into each part.
 */
public final class SearchPart {
  /** The number of orders in a part after which an import begins the next one. */
  public static final int FULL = 65_536;

  /** The maximum number of orders that are moved to a part when it begins. */
  static final int MAX_MOVED = 500;

  /** The part of a number, with its first and its last number. */
  private static final String OF =
      """
      SELECT MAX(first_number) AS first_number, (SELECT COALESCE(MIN(first_number) - 1, ?2)
        FROM search_part WHERE first_number > ?1) AS last_number
      FROM search_part WHERE first_number <= ?1
      """;

  private static final String ORDERS =
      "SELECT number FROM orders WHERE number BETWEEN ? AND ? ORDER BY number LIMIT ?";
  private static final String COUNT = "SELECT COUNT(*) FROM (" + ORDERS + ")";
  private static final String INSERT = "INSERT INTO search_part (first_number) VALUES (?)";

  private static final String DIVIDE =
      """
      INSERT OR IGNORE INTO search_part (first_number)
      SELECT number FROM (SELECT number, ROW_NUMBER() OVER (ORDER BY number) AS place FROM orders)
      WHERE place > 1 AND place % ? = 1 AND NOT EXISTS (SELECT 1 FROM search_term)
      """;

  /** The first and the last number of a part. */
  public record Range(long first, long last) {
    private static Range read(Row row) throws SQLException {
      return new Range(row.number("first_number"), row.number("last_number"));
    }
  }

  private SearchPart() {}

  /** The part of a number. */
  public static Range of(Session session, long number) throws SQLException {
    return session.first(OF, Range::read, number, Long.MAX_VALUE).orElseThrow();
  }

  /** Divides the stored orders into full parts, if none of them has a term yet. */
  public static void divide(Session session) throws SQLException {
    session.update(DIVIDE, FULL);
  }

  /**
   * Begins a part with an order that is about to be inserted, if its present part is full. The
   * orders of that part that come after it are moved to the new part. If there are many of them, or
   * the order is there already, no part is begun.
   */
  public static void prepare(Session session, long number) throws SQLException {
    Range part = of(session, number);
    List<Long> later = session.list(ORDERS, Row::number, number, part.last, MAX_MOVED + 1);
    if (later.contains(number) || later.size() > MAX_MOVED) {
      return;
    }
    Optional<Long> orders = session.first(COUNT, Row::number, part.first, number - 1, FULL);
    if (orders.orElseThrow() < FULL) {
      return;
    }
    List<List<String>> terms = new ArrayList<>();
    for (long order : later) {
      List<String> own = SearchRow.stored(session, order);
      SearchRow.delete(session, SearchTable.IN_PARTS, order, own);
      terms.add(own);
    }
    session.update(INSERT, number);
    for (int i = 0; i < terms.size(); i++) {
      SearchRow.insert(session, SearchTable.IN_PARTS, later.get(i), terms.get(i));
    }
  }
}
