package org.certcollect.store.jdbc;

import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.certcollect.store.CodeHash;
import org.certcollect.store.SigningRequest;
import org.certcollect.store.transfer.CertificateRecord;
import org.certcollect.store.transfer.EventRecord;
import org.certcollect.store.transfer.OrderRecord;
import org.certcollect.store.x509.Certificate;

/**
 * Inserts orders into PostgreSQL: copies them with their certificates into temporary tables, and
 * from there with one statement, at whose end alone the references between both are checked; then
 * copies what belongs to those that were new.
 */
final class PostgresBulkInsert implements BulkInsert {
  private static final String CERTIFICATE_IDS =
      """
      SELECT nextval(pg_get_serial_sequence('certificate', 'id')) FROM generate_series(1, ?)
      """;

  private final Session session;
  private final List<Item> items = new ArrayList<>();
  private final PostgresCopyRows orders = new PostgresCopyRows();
  private final PostgresCopyRows certificates = new PostgresCopyRows();
  private final PostgresCopyRows requests = new PostgresCopyRows();
  private final PostgresCopyRows events = new PostgresCopyRows();

  PostgresBulkInsert(Session session) {
    this.session = session;
  }

  /** Rows are locked alone, so no one waits. */
  @Override
  public Duration longest() {
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
    PostgresStage.make(session);
    Iterator<Long> ids = certificateIds().iterator();
    items.forEach(item -> writeOrder(item, ids));
    PostgresStage.ORDERS.copy(session, orders);
    PostgresStage.CERTIFICATES.copy(session, certificates);
    Set<Long> added = Set.copyOf(session.list(PostgresStage.INSERT, Row::number));
    items.stream().filter(item -> added.contains(item.order().number())).forEach(this::writeRest);
    PostgresStage.REQUESTS.copy(session, requests);
    PostgresStage.EVENTS.copy(session, events);
    return added;
  }

  private List<Long> certificateIds() throws SQLException {
    int count = items.stream().mapToInt(item -> item.order().certificates().size()).sum();
    return session.list(CERTIFICATE_IDS, Row::number, count);
  }

  private void writeOrder(Item item, Iterator<Long> ids) {
    OrderRecord order = item.order();
    Optional<Long> served = Optional.empty();
    Optional<Certificate> endEntity = Optional.empty();
    for (int i = 0; i < order.certificates().size(); i++) {
      long id = ids.next();
      CertificateRecord certificate = order.certificates().get(i);
      writeCertificate(order.number(), id, item.chains().get(i), certificate);
      served = Optional.of(id);
      endEntity = Optional.of(certificate.chain().endEntity());
    }
    orders.add(
        order.number(),
        item.account(),
        order.product().name(),
        order.state().name(),
        order.reason(),
        order.created(),
        order.changed(),
        served,
        endEntity.map(Certificate::notBefore),
        endEntity.map(Certificate::notAfter),
        order.code().map(CodeHash::bytes));
  }

  private void writeRest(Item item) {
    OrderRecord order = item.order();
    if (order.signingRequest().isPresent()) {
      SigningRequest request = order.signingRequest().get();
      requests.add(order.number(), request.publicKey(), request.der());
    }
    for (EventRecord event : item.events()) {
      events.add(
          item.account(),
          order.number(),
          event.at(),
          event.actor().name(),
          event.action(),
          event.from(),
          event.to(),
          event.detail());
    }
  }

  private void writeCertificate(long order, long id, long chain, CertificateRecord certificate) {
    Certificate endEntity = certificate.chain().endEntity();
    certificates.add(
        id,
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
