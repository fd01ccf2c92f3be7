package org.certcollect.store.jdbc.table;

import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.certcollect.store.IssuedReference;
import org.certcollect.store.Order;
import org.certcollect.store.domain.CodeHash;
import org.certcollect.store.domain.MailAddress;
import org.certcollect.store.domain.MailContact;
import org.certcollect.store.domain.OrderRemarks;
import org.certcollect.store.domain.OrderState;
import org.certcollect.store.domain.Product;
import org.certcollect.store.jdbc.CertificateKeys;
import org.certcollect.store.jdbc.Row;
import org.certcollect.store.jdbc.Session;
import org.certcollect.store.transfer.CertificateRecord;
import org.certcollect.store.transfer.OrderRecord;
import org.certcollect.store.transfer.PendingReissue;
import org.certcollect.store.x509.Certificate;

/** The mapping of orders to their tables, {@code orders o} with the account. */
public final class OrderRow {
  // A join would let PostgreSQL choose, for each page of a list anew, between ways of unlike cost.
  public static final String SELECT =
      """
      SELECT o.number, (SELECT a.login FROM account a WHERE a.id = o.account_id) AS login,
        o.product, o.state, o.reason, o.created_at, o.changed_at,
        o.certificate_id, o.not_before, o.not_after, o.issued_at, o.processing_since,
        o.reissue_since, o.held_since, o.reference, o.note, o.email, o.language, o.no_mail,
        COALESCE(
          (SELECT COALESCE(c.common_name, c.dns_name) FROM certificate c
            WHERE c.id = o.certificate_id),
          (SELECT NULLIF(r.domain, '') FROM signing_request r WHERE r.order_number = o.number))
          AS name
      FROM orders o
      """;

  /** The columns of {@link #values(OrderRecord, long, long)}. */
  public static final String INSERTED =
      "number, account_id, product, state, reason, created_at, changed_at, certificate_id,"
          + " not_before, not_after, code_hash, reissue_since, issued_at,"
          + " processing_since, held_since, reference, note, email, language, no_mail";

  private static final String BY_NUMBER = SELECT + "WHERE o.number = ?";

  private OrderRow() {}

  static Optional<Order> find(Session session, long number) throws SQLException {
    return session.first(BY_NUMBER, OrderRow::read, number);
  }

  static Order require(Session session, long number) throws SQLException {
    return find(session, number).orElseThrow(() -> Refusals.unknownOrder(number));
  }

  public static Order read(Row row) throws SQLException {
    OrderState state = row.oneOf(OrderState.class, "state");
    return new Order(
        row.number("number"),
        row.text("login"),
        row.oneOf(Product.class, "product"),
        state,
        row.optionalText("reason"),
        row.instant("created_at"),
        row.instant("changed_at"),
        certificate(row),
        row.optionalInstant("issued_at"),
        row.optionalInstant("processing_since").filter(t -> state == OrderState.PROCESSING),
        row.optionalInstant("reissue_since"),
        row.optionalInstant("held_since"),
        remarks(row),
        contact(row),
        row.optionalText("name"));
  }

  static MailContact contact(Row row) throws SQLException {
    return new MailContact(
        row.optionalText("email").map(MailAddress::new),
        row.optionalText("language"),
        row.flag("no_mail"));
  }

  static OrderRemarks remarks(Row row) throws SQLException {
    return new OrderRemarks(row.optionalText("reference"), row.optionalText("note"));
  }

  /** The certificate that is served for the order, if one was issued. */
  static Optional<IssuedReference> certificate(Row row) throws SQLException {
    return row.optionalNumber("certificate_id").isPresent()
        ? Optional.of(reference(row))
        : Optional.empty();
  }

  static IssuedReference reference(Row row) throws SQLException {
    return new IssuedReference(
        CertificateKeys.id(row.number("certificate_id")),
        row.instant("not_before"),
        row.instant("not_after"));
  }

  /**
   * The values of a new row.
   *
   * @param account the key of the account
   * @param certificate the key of the newest certificate; ignored if there is none
   */
  public static Object[] values(OrderRecord order, long account, long certificate) {
    List<CertificateRecord> all = order.certificates();
    Optional<CertificateRecord> newest =
        all.isEmpty() ? Optional.empty() : Optional.of(all.get(all.size() - 1));
    Optional<Certificate> served = newest.map(there -> there.chain().endEntity());
    return new Object[] {
      order.number(),
      account,
      order.product(),
      order.state(),
      order.reason(),
      order.created(),
      order.changed(),
      served.map(there -> certificate),
      served.map(Certificate::notBefore),
      served.map(Certificate::notAfter),
      order.code().map(CodeHash::bytes),
      order.reissue().map(PendingReissue::since),
      newest.map(CertificateRecord::issued),
      order.processingSince(),
      order.heldSince(),
      order.remarks().reference(),
      order.remarks().note(),
      order.contact().email().map(MailAddress::value),
      order.contact().language(),
      order.contact().optedOut()
    };
  }
}
