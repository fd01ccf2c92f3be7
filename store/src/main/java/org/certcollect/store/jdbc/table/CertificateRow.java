package org.certcollect.store.jdbc.table;

import java.sql.SQLException;
import java.util.Arrays;
import org.certcollect.store.jdbc.Row;
import org.certcollect.store.x509.Certificate;

/** The mapping of certificates to their table, {@code certificate} or {@code ca_certificate c}. */
public final class CertificateRow {
  public static final String COLUMNS =
      "c.der, c.sha256, c.subject, c.common_name, c.dns_name, c.not_before, c.not_after";

  /** The columns of {@link #values}. */
  public static final String INSERTED =
      "sha256, subject, common_name, dns_name, not_before, not_after, der";

  private CertificateRow() {}

  /** The values of a new row: those before the certificate, then the certificate's. */
  public static Object[] values(Certificate certificate, Object... before) {
    Object[] own = {
      certificate.sha256(),
      certificate.subject(),
      certificate.commonName(),
      certificate.dnsName(),
      certificate.notBefore(),
      certificate.notAfter(),
      certificate.der()
    };
    Object[] all = Arrays.copyOf(before, before.length + own.length);
    System.arraycopy(own, 0, all, before.length, own.length);
    return all;
  }

  public static Certificate read(Row row) throws SQLException {
    return new Certificate(
        row.bytes("der"),
        row.bytes("sha256"),
        row.bytes("subject"),
        row.optionalText("common_name"),
        row.optionalText("dns_name"),
        row.instant("not_before"),
        row.instant("not_after"));
  }
}
