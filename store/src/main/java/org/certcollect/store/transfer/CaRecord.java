package org.certcollect.store.transfer;

import java.util.List;
import java.util.Optional;
import org.certcollect.store.x509.Certificate;

/**
 * A CA certificate with its history.
 *
 * @param events oldest first; no events if the certificate came with a chain; absent if the history
 *     is not known
 */
public record CaRecord(Certificate certificate, Optional<List<EventRecord>> events)
    implements TransferRecord {
  public CaRecord {
    events = events.map(List::copyOf);
  }
}
