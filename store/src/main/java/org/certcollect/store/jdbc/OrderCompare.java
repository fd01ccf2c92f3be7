package org.certcollect.store.jdbc;

import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.certcollect.store.CodeHash;
import org.certcollect.store.transfer.OrderRecord;
import org.certcollect.store.transfer.Outcome;

/** Tells what becomes of orders beside those that may be there. */
final class OrderCompare {
  private static final String BY_CODE = "SELECT number FROM orders WHERE code_hash = ?";

  private final Session session;
  private final StoredOrders stored;

  OrderCompare(Session session) {
    this.session = session;
    this.stored = new StoredOrders(session);
  }

  /** The outcome of each of at most {@link StoredOrders#MOST} orders. */
  List<Outcome> compare(List<OrderRecord> orders) throws SQLException {
    Map<Long, OrderRecord> there = stored.read(orders.stream().map(OrderRecord::number).toList());
    Outcome[] outcomes = new Outcome[orders.size()];
    for (int i = 0; i < outcomes.length; i++) {
      OrderRecord order = orders.get(i);
      Optional<OrderRecord> same = Optional.ofNullable(there.get(order.number()));
      outcomes[i] = same.isPresent() ? beside(order, same.get()) : alone(order);
    }
    return List.of(outcomes);
  }

  private static Outcome beside(OrderRecord order, OrderRecord stored) {
    List<String> differences = order.differences(stored);
    return differences.isEmpty()
        ? Outcome.KNOWN
        : new Outcome.Refused(
            "there is an order %d already, with other %s"
                .formatted(order.number(), String.join(", ", differences)));
  }

  private Outcome alone(OrderRecord order) throws SQLException {
    Optional<byte[]> code = order.code().map(CodeHash::bytes);
    return code.isPresent() && session.first(BY_CODE, Row::number, code.get()).isPresent()
        ? new Outcome.Refused("its collection code belongs to another order")
        : Outcome.ADDED;
  }
}
