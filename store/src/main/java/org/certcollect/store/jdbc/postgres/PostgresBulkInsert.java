package org.certcollect.store.jdbc.postgres;

import java.sql.SQLException;
import java.sql.Savepoint;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.certcollect.store.domain.CodeHash;
import org.certcollect.store.domain.SigningRequest;
import org.certcollect.store.jdbc.Row;
import org.certcollect.store.jdbc.Session;
import org.certcollect.store.jdbc.load.BulkInsert;
import org.certcollect.store.jdbc.load.KnownIds;
import org.certcollect.store.jdbc.table.CertificateRow;
import org.certcollect.store.transfer.CertificateRecord;
import org.certcollect.store.transfer.EventRecord;
import org.certcollect.store.transfer.OrderRecord;
import org.certcollect.store.x509.Certificate;

/**
 * The insertion of many orders into PostgreSQL by COPY, with their certificates, requests and
 * history.
 */
final class PostgresBulkInsert implements BulkInsert {
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

  /** Any duration will do, because only single rows are locked and no other writer waits. */
  @Override
  public Duration maxDuration() {
    return Duration.ofSeconds(30);
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
    int certificates = absent.stream().mapToInt(i -> i.order().certificates().size()).sum();
    List<Long> ids = session.list(CERTIFICATE_IDS, Row::number, certificates);
    // The chains of the new orders only, and before the COPYs, during which the connection cannot
    // do anything else.
    List<Long> chains = chains(absent);
    copyOrders(absent, ids);
    copyCertificates(absent, ids, chains);
    copyRequests(absent);
    copyEvents(absent);
  }

  /** The key of each certificate's chain. */
  private List<Long> chains(List<Item> absent) throws SQLException {
    List<Long> chains = new ArrayList<>();
    for (Item item : absent) {
      for (CertificateRecord certificate : item.order().certificates()) {
        chains.add(known.chain(session, certificate.chain().issuers()));
      }
    }
    return chains;
  }

  private void copyOrders(List<Item> absent, List<Long> ids) throws SQLException {
    try (PostgresCopy copy =
        new PostgresCopy(
            session,
            "orders",
            "number, account_id, product, state, reason, created_at, changed_at, certificate_id,"
                + " not_before, not_after, code_hash")) {
      int used = 0;
      for (Item item : absent) {
        OrderRecord order = item.order();
        int count = order.certificates().size();
        used += count;
        Optional<Certificate> served =
            count == 0
                ? Optional.empty()
                : Optional.of(order.certificates().get(count - 1).chain().endEntity());
        copy.add(
            order.number(),
            item.account(),
            order.product().name(),
            order.state().name(),
            order.reason(),
            order.created(),
            order.changed(),
            count == 0 ? Optional.empty() : Optional.of(ids.get(used - 1)),
            served.map(Certificate::notBefore),
            served.map(Certificate::notAfter),
            order.code().map(CodeHash::bytes));
      }
      copy.end();
    }
  }

  private void copyCertificates(List<Item> absent, List<Long> ids, List<Long> chains)
      throws SQLException {
    try (PostgresCopy copy =
        new PostgresCopy(
            session,
            "certificate",
            "id, order_number, chain_id, issued_at, " + CertificateRow.INSERTED)) {
      int used = 0;
      for (Item item : absent) {
        for (CertificateRecord certificate : item.order().certificates()) {
          copy.add(
              CertificateRow.values(
                  certificate.chain().endEntity(),
                  ids.get(used),
                  item.order().number(),
                  chains.get(used),
                  certificate.issued()));
          used++;
        }
      }
      copy.end();
    }
  }

  private void copyRequests(List<Item> absent) throws SQLException {
    try (PostgresCopy copy =
        new PostgresCopy(session, "signing_request", "order_number, public_key, der")) {
      for (Item item : absent) {
        Optional<SigningRequest> request = item.order().signingRequest();
        if (request.isPresent()) {
          copy.add(item.order().number(), request.get().publicKey(), request.get().der());
        }
      }
      copy.end();
    }
  }

  private void copyEvents(List<Item> absent) throws SQLException {
    try (PostgresCopy copy =
        new PostgresCopy(
            session,
            "event",
            "account_id, order_number, at, actor, action, from_state, to_state, detail")) {
      for (Item item : absent) {
        for (EventRecord event : item.events()) {
          copy.add(
              item.account(),
              item.order().number(),
              event.at(),
              event.actor().name(),
              event.action(),
              event.from(),
              event.to(),
              event.detail());
        }
      }
      copy.end();
    }
  }
}
