package org.certcollect.store.jdbc.sqlite;

import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.certcollect.store.domain.CodeHash;
import org.certcollect.store.domain.SigningRequest;
import org.certcollect.store.jdbc.Row;
import org.certcollect.store.jdbc.Session;
import org.certcollect.store.jdbc.load.BulkInsert;
import org.certcollect.store.jdbc.load.KnownIds;
import org.certcollect.store.jdbc.table.CertificateRow;
import org.certcollect.store.jdbc.table.EventRow;
import org.certcollect.store.transfer.CertificateRecord;
import org.certcollect.store.transfer.EventRecord;
import org.certcollect.store.transfer.OrderRecord;
import org.certcollect.store.x509.Certificate;

/**
 * The insertion of many orders into SQLite, in batches. No other process can write at the same
 * time, so this class assigns the keys of certificates itself.
 */
final class SqliteBulkInsert implements BulkInsert {
  // Long transactions write less: each transaction writes every changed page of an index to the log
  // once, so more orders share one write.
  private static final Duration MAX_DURATION = Duration.ofMillis(500);
  // Small enough that the time is checked often, and large enough that a batch is worth the
  // driver's work.
  private static final int AT_ONCE = 100;
  private static final String ROOM = "PRAGMA cache_size = -65536";
  // Checkpoints, which move the log's pages into the file, are made only during the pauses.
  private static final String KEEP_LOG = "PRAGMA wal_autocheckpoint = 0";
  private static final String LAST_CERTIFICATE = "SELECT COALESCE(MAX(id), 0) FROM certificate";
  private static final String INSERT_ORDER =
      """
      INSERT INTO orders (number, account_id, product, state, reason, created_at, changed_at,
        certificate_id, not_before, not_after, code_hash)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
      ON CONFLICT DO NOTHING
      """;
  private static final String INSERT_CERTIFICATE =
      "INSERT INTO certificate (id, order_number, chain_id, issued_at, "
          + CertificateRow.INSERTED
          + ") VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";
  private static final String INSERT_REQUEST =
      "INSERT INTO signing_request (order_number, public_key, der) VALUES (?, ?, ?)";

  private final Session session;
  private final KnownIds ids;
  private final Set<Long> added = new HashSet<>();
  private final List<Item> waiting = new ArrayList<>();
  private long lastCertificate;

  SqliteBulkInsert(Session session, KnownIds ids) throws SQLException {
    this.session = session;
    this.ids = ids;
    session.update(ROOM);
    long unused = session.first(KEEP_LOG, Row::number).orElseThrow();
    this.lastCertificate = session.first(LAST_CERTIFICATE, Row::number).orElseThrow();
  }

  @Override
  public Duration maxDuration() {
    return MAX_DURATION;
  }

  @Override
  public void add(Item item) throws SQLException {
    waiting.add(item);
    if (waiting.size() == AT_ONCE) {
      insertWaiting();
    }
  }

  @Override
  public Set<Long> finish() throws SQLException {
    insertWaiting();
    return Set.copyOf(added);
  }

  private void insertWaiting() throws SQLException {
    long certificate = lastCertificate;
    for (Item item : waiting) {
      certificate += item.order().certificates().size();
      queueOrder(item, certificate);
    }
    int[] inserted = session.updateQueued(INSERT_ORDER);
    for (int i = 0; i < inserted.length; i++) {
      Item item = waiting.get(i);
      if (inserted[i] == 1) {
        queueRest(item);
        added.add(item.order().number());
      } else {
        lastCertificate += item.order().certificates().size();
      }
    }
    session.updateQueued(INSERT_CERTIFICATE);
    session.updateQueued(INSERT_REQUEST);
    session.updateQueued(EventRow.INSERT);
    waiting.clear();
  }

  /**
   * Queues the order's row.
   *
   * @param certificate the key that its newest certificate will have; empty if it has none
   */
  private void queueOrder(Item item, long certificate) throws SQLException {
    OrderRecord order = item.order();
    List<CertificateRecord> certificates = order.certificates();
    Optional<Certificate> served =
        certificates.isEmpty()
            ? Optional.empty()
            : Optional.of(certificates.get(certificates.size() - 1).chain().endEntity());
    session.queue(
        INSERT_ORDER,
        order.number(),
        item.account(),
        order.product(),
        order.state(),
        order.reason(),
        order.created(),
        order.changed(),
        served.map(there -> certificate),
        served.map(Certificate::notBefore),
        served.map(Certificate::notAfter),
        order.code().map(CodeHash::bytes));
  }

  private void queueRest(Item item) throws SQLException {
    OrderRecord order = item.order();
    for (CertificateRecord certificate : order.certificates()) {
      lastCertificate++;
      queueCertificate(order.number(), certificate);
    }
    if (order.signingRequest().isPresent()) {
      SigningRequest request = order.signingRequest().get();
      session.queue(INSERT_REQUEST, order.number(), request.publicKey(), request.der());
    }
    for (EventRecord event : item.events()) {
      EventRow.queue(
          session, OptionalLong.of(item.account()), OptionalLong.of(order.number()), event);
    }
  }

  private void queueCertificate(long order, CertificateRecord certificate) throws SQLException {
    long chain = ids.chain(session, certificate.chain().issuers());
    session.queue(
        INSERT_CERTIFICATE,
        CertificateRow.values(
            certificate.chain().endEntity(), lastCertificate, order, chain, certificate.issued()));
  }
}
