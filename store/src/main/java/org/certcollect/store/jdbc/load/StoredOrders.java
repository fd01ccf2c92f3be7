package org.certcollect.store.jdbc.load;

import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.certcollect.store.Order;
import org.certcollect.store.domain.CodeHash;
import org.certcollect.store.domain.OrderValidation;
import org.certcollect.store.domain.SigningRequest;
import org.certcollect.store.jdbc.BoundedMap;
import org.certcollect.store.jdbc.CertificateKeys;
import org.certcollect.store.jdbc.EventRow;
import org.certcollect.store.jdbc.Row;
import org.certcollect.store.jdbc.Session;
import org.certcollect.store.jdbc.table.CertificateRow;
import org.certcollect.store.jdbc.table.ChainRow;
import org.certcollect.store.jdbc.table.OrderRow;
import org.certcollect.store.jdbc.table.RequestRow;
import org.certcollect.store.jdbc.table.ValidationRow;
import org.certcollect.store.transfer.CertificateRecord;
import org.certcollect.store.transfer.EventRecord;
import org.certcollect.store.transfer.OrderRecord;
import org.certcollect.store.transfer.PendingReissue;
import org.certcollect.store.x509.Certificate;
import org.certcollect.store.x509.VerifiedChain;

/**
 * A reader of orders with their certificates, requests and history; it reads many orders with few
 * statements. Used by one thread at a time.
 */
public final class StoredOrders {
  /** The maximum number of orders of one {@link #read}. */
  static final int MAX = 250;

  private static final int MAX_CHAINS = 5_000;
  // One statement serves any count: unneeded arguments repeat the last number.
  private static final String IN = " IN (" + "?, ".repeat(MAX - 1) + "?) ";
  private static final String ORDERS = OrderRow.SELECT + "WHERE o.number" + IN;
  private static final String CODES =
      "SELECT number AS order_number, code_hash FROM orders WHERE code_hash IS NOT NULL AND number"
          + IN;
  private static final String REQUESTS =
      "SELECT order_number, der, public_key FROM signing_request WHERE order_number" + IN;
  private static final String REISSUE_REQUESTS =
      "SELECT order_number, der, public_key FROM reissue_request WHERE order_number" + IN;
  private static final String VALIDATIONS =
      "SELECT v.order_number, "
          + ValidationRow.COLUMNS
          + " FROM validation v WHERE v.order_number"
          + IN;
  public static final String CERTIFICATES =
      "SELECT c.id, c.order_number, c.chain_id, c.issued_at, "
          + CertificateRow.COLUMNS
          + " FROM certificate c WHERE c.order_number"
          + IN
          + "ORDER BY c.id";
  public static final String EVENTS =
      "SELECT e.order_number, "
          + EventRow.COLUMNS
          + " FROM event e WHERE e.order_number"
          + IN
          + "ORDER BY e.id";

  private final Session session;
  private final Map<Long, List<Certificate>> chains = new BoundedMap<>(MAX_CHAINS);

  StoredOrders(Session session) {
    this.session = session;
  }

  /** The orders that exist among the given numbers, by number. */
  Map<Long, OrderRecord> read(List<Long> numbers) throws SQLException {
    Map<Long, OrderRecord> records = new HashMap<>();
    if (!numbers.isEmpty()) {
      for (OrderRecord order : complete(session.list(ORDERS, OrderRow::read, padded(numbers)))) {
        records.put(order.number(), order);
      }
    }
    return Collections.unmodifiableMap(records);
  }

  /** The records of at most {@link #MAX} orders, in the same order. */
  List<OrderRecord> complete(List<Order> orders) throws SQLException {
    if (orders.isEmpty()) {
      return List.of();
    }
    Object[] numbers = padded(orders.stream().map(Order::number).toList());
    Map<Long, List<CodeHash>> codes =
        byOrder(CODES, row -> new CodeHash(row.bytes("code_hash")), numbers);
    Map<Long, List<SigningRequest>> requests = byOrder(REQUESTS, RequestRow::read, numbers);
    Map<Long, List<SigningRequest>> next = byOrder(REISSUE_REQUESTS, RequestRow::read, numbers);
    Map<Long, List<OrderValidation>> validations =
        byOrder(VALIDATIONS, ValidationRow::read, numbers);
    Map<Long, List<Issued>> certificates = byOrder(CERTIFICATES, Issued::read, numbers);
    Map<Long, List<EventRecord>> events = byOrder(EVENTS, EventRow::read, numbers);
    List<OrderRecord> records = new ArrayList<>();
    for (Order order : orders) {
      long number = order.number();
      records.add(
          new OrderRecord(
              number,
              order.account(),
              order.product(),
              order.state(),
              order.reason(),
              order.created(),
              order.changed(),
              withChains(certificates.getOrDefault(number, List.of())),
              first(requests, number),
              first(codes, number),
              order.reissueSince().map(since -> new PendingReissue(since, first(next, number))),
              first(validations, number),
              order.heldSince(),
              order.remarks(),
              order.contact(),
              Optional.of(events.getOrDefault(number, List.of()))));
    }
    return records;
  }

  private static <T> Optional<T> first(Map<Long, List<T>> byOrder, long number) {
    return byOrder.getOrDefault(number, List.of()).stream().findFirst();
  }

  private List<CertificateRecord> withChains(List<Issued> certificates) throws SQLException {
    List<CertificateRecord> records = new ArrayList<>();
    for (Issued issued : certificates) {
      List<Certificate> issuers = chains.get(issued.chain);
      if (issuers == null) {
        issuers = ChainRow.issuers(session, issued.chain);
        chains.put(issued.chain, issuers);
      }
      records.add(
          new CertificateRecord(
              issued.at,
              new VerifiedChain(issued.certificate, issuers),
              true,
              OptionalLong.of(issued.id)));
    }
    return records;
  }

  private <T> Map<Long, List<T>> byOrder(String sql, Row.Reader<T> reader, Object[] numbers)
      throws SQLException {
    Map<Long, List<T>> byOrder = new HashMap<>();
    session.list(
        sql,
        row ->
            byOrder
                .computeIfAbsent(row.number("order_number"), number -> new ArrayList<>())
                .add(reader.read(row)),
        numbers);
    return byOrder;
  }

  public static Object[] padded(List<Long> numbers) {
    List<Long> padded = new ArrayList<>(numbers);
    padded.addAll(Collections.nCopies(MAX - numbers.size(), numbers.get(numbers.size() - 1)));
    return padded.toArray();
  }

  private record Issued(long id, long chain, Instant at, Certificate certificate) {
    static Issued read(Row row) throws SQLException {
      return new Issued(
          CertificateKeys.id(row.number("id")),
          row.number("chain_id"),
          row.instant("issued_at"),
          CertificateRow.read(row));
    }
  }
}
