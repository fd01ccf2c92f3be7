package org.certcollect.store.jdbc.table;

import java.sql.SQLException;
import java.util.Optional;
import org.certcollect.store.Collects;
import org.certcollect.store.IssuedReference;
import org.certcollect.store.domain.CodeHash;
import org.certcollect.store.domain.OrderState;
import org.certcollect.store.domain.Product;
import org.certcollect.store.domain.StoreException;
import org.certcollect.store.jdbc.Database;
import org.certcollect.store.jdbc.Row;
import org.certcollect.store.jdbc.Text;
import org.certcollect.store.x509.Certificate;
import org.certcollect.store.x509.VerifiedChain;

/** The reads behind a collect request. Safe for use by many threads. */
public final class JdbcCollects implements Collects {
  private static final String STATUS =
      "o.number, o.product, o.state, o.certificate_id, o.not_before, o.not_after";
  public static final String BY_LOGIN =
      "SELECT "
          + AccountRow.COLUMNS
          + ", "
          + STATUS
          + """
           FROM account a LEFT JOIN orders o ON o.number = ? AND o.account_id = a.id
          WHERE a.login = ?
          """;
  public static final String BY_CODE = "SELECT " + STATUS + " FROM orders o WHERE o.code_hash = ?";
  private static final String END_ENTITY =
      "SELECT c.chain_id, " + CertificateRow.COLUMNS + " FROM certificate c WHERE c.id = ?";

  private final Database database;

  JdbcCollects(Database database) {
    this.database = database;
  }

  @Override
  public Optional<AccountAndOrder> byLogin(String login, long orderNumber) {
    return Text.isStorable(login)
        ? database.read(s -> s.first(BY_LOGIN, JdbcCollects::both, orderNumber, login))
        : Optional.empty();
  }

  @Override
  public Optional<OrderStatus> byCode(CodeHash code) {
    return database.read(s -> s.first(BY_CODE, JdbcCollects::status, code.bytes()));
  }

  @Override
  public VerifiedChain chain(IssuedReference reference) {
    return database.read(
        session -> {
          EndEntity found =
              session
                  .first(END_ENTITY, EndEntity::read, reference.id())
                  .orElseThrow(
                      () -> new StoreException("there is no certificate " + reference.id()));
          return new VerifiedChain(found.certificate, ChainRow.issuers(session, found.chain));
        });
  }

  private static AccountAndOrder both(Row row) throws SQLException {
    boolean hasOrder = row.optionalNumber("number").isPresent();
    return new AccountAndOrder(
        AccountRow.read(row), hasOrder ? Optional.of(status(row)) : Optional.empty());
  }

  private static OrderStatus status(Row row) throws SQLException {
    return new OrderStatus(
        row.number("number"),
        row.oneOf(Product.class, "product"),
        row.oneOf(OrderState.class, "state"),
        OrderRow.certificate(row));
  }

  private record EndEntity(long chain, Certificate certificate) {
    static EndEntity read(Row row) throws SQLException {
      return new EndEntity(row.number("chain_id"), CertificateRow.read(row));
    }
  }
}
