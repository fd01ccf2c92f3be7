package org.certcollect.store.jdbc.table;

import java.time.Clock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.certcollect.store.CaCertificates;
import org.certcollect.store.domain.Actor;
import org.certcollect.store.jdbc.Database;
import org.certcollect.store.jdbc.Row;
import org.certcollect.store.transfer.EventRecord;
import org.certcollect.store.x509.Certificate;
import org.certcollect.store.x509.DistinguishedName;

/** The CA certificates of a store. Safe for use by many threads. */
record JdbcCaCertificates(Database database, Clock clock) implements CaCertificates {
  private static final String SELECT =
      "SELECT " + CertificateRow.COLUMNS + " FROM ca_certificate c ";
  private static final String WITH_SUBJECT =
      SELECT + "WHERE c.subject = ? ORDER BY c.not_before DESC, c.id DESC";

  /** Read from the index of subjects alone; a store has some dozens of them. */
  private static final String SUBJECTS =
      "SELECT DISTINCT subject FROM ca_certificate ORDER BY subject";

  private static final String ALL = SELECT + "ORDER BY c.id";

  @Override
  public boolean add(Certificate certificate, Actor by) {
    return database.change(
        session -> {
          boolean isNew = CaCertificateRow.keep(session, certificate);
          if (isNew) {
            EventRecord event =
                EventRecord.of(clock.instant(), by, "ca.add")
                    .detail(Optional.of(certificate.fingerprint()));
            EventRow.insert(session, OptionalLong.empty(), OptionalLong.empty(), event);
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
