package org.certcollect.store.jdbc.table;

import java.sql.SQLException;
import java.util.Optional;
import org.certcollect.store.jdbc.Row;
import org.certcollect.store.jdbc.Session;
import org.certcollect.store.x509.Certificate;

/** The mapping of CA certificates to their table; each is kept once, by its SHA-256. */
public final class CaCertificateRow {
  private static final String INSERT =
      Session.insert("ca_certificate", CertificateRow.INSERTED)
          + " ON CONFLICT (sha256) DO NOTHING";
  private static final String ID = "SELECT id FROM ca_certificate WHERE sha256 = ?";

  private CaCertificateRow() {}

  /** Whether the certificate was new. */
  public static boolean keep(Session session, Certificate certificate) throws SQLException {
    return session.update(INSERT, CertificateRow.values(certificate)) == 1;
  }

  /** The certificate's key in the table, where it is kept. */
  public static Optional<Long> id(Session session, Certificate certificate) throws SQLException {
    return session.first(ID, Row::number, certificate.sha256());
  }
}
