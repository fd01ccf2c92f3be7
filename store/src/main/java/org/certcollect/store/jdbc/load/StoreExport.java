package org.certcollect.store.jdbc.load;

import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.certcollect.store.Account;
import org.certcollect.store.Order;
import org.certcollect.store.OrderFilter;
import org.certcollect.store.jdbc.EventRow;
import org.certcollect.store.jdbc.Row;
import org.certcollect.store.jdbc.Session;
import org.certcollect.store.jdbc.SqlDialect;
import org.certcollect.store.jdbc.table.AccountRow;
import org.certcollect.store.jdbc.table.CertificateRow;
import org.certcollect.store.jdbc.table.OrderListQuery;
import org.certcollect.store.transfer.CaRecord;
import org.certcollect.store.transfer.EventRecord;
import org.certcollect.store.transfer.OrderRecord;
import org.certcollect.store.transfer.Selection;
import org.certcollect.store.transfer.TransferRecord;
import org.certcollect.store.x509.Certificate;

/** The export of records, page by page, all read in one transaction. */
final class StoreExport {
  private static final int PAGE = StoredOrders.MAX;
  private static final String CA_CERTIFICATES =
      "SELECT c.id, "
          + CertificateRow.COLUMNS
          + " FROM ca_certificate c WHERE c.id > ? ORDER BY c.id LIMIT ?";
  private static final String CA_EVENTS =
      "SELECT "
          + EventRow.COLUMNS
          + """
           FROM event e
          WHERE e.account_id IS NULL AND e.order_number IS NULL AND e.detail IS NOT NULL
          ORDER BY e.id
          """;

  private final SqlDialect dialect;
  private final Session session;
  private final Consumer<TransferRecord> to;

  StoreExport(SqlDialect dialect, Session session, Consumer<TransferRecord> to) {
    this.dialect = dialect;
    this.session = session;
    this.to = to;
  }

  void write(Selection selection) throws SQLException {
    writeCaCertificates();
    if (selection.account().isPresent()) {
      Optional<Account> account = AccountRow.find(session, selection.account().get());
      if (account.isPresent()) {
        to.accept(AccountLoad.complete(session, account.get()));
      }
    } else {
      writeAccounts();
    }
    writeOrders(selection);
  }

  private void writeCaCertificates() throws SQLException {
    Map<String, List<EventRecord>> events = new HashMap<>();
    session.list(
        CA_EVENTS,
        row ->
            events.merge(
                row.text("detail"),
                List.of(EventRow.read(row)),
                (some, more) -> Stream.of(some, more).flatMap(List::stream).toList()));
    List<Ca> page = session.list(CA_CERTIFICATES, Ca::read, 0, PAGE);
    while (!page.isEmpty()) {
      for (Ca ca : page) {
        List<EventRecord> history = events.getOrDefault(ca.certificate.fingerprint(), List.of());
        to.accept(new CaRecord(ca.certificate, Optional.of(history)));
      }
      page = session.list(CA_CERTIFICATES, Ca::read, page.get(page.size() - 1).id, PAGE);
    }
  }

  private void writeAccounts() throws SQLException {
    List<Account> page = session.list(AccountRow.PAGE, AccountRow::read, "", PAGE);
    while (!page.isEmpty()) {
      for (Account account : page) {
        to.accept(AccountLoad.complete(session, account));
      }
      String last = page.get(page.size() - 1).login();
      page = session.list(AccountRow.PAGE, AccountRow::read, last, PAGE);
    }
  }

  private void writeOrders(Selection selection) throws SQLException {
    StoredOrders stored = new StoredOrders(session);
    long left = selection.limit();
    List<Order> page = page(selection, selection.after(), left);
    while (!page.isEmpty()) {
      for (OrderRecord order : stored.complete(page)) {
        to.accept(order);
      }
      left -= page.size();
      page = page(selection, page.get(page.size() - 1).number(), left);
    }
  }

  private List<Order> page(Selection selection, long after, long left) throws SQLException {
    if (left <= 0) {
      return List.of();
    }
    return OrderListQuery.list(
        session,
        dialect,
        OrderFilter.first((int) Math.min(PAGE, left))
            .withAccount(selection.account())
            .withState(selection.state())
            .withProduct(selection.product())
            .withAfter(after, Optional.empty()));
  }

  private record Ca(long id, Certificate certificate) {
    static Ca read(Row row) throws SQLException {
      return new Ca(row.number("id"), CertificateRow.read(row));
    }
  }
}
