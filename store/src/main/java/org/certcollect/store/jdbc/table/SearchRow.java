package org.certcollect.store.jdbc.table;

import java.sql.SQLException;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.certcollect.store.jdbc.Session;
import org.certcollect.store.transfer.OrderRecord;
import org.certcollect.store.transfer.PendingReissue;
import org.certcollect.store.x509.SearchTerms;

/**
 * The mapping of {@link SearchTerms} to their table: those of every certificate and request that an
 * order has or had.
 */
public final class SearchRow {
  public static final String INSERTED = "term, order_number";
  public static final String INSERT =
      Session.insert("search_term", INSERTED) + " ON CONFLICT DO NOTHING";

  private static final String DELETE =
      "DELETE FROM search_term WHERE term = ? AND order_number = ?";

  private SearchRow() {}

  /** Adds terms to an order. */
  static void insert(Session session, long order, Collection<String> terms) throws SQLException {
    for (String term : terms) {
      session.queue(INSERT, term, order);
    }
    int[] unused = session.updateQueued(INSERT);
  }

  /** Removes terms of an order. */
  static void delete(Session session, long order, Collection<String> terms) throws SQLException {
    for (String term : terms) {
      session.queue(DELETE, term, order);
    }
    int[] unused = session.updateQueued(DELETE);
  }

  /** The rows of an order, each term once. */
  public static Stream<Object[]> rows(OrderRecord order) {
    Set<String> terms = new LinkedHashSet<>();
    order.certificates().forEach(c -> terms.addAll(c.chain().endEntity().searchTerms()));
    terms.addAll(SearchTerms.of(order.remarks()));
    Stream.of(order.signingRequest(), order.reissue().flatMap(PendingReissue::request))
        .flatMap(Optional::stream)
        .forEach(request -> terms.addAll(SearchTerms.of(request)));
    return terms.stream().map(term -> new Object[] {term, order.number()});
  }
}
