package org.certcollect.store.jdbc.table;

import java.sql.SQLException;
import java.util.Optional;
import org.certcollect.store.IssuedReference;
import org.certcollect.store.jdbc.Row;

/** The mapping of references to certificates: key, notBefore, notAfter. */
final class ReferenceRow {
  private ReferenceRow() {}

  static IssuedReference read(Row row) throws SQLException {
    return new IssuedReference(row.number(), row.instant(), row.instant());
  }

  static Optional<IssuedReference> readOptional(Row row) throws SQLException {
    return row.nextIsNull() ? Optional.empty() : Optional.of(read(row));
  }
}
