package org.certcollect.store.jdbc.table;

import java.sql.SQLException;
import java.util.Optional;
import org.certcollect.store.domain.SigningRequest;
import org.certcollect.store.jdbc.Row;
import org.certcollect.store.jdbc.Session;
import org.certcollect.store.x509.RequestedName;

/**
 * The mapping of signing requests to their tables: {@code signing_request} has the request of an
 * order, {@code reissue_request} the one of a reissue that is under way.
 */
public final class RequestRow {
  /** The columns of {@link #values}. */
  public static final String INSERTED = "order_number, public_key, der, domain";

  public static final String INSERT = Session.insert("signing_request", INSERTED);
  public static final String INSERT_PENDING = Session.insert("reissue_request", INSERTED);
  private static final String REPLACING =
      " ON CONFLICT (order_number) DO UPDATE SET public_key = excluded.public_key,"
          + " der = excluded.der, domain = excluded.domain";
  private static final String EITHER =
      """
      SELECT r.der, r.public_key, 1 AS rank FROM reissue_request r WHERE r.order_number = ?
      UNION ALL
      SELECT r.der, r.public_key, 2 FROM signing_request r WHERE r.order_number = ?
      ORDER BY rank LIMIT 1
      """;
  private static final String TAKE_OVER =
      "INSERT INTO signing_request (%1$s) SELECT %1$s FROM reissue_request WHERE order_number = ?"
              .formatted(INSERTED)
          + REPLACING;
  private static final String KEY = "SELECT public_key FROM signing_request WHERE order_number = ?";
  private static final String DELETE_PENDING = "DELETE FROM reissue_request WHERE order_number = ?";

  /**
   * The orders that wait for a certificate. The order's own request counts only if its reissue has
   * no other one.
   */
  private static final String WAITING =
      OrderRow.SELECT
          + """
          WHERE o.number IN (
            SELECT r.order_number FROM signing_request r WHERE %1$s
              AND NOT EXISTS (SELECT 1 FROM reissue_request n WHERE n.order_number = r.order_number)
            UNION ALL SELECT r.order_number FROM reissue_request r WHERE %1$s)
          AND (o.state = 'PROCESSING' OR (o.state = 'ISSUED' AND o.reissue_since IS NOT NULL))
          LIMIT 20
          """;

  /** The part of a public key that is indexed, which every usual kind of key has. */
  static final int PART_BEGIN = 28;

  static final int PART_END = 44;

  /** The first argument is the part of the key that is indexed, the second the whole key. */
  public static final String WAITING_FOR_KEY =
      WAITING.formatted("substr(r.public_key, 29, 16) = ? AND r.public_key = ?");

  public static final String WAITING_FOR_DOMAIN = WAITING.formatted("lower(r.domain) = ?");

  private RequestRow() {}

  /** The request, whose name is read again if it is needed. */
  public static SigningRequest read(Row row) throws SQLException {
    return new SigningRequest(row.bytes("der"), row.bytes("public_key"), Optional.empty());
  }

  public static Object[] values(long order, SigningRequest request) {
    return new Object[] {
      order,
      request.publicKey(),
      request.der(),
      request.domain().orElseGet(() -> RequestedName.domain(request.der()))
    };
  }

  /** The request of the order's reissue, else of the order itself. */
  static Optional<SigningRequest> find(Session session, long order) throws SQLException {
    return session.first(EITHER, RequestRow::read, order, order);
  }

  /**
   * Replaces the request of the order, or of its reissue.
   *
   * @param insert the statement for one of them
   */
  static void replace(Session session, String insert, long order, SigningRequest request)
      throws SQLException {
    session.update(insert + REPLACING, values(order, request));
  }

  /** The public key of the order's request. */
  static Optional<byte[]> publicKey(Session session, long order) throws SQLException {
    return session.first(KEY, Row::bytes, order);
  }

  /** Makes the request of the order's reissue, if there is one, the request of the order. */
  static void takeOverPending(Session session, long order) throws SQLException {
    session.update(TAKE_OVER, order);
    deletePending(session, order);
  }

  static void deletePending(Session session, long order) throws SQLException {
    session.update(DELETE_PENDING, order);
  }
}
