package org.certcollect.store.jdbc.table;

import java.time.Clock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.certcollect.store.CaCertificates;
import org.certcollect.store.domain.Actor;
import org.certcollect.store.jdbc.Database;
import org.certcollect.store.jdbc.Row;
import org.certcollect.store.jdbc.Timestamps;
import org.certcollect.store.jdbc.table.EventLog.Entry;
import org.certcollect.store.x509.Certificate;
import org.certcollect.store.x509.DistinguishedName;

/** The CA certificates of a store. Safe for use by many threads. */
final class JdbcCaCertificates implements CaCertificates {
  private static final String SELECT =
      "SELECT " + CertificateRow.COLUMNS + " FROM ca_certificate c ";
  private static final String WITH_SUBJECT =
      SELECT + "WHERE c.subject = ? ORDER BY c.not_before DESC, c.id DESC";

  /** Read from the index of subjects alone; a store has some dozens of them. */
  private static final String SUBJECTS =
      "SELECT DISTINCT subject FROM ca_certificate ORDER BY subject";

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
            new EventLog(session, by, Timestamps.now(clock))
                .ofStore(Entry.of("ca.add").detail(Optional.of(certificate.fingerprint())));
          }
          return isNew;
        });
  }

  @Override
  public List<Certificate> withSubject(DistinguishedName subject) {
    return database.read(
        session -> {
          List<Certificate> found = new ArrayList<>();
          // The same name may be written in several ways, which no index compares.
          for (byte[] written : session.list(SUBJECTS, Row::bytes)) {
            if (DistinguishedName.of(written).equals(subject)) {
              found.addAll(session.list(WITH_SUBJECT, CertificateRow::read, written));
            }
          }
          found.sort(Comparator.comparing(Certificate::notBefore).reversed());
          return List.copyOf(found);
        });
  }

  @Override
  public List<Certificate> list() {
    return database.read(session -> session.list(ALL, CertificateRow::read));
  }
}
