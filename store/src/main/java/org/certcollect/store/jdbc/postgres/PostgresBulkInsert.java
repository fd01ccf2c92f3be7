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
import org.certcollect.store.jdbc.EventRow;
import org.certcollect.store.jdbc.Row;
import org.certcollect.store.jdbc.Session;
import org.certcollect.store.jdbc.load.BulkInsert;
import org.certcollect.store.jdbc.load.BulkLoading;
import org.certcollect.store.jdbc.load.KnownIds;
import org.certcollect.store.jdbc.load.Postponement;
import org.certcollect.store.jdbc.table.CertificateRow;
import org.certcollect.store.jdbc.table.OrderRow;
import org.certcollect.store.jdbc.table.RequestRow;
import org.certcollect.store.jdbc.table.SearchRow;
import org.certcollect.store.jdbc.table.ValidationRow;
import org.certcollect.store.transfer.CertificateRecord;
import org.certcollect.store.transfer.OrderRecord;
import org.certcollect.store.transfer.PendingReissue;

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
      new BulkLoading(
          PostgresBulkInsert::new, Duration.ofSeconds(30), 2, Optional.empty(), Postponement.NONE);

  private static final int MAX_ATTEMPTS = 5;
  private static final String NUMBERS = "SELECT number FROM orders WHERE number = ANY (?)";
  private static final String CODES = "SELECT code_hash FROM orders WHERE code_hash = ANY (?)";
  private static final String TAKEN_IDS = "SELECT id FROM certificate WHERE id = ANY (?)";

  private static final String IF_SEQUENCE_IS_BEHIND =
      """
      FROM (SELECT pg_get_serial_sequence('certificate', 'id')::regclass AS s) q
      WHERE COALESCE(pg_sequence_last_value(s), 0) < ?
      """;

  /**
   * Waits for the other transactions that set the sequence. Two at a time could set it back. The
   * lock lasts until the end of the transaction, and is only taken if the sequence is to be set.
   */
  private static final String LOCK_SEQUENCE =
      "SELECT pg_advisory_xact_lock(s::oid::bigint) " + IF_SEQUENCE_IS_BEHIND;

  /**
   * Sets the sequence beyond a key, if it is not there already. It is set far beyond: another node
   * may take many keys between the look and the change, and none may be given out twice.
   */
  private static final String ADVANCE =
      "SELECT setval(s, CAST(? AS BIGINT) + 1000000) " + IF_SEQUENCE_IS_BEHIND;

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
   * The orders whose number, code and certificate ids are free. If two have the same code or id,
   * only the first one is included.
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
    Long[] keys = items.stream().flatMap(i -> i.certificateKeys().stream()).toArray(Long[]::new);
    Set<Long> takenKeys =
        new HashSet<>(session.list(TAKEN_IDS, Row::number, array("bigint", keys)));
    List<Item> absent = new ArrayList<>();
    for (Item item : items) {
      Optional<CodeHash> code = item.order().code();
      List<Long> own = item.certificateKeys();
      if (!there.contains(item.order().number())
          && code.filter(taken::contains).isEmpty()
          && own.stream().noneMatch(takenKeys::contains)) {
        code.ifPresent(taken::add);
        takenKeys.addAll(own);
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
    List<Long> ids = certificateKeys(absent);
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
    copy(
        absent,
        "reissue_request",
        RequestRow.INSERTED,
        item ->
            item.order().reissue().flatMap(PendingReissue::request).stream()
                .map(request -> RequestRow.values(item.order().number(), request)));
    copy(
        absent,
        "validation",
        ValidationRow.INSERTED,
        item ->
            item.order().validation().stream()
                .map(validation -> ValidationRow.values(item.order().number(), validation)));
    copy(absent, "search_term", SearchRow.INSERTED, item -> terms(item.order()));
    copy(absent, "event", EventRow.INSERTED, item -> item.events().stream().map(item::values));
  }

  /** The keys of all certificates, given out for those that came without an id. */
  private List<Long> certificateKeys(List<Item> absent) throws SQLException {
    long greatest = 0;
    int unnamed = 0;
    for (Item item : absent) {
      List<Long> own = item.certificateKeys();
      unnamed += item.order().certificates().size() - own.size();
      greatest = own.isEmpty() ? greatest : Math.max(greatest, own.get(own.size() - 1));
    }
    if (session.first(LOCK_SEQUENCE, Row::text, greatest).isPresent()) {
      Optional<Long> unused = session.first(ADVANCE, Row::number, greatest, greatest);
    }
    Iterator<Long> given = session.list(CERTIFICATE_IDS, Row::number, unnamed).iterator();
    List<Long> keys = new ArrayList<>();
    for (Item item : absent) {
      List<Long> own = item.certificateKeys();
      keys.addAll(own);
      for (int i = own.size(); i < item.order().certificates().size(); i++) {
        keys.add(given.next());
      }
    }
    return keys;
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

  private static Stream<Object[]> terms(OrderRecord order) {
    return SearchRow.terms(order).stream().map(term -> new Object[] {term, order.number()});
  }
}
