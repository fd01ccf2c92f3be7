package org.certcollect.store.jdbc.load;

import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.certcollect.store.domain.Actor;
import org.certcollect.store.jdbc.Session;
import org.certcollect.store.jdbc.table.CaCertificateRow;
import org.certcollect.store.jdbc.table.EventRow;
import org.certcollect.store.transfer.CaRecord;
import org.certcollect.store.transfer.EventRecord;
import org.certcollect.store.transfer.Outcome;

/** The load of one CA certificate within a transaction. */
final class CaLoad {
  private CaLoad() {}

  static Outcome load(Session session, CaRecord ca, Actor by, Instant now) throws SQLException {
    if (!CaCertificateRow.keep(session, ca.certificate())) {
      return Outcome.KNOWN;
    }
    for (EventRecord event : ca.events().orElseGet(() -> List.of(note(ca, by, now)))) {
      EventRow.insert(session, OptionalLong.empty(), OptionalLong.empty(), event);
    }
    return Outcome.ADDED;
  }

  private static EventRecord note(CaRecord ca, Actor by, Instant now) {
    return new EventRecord(
        now,
        by,
        "ca.import",
        Optional.empty(),
        Optional.empty(),
        Optional.of(ca.certificate().fingerprint()));
  }
}
