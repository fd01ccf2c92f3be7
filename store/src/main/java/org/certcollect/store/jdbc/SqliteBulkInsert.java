package org.certcollect.store.jdbc;

import java.sql.SQLException;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.certcollect.store.CodeHash;
import org.certcollect.store.SigningRequest;
import org.certcollect.store.transfer.CertificateRecord;
import org.certcollect.store.transfer.EventRecord;
import org.certcollect.store.transfer.OrderRecord;
import org.certcollect.store.x509.Certificate;

/**
 * Inserts orders into SQLite row by row. As no one else can write meanwhile, it counts the keys of
 * certificates itself.
 */
final class SqliteBulkInsert implements BulkInsert {
  private static final Duration LONGEST = Duration.ofMillis(75);
  private static final String ROOM = "PRAGMA cache_size = -65536";
  // Moving the log's pages into the file is left to the pauses.
  private static final String KEEP_LOG = "PRAGMA wal_autocheckpoint = 0";
  private static final String MOVE_LOG = "PRAGMA wal_checkpoint(PASSIVE)";
  private static final String LAST_CERTIFICATE = "SELECT COALESCE(MAX(id), 0) FROM certificate";
  private static final String INSERT_ORDER =
      """
      INSERT INTO orders (number, account_id, product, state, reason, created_at, changed_at,
        not_before, not_after, code_hash)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
      ON CONFLICT DO NOTHING
      """;
  // Orders and certificates refer to each other. Deferred references would be no way out: SQLite
  // looks through all orders, without an index, for each certificate that comes then.
  private static final String POINT = "UPDATE orders SET certificate_id = ? WHERE number = ?";
  private static final String INSERT_CERTIFICATE =
      """
      INSERT INTO certificate (id, order_number, chain_id, issued_at, sha256, subject, common_name,
        dns_name, not_before, not_after, der)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
      """;
  private static final String INSERT_REQUEST =
      "INSERT INTO signing_request (order_number, public_key, der) VALUES (?, ?, ?)";

  private final Session session;
  private final Set<Long> added = new HashSet<>();
  private long lastCertificate;

  SqliteBulkInsert(Session session) throws SQLException {
    this.session = session;
    session.update(ROOM);
    long unused = session.first(KEEP_LOG, Row::number).orElseThrow();
    this.lastCertificate = session.first(LAST_CERTIFICATE, Row::number).orElseThrow();
  }

  /** Moves the log's pages into the file, which no writer waits for. */
  static void tidy(Session session) throws SQLException {
    long unused = session.first(MOVE_LOG, Row::number).orElseThrow();
  }

  @Override
  public Duration longest() {
    return LONGEST;
  }

  @Override
  public void add(Item item) throws SQLException {
    OrderRecord order = item.order();
    if (!insertOrder(item)) {
      return;
    }
    for (int i = 0; i < order.certificates().size(); i++) {
      insertCertificate(order.number(), item.chains().get(i), order.certificates().get(i));
    }
    if (!order.certificates().isEmpty()) {
      session.update(POINT, lastCertificate, order.number());
    }
    if (order.signingRequest().isPresent()) {
      SigningRequest request = order.signingRequest().get();
      session.update(INSERT_REQUEST, order.number(), request.publicKey(), request.der());
    }
    for (EventRecord event : item.events()) {
      EventRow.insert(
          session, OptionalLong.of(item.account()), OptionalLong.of(order.number()), event);
    }
    added.add(order.number());
  }

  @Override
  public Set<Long> finish() {
    return Set.copyOf(added);
  }

  private boolean insertOrder(Item item) throws SQLException {
    OrderRecord order = item.order();
    List<CertificateRecord> certificates = order.certificates();
    Optional<Certificate> served =
        certificates.isEmpty()
            ? Optional.empty()
            : Optional.of(certificates.get(certificates.size() - 1).chain().endEntity());
    return session.update(
            INSERT_ORDER,
            order.number(),
            item.account(),
            order.product(),
            order.state(),
            order.reason(),
            order.created(),
            order.changed(),
            served.map(Certificate::notBefore),
            served.map(Certificate::notAfter),
            order.code().map(CodeHash::bytes))
        == 1;
  }

  private void insertCertificate(long order, long chain, CertificateRecord certificate)
      throws SQLException {
    Certificate endEntity = certificate.chain().endEntity();
    lastCertificate++;
    session.update(
        INSERT_CERTIFICATE,
        lastCertificate,
        order,
        chain,
        certificate.issued(),
        endEntity.sha256(),
        endEntity.subject(),
        endEntity.commonName(),
        endEntity.dnsName(),
        endEntity.notBefore(),
        endEntity.notAfter(),
        endEntity.der());
  }
}
