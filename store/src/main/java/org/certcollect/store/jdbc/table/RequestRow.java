package org.certcollect.store.jdbc.table;

import java.sql.SQLException;
import java.util.Optional;
import org.certcollect.store.domain.SigningRequest;
import org.certcollect.store.jdbc.Row;
import org.certcollect.store.jdbc.Session;

/**
 * The mapping of signing requests to their tables: {@code signing_request} has the request of an
 * order, {@code reissue_request} the one of a reissue that is under way.
 */
public final class RequestRow {
  /** The columns of {@link #values}. */
  public static final String INSERTED = "order_number, public_key, der";

  public static final String INSERT = Session.insert("signing_request", INSERTED);
  public static final String INSERT_PENDING = Session.insert("reissue_request", INSERTED);
  private static final String REPLACE =
      INSERT
          + " ON CONFLICT (order_number) DO UPDATE"
          + " SET public_key = excluded.public_key, der = excluded.der";
  private static final String KEY = "SELECT public_key FROM signing_request WHERE order_number = ?";
  private static final String TAKE_PENDING =
      "DELETE FROM reissue_request WHERE order_number = ? RETURNING der, public_key";

  private RequestRow() {}

  public static SigningRequest read(Row row) throws SQLException {
    return new SigningRequest(row.bytes("der"), row.bytes("public_key"));
  }

  public static Object[] values(long order, SigningRequest request) {
    return new Object[] {order, request.publicKey(), request.der()};
  }

  /** The public key of the order's request. */
  static Optional<byte[]> publicKey(Session session, long order) throws SQLException {
    return session.first(KEY, Row::bytes, order);
  }

  static void replace(Session session, long order, SigningRequest request) throws SQLException {
    session.update(REPLACE, values(order, request));
  }

  /** Removes and returns the request of the order's reissue. */
  static Optional<SigningRequest> takePending(Session session, long order) throws SQLException {
    return session.first(TAKE_PENDING, RequestRow::read, order);
  }
}
