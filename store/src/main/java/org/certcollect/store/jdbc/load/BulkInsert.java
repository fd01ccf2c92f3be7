package org.certcollect.store.jdbc.load;

import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.certcollect.store.transfer.EventRecord;
import org.certcollect.store.transfer.OrderRecord;

/**
 * Inserts new orders within one transaction, in the way that is fastest on a database. Used by one
 * thread, for one transaction.
 */
public interface BulkInsert {
  /**
   * An order with the key of its account.
   *
   * @param events its history, or the note that it was imported
   */
  record Item(OrderRecord order, long account, List<EventRecord> events) {
    public Item {
      events = List.copyOf(events);
    }
  }

  /** How long the transaction may take without others having to wait for long. */
  Duration longest();

  /** Takes an order; no number may come twice. */
  void add(Item item) throws SQLException;

  /** The numbers of those that were new, now inserted; nothing was done about the others. */
  Set<Long> finish() throws SQLException;
}
