package org.certcollect.store.jdbc.load;

import java.sql.SQLException;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import org.certcollect.store.jdbc.CertificateKeys;
import org.certcollect.store.jdbc.EventRow;
import org.certcollect.store.transfer.EventRecord;
import org.certcollect.store.transfer.OrderRecord;

/**
 * An inserter of new orders within one transaction, in the way that is fastest on its database.
 * Used by one thread, for one transaction.
 */
public interface BulkInsert {
  /**
   * A new order with the key of its account.
   *
   * @param events its history, or one event that says that the order was imported
   */
  record Item(OrderRecord order, long account, List<EventRecord> events) {
    public Item {
      events = List.copyOf(events);
    }

    /** The keys that its certificates must have; none if they are to be given. */
    public List<Long> certificateKeys() {
      return order.certificateIds().stream().map(CertificateKeys::key).toList();
    }

    /** The row of one of its events. */
    public Object[] values(EventRecord event) {
      return EventRow.values(OptionalLong.of(account), OptionalLong.of(order.number()), event);
    }
  }

  /** Queues an order. The caller must not add the same number twice. */
  void add(Item item) throws SQLException;

  /**
   * Inserts the queued orders that are new, and returns their numbers. The others are not changed.
   */
  Set<Long> finish() throws SQLException;
}
