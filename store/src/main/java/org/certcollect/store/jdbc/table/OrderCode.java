package org.certcollect.store.jdbc.table;

import java.sql.SQLException;
import java.util.Optional;
import org.certcollect.store.domain.CodeHash;
import org.certcollect.store.jdbc.Row;
import org.certcollect.store.jdbc.Session;

/** The rule that a collection code belongs to one order only. */
final class OrderCode {
  private static final String OTHER =
      "SELECT number FROM orders WHERE code_hash = ? AND number <> ?";

  private OrderCode() {}

  /**
   * Refuses a code that another order has, with a clear message. The unique index is what keeps two
   * simultaneous changes apart.
   */
  static void requireFree(Session session, Optional<CodeHash> code, long number)
      throws SQLException {
    if (code.isPresent()
        && session.first(OTHER, Row::number, code.get().bytes(), number).isPresent()) {
      throw Refusals.codeTaken();
    }
  }
}
