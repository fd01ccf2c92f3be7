package org.certcollect.store.jdbc.load;

import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.certcollect.store.domain.CodeHash;
import org.certcollect.store.jdbc.CertificateKeys;
import org.certcollect.store.jdbc.Row;
import org.certcollect.store.jdbc.Session;
import org.certcollect.store.transfer.OrderRecord;
import org.certcollect.store.transfer.Outcome;
import org.certcollect.store.transfer.TransferRecord;

/** The comparison of loaded orders with the stored orders of the same numbers. */
final class OrderCompare {
  private static final String BY_CODE = "SELECT number FROM orders WHERE code_hash = ?";

  private static final String OF_CERTIFICATE = "SELECT order_number FROM certificate WHERE id = ?";

  private final Session session;
  private final StoredOrders stored;

  OrderCompare(Session session) {
    this.session = session;
    this.stored = new StoredOrders(session);
  }

  /**
   * Sets the outcomes of orders; it compares many orders with few statements.
   *
   * @param orders the indexes of the orders among the records
   */
  void compare(List<TransferRecord> records, List<Integer> orders, Outcome[] outcomes)
      throws SQLException {
    for (int from = 0; from < orders.size(); from += StoredOrders.MAX) {
      List<Integer> some = orders.subList(from, Math.min(orders.size(), from + StoredOrders.MAX));
      Map<Long, OrderRecord> there =
          stored.read(some.stream().map(i -> ((OrderRecord) records.get(i)).number()).toList());
      for (int i : some) {
        OrderRecord order = (OrderRecord) records.get(i);
        Optional<OrderRecord> same = Optional.ofNullable(there.get(order.number()));
        outcomes[i] = same.isPresent() ? beside(order, same.get()) : alone(order);
      }
    }
  }

  private static Outcome beside(OrderRecord order, OrderRecord stored) {
    List<String> differences = order.differences(stored);
    return differences.isEmpty()
        ? Outcome.KNOWN
        : new Outcome.Refused(
            String.format(
                Locale.ROOT,
                "order %d already exists and differs in: %s",
                order.number(),
                String.join(", ", differences)),
            differences.equals(List.of(OrderRecord.CERTIFICATE_IDS)));
  }

  private Outcome alone(OrderRecord order) throws SQLException {
    Optional<byte[]> code = order.code().map(CodeHash::bytes);
    if (code.isPresent() && session.first(BY_CODE, Row::number, code.get()).isPresent()) {
      return new Outcome.Refused("its collection code belongs to another order");
    }
    for (long id : order.certificateIds()) {
      Optional<Long> owner = session.first(OF_CERTIFICATE, Row::number, CertificateKeys.key(id));
      if (owner.isPresent()) {
        return new Outcome.Refused(
            String.format(
                Locale.ROOT,
                "its certificate id %d belongs to a certificate of order %d: give it a new id",
                id,
                owner.get()),
            true);
      }
    }
    return Outcome.ADDED;
  }
}
