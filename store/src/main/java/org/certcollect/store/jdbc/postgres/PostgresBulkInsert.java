package org.certcollect.store.jdbc.postgres;

import java.sql.SQLException;
import java.sql.Savepoint;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.certcollect.store.domain.CodeHash;
import org.certcollect.store.jdbc.Row;
import org.certcollect.store.jdbc.Session;
import org.certcollect.store.jdbc.load.BulkInsert;
import org.certcollect.store.jdbc.load.BulkLoading;
import org.certcollect.store.jdbc.load.KnownIds;
import org.certcollect.store.jdbc.table.CertificateRow;
import org.certcollect.store.jdbc.table.EventRow;
import org.certcollect.store.jdbc.table.OrderRow;
import org.certcollect.store.jdbc.table.RequestRow;
import org.certcollect.store.transfer.CertificateRecord;

/**
 * The insertion of many orders into PostgreSQL by COPY, with their certificates, requests and
 * history.
 */
final class PostgresBulkInsert implements BulkInsert {
  /**
   * Any duration will do, because only single rows are locked and no other writer waits. The server
   * works on one transaction while this program prepares the other.
   */
  static final BulkLoading LOADING =
      new BulkLoading(PostgresBulkInsert::new, Duration.ofSeconds(30), 2, Optional.empty());

  private static final int MAX_ATTEMPTS = 5;
  private static final String NUMBERS = "SELECT number FROM orders WHERE number = ANY (?)";
  private static final String CODES = "SELECT code_hash FROM orders WHERE code_hash = ANY (?)";
  private static final String CERTIFICATE_IDS =
      """
      SELECT nextval((SELECT pg_get_serial_sequence('certificate', 'id'))::regclass)
      FROM generate_series(1, ?)
      """;

  private final Session session;
  private final KnownIds known;
  private final List<Item> items = new ArrayList<>();

  PostgresBulkInsert(Session session, KnownIds known) {
    this.session = session;
    this.known = known;
  }

  @Override
  public void add(Item item) {
    items.add(item);
  }

  @Override
  public Set<Long> finish() throws SQLException {
    if (items.isEmpty()) {
      return Set.of();
    }
    Savepoint before = session.connection().setSavepoint();
    for (int made = 1; ; made++) {
      try {
        List<Item> absent = absent();
        insert(absent);
        return absent.stream().map(item -> item.order().number()).collect(Collectors.toSet());
      } catch (SQLException e) {
        if (made == MAX_ATTEMPTS || !PostgresFailures.isTaken(e)) {
          throw e;
        }
        // Another node added such an order after the query, and the next query finds it.
        session.connection().rollback(before);
        known.forget();
      }
    }
  }

  /**
   * The orders whose number and code are free. If two have the same code, only the first one is
   * included.
   */
  private List<Item> absent() throws SQLException {
    Long[] numbers = items.stream().map(item -> item.order().number()).toArray(Long[]::new);
    byte[][] codes =
        items.stream()
            .flatMap(item -> item.order().code().stream())
            .map(CodeHash::bytes)
            .toArray(byte[][]::new);
    Set<Long> there = new HashSet<>(session.list(NUMBERS, Row::number, array("bigint", numbers)));
    Set<CodeHash> taken =
        new HashSet<>(session.list(CODES, row -> new CodeHash(row.bytes()), array("bytea", codes)));
    List<Item> absent = new ArrayList<>();
    for (Item item : items) {
      Optional<CodeHash> code = item.order().code();
      if (!there.contains(item.order().number()) && (code.isEmpty() || taken.add(code.get()))) {
        absent.add(item);
      }
    }
    return absent;
  }

  private Object array(String type, Object[] elements) throws SQLException {
    return session.connection().createArrayOf(type, elements);
  }

  private void insert(List<Item> absent) throws SQLException {
    if (absent.isEmpty()) {
      return;
    }
    int count = absent.stream().mapToInt(i -> i.order().certificates().size()).sum();
    List<Long> ids = session.list(CERTIFICATE_IDS, Row::number, count);
    // The chains of the new orders only, and before the COPYs, during which the connection cannot
    // do anything else.
    List<Long> chains = new ArrayList<>();
    List<Long> newest = new ArrayList<>();
    for (Item item : absent) {
      for (CertificateRecord certificate : item.order().certificates()) {
        chains.add(known.chain(session, certificate.chain().issuers()));
      }
      newest.add(chains.isEmpty() ? 0L : ids.get(chains.size() - 1));
    }
    Iterator<Long> served = newest.iterator();
    Iterator<Long> id = ids.iterator();
    Iterator<Long> chain = chains.iterator();
    copy(
        absent,
        "orders",
        OrderRow.INSERTED,
        item -> Stream.<Object[]>of(OrderRow.values(item.order(), item.account(), served.next())));
    copy(
        absent,
        "certificate",
        "id, order_number, chain_id, issued_at, " + CertificateRow.INSERTED,
        item ->
            item.order().certificates().stream()
                .map(
                    certificate ->
                        CertificateRow.values(
                            certificate.chain().endEntity(),
                            id.next(),
                            item.order().number(),
                            chain.next(),
                            certificate.issued())));
    copy(
        absent,
        "signing_request",
        RequestRow.INSERTED,
        item ->
            item.order().signingRequest().stream()
                .map(request -> RequestRow.values(item.order().number(), request)));
    copy(absent, "event", EventRow.INSERTED, item -> item.events().stream().map(item::values));
  }

  private void copy(
      List<Item> items, String table, String columns, Function<Item, Stream<Object[]>> rows)
      throws SQLException {
    try (PostgresCopy copy = new PostgresCopy(session, table, columns)) {
      for (Item item : items) {
        for (Object[] row : rows.apply(item).toList()) {
          copy.add(row);
        }
      }
      copy.end();
    }
  }
}
