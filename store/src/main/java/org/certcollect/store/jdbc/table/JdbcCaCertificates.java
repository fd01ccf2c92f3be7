package org.certcollect.store.jdbc.table;

import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.certcollect.store.Actor;
import org.certcollect.store.CaCertificates;
import org.certcollect.store.jdbc.Database;
import org.certcollect.store.jdbc.Moments;
import org.certcollect.store.jdbc.table.EventLog.Entry;
import org.certcollect.store.x509.Certificate;

/** The CA certificates of a store. Safe for use by many threads. */
final class JdbcCaCertificates implements CaCertificates {
  private static final String SELECT =
      "SELECT " + CertificateRow.COLUMNS + " FROM ca_certificate c ";
  private static final String WITH_SUBJECT =
      SELECT + "WHERE c.subject = ? ORDER BY c.not_before DESC, c.id DESC";
  private static final String ALL = SELECT + "ORDER BY c.id";

  private final Database database;
  private final Clock clock;

  JdbcCaCertificates(Database database, Clock clock) {
    this.database = database;
    this.clock = clock;
  }

  @Override
  public boolean add(Certificate certificate, Actor by) {
    return database.change(
        session -> {
          boolean isNew = CaCertificateRow.keep(session, certificate);
          if (isNew) {
            new EventLog(session, by, Moments.now(clock))
                .ofStore(Entry.of("ca.add").detail(Optional.of(certificate.fingerprint())));
          }
          return isNew;
        });
  }

  @Override
  public List<Certificate> withSubject(byte[] subject) {
    return database.read(session -> session.list(WITH_SUBJECT, CertificateRow::read, subject));
  }

  @Override
  public List<Certificate> list() {
    return database.read(session -> session.list(ALL, CertificateRow::read));
  }
}
