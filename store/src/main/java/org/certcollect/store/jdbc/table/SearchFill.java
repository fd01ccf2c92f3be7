package org.certcollect.store.jdbc.table;

import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicLong;
import java.util.logging.Logger;
import org.certcollect.store.jdbc.Row;
import org.certcollect.store.jdbc.SearchTable;
import org.certcollect.store.jdbc.Session;
import org.certcollect.store.x509.SearchTerms;

/**
 * The part of a migration that SQL cannot do: it reads the certificates and requests of an older
 * store and adds their search terms. Each batch is a transaction that also keeps its position, so
 * that an interrupted fill goes on where it ended, and several processes take turns.
 */
public final class SearchFill {
  private static final Logger LOG = Logger.getLogger(SearchFill.class.getName());
  private static final int BATCH = 2_000;
  private static final int ORDERS_PER_LINE = 100_000;
  private static final AtomicLong FILLED = new AtomicLong();

  private static final String POSITION =
      "UPDATE counter SET value = value WHERE name = 'search_fill' RETURNING value";
  private static final String MOVE = "UPDATE counter SET value = ? WHERE name = 'search_fill'";

  /** Migration 0006 fills the table before 0016 divides it, so it is whole on SQLite, too. */
  private static final String INSERT = SearchTable.WHOLE.insert();

  private static final String NUMBERS =
      "SELECT number FROM orders WHERE number > ? ORDER BY number LIMIT ?";
  private static final String OF = " WHERE order_number > ? AND order_number <= ?";
  private static final String CERTIFICATES =
      "SELECT order_number, " + CertificateRow.COLUMNS + " FROM certificate c" + OF;
  private static final List<String> REQUESTS =
      List.of(
          "SELECT order_number, der, public_key FROM signing_request" + OF,
          "SELECT order_number, der, public_key FROM reissue_request" + OF);
  private static final List<String> TIMES =
      List.of(
          """
          UPDATE orders SET issued_at = (SELECT issued_at FROM certificate WHERE id = certificate_id)
          WHERE number > ? AND number <= ? AND certificate_id IS NOT NULL
          """,
          """
          UPDATE orders SET processing_since = COALESCE(
            (SELECT MAX(at) FROM event WHERE order_number = number AND to_state = 'PROCESSING'),
            changed_at)
          WHERE number > ? AND number <= ? AND state = 'PROCESSING'
          """);

  private SearchFill() {}

  /** Fills in the next batch; false if nothing is left. */
  public static boolean next(Session session) throws SQLException {
    // The update locks the row until the end of the transaction.
    Optional<Long> from = session.first(POSITION, Row::number);
    if (from.isEmpty()) {
      return false;
    }
    List<Long> numbers = session.list(NUMBERS, Row::number, from.get(), BATCH);
    if (numbers.isEmpty()) {
      return false;
    }
    long to = numbers.get(numbers.size() - 1);
    // Neighbours in the index together, and each row once.
    Set<Term> terms = new TreeSet<>();
    session.list(
        CERTIFICATES,
        row -> add(terms, row, CertificateRow.read(row).searchTerms()),
        from.get(),
        to);
    for (String requests : REQUESTS) {
      session.list(
          requests, row -> add(terms, row, SearchTerms.of(RequestRow.read(row))), from.get(), to);
    }
    for (Term term : terms) {
      session.queue(INSERT, term.text, term.order);
    }
    int[] unused = session.updateQueued(INSERT);
    for (String times : TIMES) {
      session.update(times, from.get(), to);
    }
    session.update(MOVE, to);
    long filled = FILLED.addAndGet(numbers.size());
    if (filled / ORDERS_PER_LINE > (filled - numbers.size()) / ORDERS_PER_LINE) {
      LOG.info(() -> "the search index has the orders up to number " + to);
    }
    return true;
  }

  private static boolean add(Set<Term> terms, Row row, List<String> texts) throws SQLException {
    long order = row.number("order_number");
    texts.forEach(text -> terms.add(new Term(text, order)));
    return true;
  }

  private record Term(String text, long order) implements Comparable<Term> {
    @Override
    public int compareTo(Term other) {
      int first = text.compareTo(other.text);
      return first == 0 ? Long.compare(order, other.order) : first;
    }
  }
}
