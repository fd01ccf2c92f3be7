package org.certcollect.store.jdbc.table;

import java.sql.SQLException;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.certcollect.store.jdbc.SearchTable;
import org.certcollect.store.jdbc.Session;
import org.certcollect.store.transfer.OrderRecord;
import org.certcollect.store.transfer.PendingReissue;
import org.certcollect.store.x509.SearchTerms;

/**
 * The mapping of {@link SearchTerms} to their table: those of every certificate that an order has
 * or had, of its requests and its remarks.
 */
public final class SearchRow {
  public static final String INSERTED = "term, order_number";
  private static final String CERTIFICATES =
      "SELECT " + CertificateRow.COLUMNS + " FROM certificate c WHERE c.order_number = ?";
  private static final String REQUESTS =
      """
      SELECT der, public_key FROM signing_request WHERE order_number = ?
      UNION ALL SELECT der, public_key FROM reissue_request WHERE order_number = ?
      """;
  private static final String REMARKS = "SELECT reference, note FROM orders WHERE number = ?";

  private SearchRow() {}

  /** The terms that an order should have by its certificates, requests and remarks. */
  static List<String> stored(Session session, long order) throws SQLException {
    return Stream.of(
            session.list(CERTIFICATES, row -> CertificateRow.read(row).searchTerms(), order),
            session.list(REQUESTS, row -> SearchTerms.of(RequestRow.read(row)), order, order),
            session.list(REMARKS, row -> SearchTerms.of(OrderRow.remarks(row)), order))
        .flatMap(List::stream)
        .flatMap(List::stream)
        .distinct()
        .toList();
  }

  /**
   * Gives an order the terms that it should have now.
   *
   * @param before those that it had before a change
   */
  static void replace(Session session, SearchTable table, long order, List<String> before)
      throws SQLException {
    List<String> now = stored(session, order);
    Predicate<String> wasThere = Set.copyOf(before)::contains;
    Predicate<String> isThere = Set.copyOf(now)::contains;
    delete(session, table, order, before.stream().filter(isThere.negate()).toList());
    insert(session, table, order, now.stream().filter(wasThere.negate()).toList());
  }

  /** Adds terms to an order. */
  static void insert(Session session, SearchTable table, long order, Collection<String> terms)
      throws SQLException {
    for (String term : terms) {
      session.queue(table.insert(), term, order);
    }
    int[] unused = session.updateQueued(table.insert());
  }

  /** Removes terms of an order. */
  static void delete(Session session, SearchTable table, long order, Collection<String> terms)
      throws SQLException {
    for (String statement : table.beforeDelete()) {
      session.update(statement, order);
    }
    for (String term : terms) {
      session.queue(table.delete(), term, order);
    }
    int[] unused = session.updateQueued(table.delete());
  }

  /** The terms of an order. */
  public static Set<String> terms(OrderRecord order) {
    Set<String> terms = new LinkedHashSet<>();
    order.certificates().forEach(c -> terms.addAll(c.chain().endEntity().searchTerms()));
    terms.addAll(SearchTerms.of(order.remarks()));
    Stream.of(order.signingRequest(), order.reissue().flatMap(PendingReissue::request))
        .flatMap(Optional::stream)
        .forEach(request -> terms.addAll(SearchTerms.of(request)));
    return Collections.unmodifiableSet(terms);
  }
}
