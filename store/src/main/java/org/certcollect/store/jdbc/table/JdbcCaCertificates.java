package org.certcollect.store.jdbc.table;

import java.time.Clock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.certcollect.store.CaCertificates;
import org.certcollect.store.domain.Actor;
import org.certcollect.store.jdbc.Database;
import org.certcollect.store.jdbc.EventRow;
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

  private static final String BY_SHA256 = "SELECT id FROM ca_certificate WHERE sha256 = ?";
  private static final String REMOVE =
      """
      DELETE FROM ca_certificate WHERE id = ?
        AND NOT EXISTS (SELECT 1 FROM chain_member WHERE ca_certificate_id = ?)
      """;
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
  public void remove(String fingerprint, Actor by) {
    int unused =
        database.change(
            session -> {
              long id =
                  session
                      .first(BY_SHA256, Row::number, sha256(fingerprint))
                      .orElseThrow(() -> Refusals.unknownCa(fingerprint));
              // The condition also holds for a chain that another process has just begun to use.
              if (session.update(REMOVE, id, id) == 0) {
                throw Refusals.caInUse(fingerprint);
              }
              EventRecord event =
                  EventRecord.of(clock.instant(), by, "ca.remove").detail(Optional.of(fingerprint));
              EventRow.insert(session, OptionalLong.empty(), OptionalLong.empty(), event);
              return 1;
            });
  }

  private static byte[] sha256(String fingerprint) {
    try {
      return HexFormat.of().parseHex(fingerprint);
    } catch (IllegalArgumentException e) {
      throw Refusals.unknownCa(fingerprint);
    }
  }

  @Override
  public List<Certificate> list() {
    return database.read(session -> session.list(ALL, CertificateRow::read));
  }
}
