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

  /** The longest time that the transaction may take, so that other writers wait only briefly. */
  Duration maxDuration();

  /** Adds an order; no number may come twice. */
  void add(Item item) throws SQLException;

  /** Inserts the new orders and returns their numbers; nothing was done about the others. */
  Set<Long> finish() throws SQLException;
}
