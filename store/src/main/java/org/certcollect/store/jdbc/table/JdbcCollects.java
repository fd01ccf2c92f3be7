package org.certcollect.store.jdbc.table;

import java.sql.SQLException;
import java.util.Optional;
import java.util.OptionalLong;
import org.certcollect.store.Account;
import org.certcollect.store.Collects;
import org.certcollect.store.IssuedReference;
import org.certcollect.store.domain.CodeHash;
import org.certcollect.store.domain.MailContact;
import org.certcollect.store.domain.OrderState;
import org.certcollect.store.domain.OrderValidation;
import org.certcollect.store.domain.OrderValidation.ValidatedDomain;
import org.certcollect.store.domain.Product;
import org.certcollect.store.domain.StoreException;
import org.certcollect.store.jdbc.CertificateKeys;
import org.certcollect.store.jdbc.Database;
import org.certcollect.store.jdbc.Row;
import org.certcollect.store.jdbc.Text;
import org.certcollect.store.x509.Certificate;
import org.certcollect.store.x509.RequestedName;
import org.certcollect.store.x509.VerifiedChain;

/** The reads behind a collect request. Safe for use by many threads. */
public record JdbcCollects(Database database) implements Collects {
  public static final String STATUS =
      "o.number, o.product, o.state, o.certificate_id, o.not_before, o.not_after, o.reissue_since,"
          + " o.held_since";
  public static final String BY_LOGIN =
      "SELECT "
          + AccountRow.COLUMNS
          + ", "
          + STATUS
          + """
          , o.account_id AS owner
          FROM account a LEFT JOIN orders o ON o.number = ?
          WHERE a.login = ?
          """;

  public static final String BY_CERTIFICATE =
      "SELECT "
          + AccountRow.COLUMNS
          + """
          , o.number, o.product, o.state, o.held_since,
            o.account_id AS owner, o.certificate_id AS newest,
            c.id AS certificate_id, c.not_before, c.not_after
          FROM account a LEFT JOIN certificate c ON c.id = ?
            LEFT JOIN orders o ON o.number = c.order_number
          WHERE a.login = ?
          """;
  public static final String DETAILS =
      "SELECT "
          + ValidationRow.COLUMNS
          + """
          , o.certificate_id, COALESCE(c.dns_name, c.common_name) AS domain,
            COALESCE(p.domain, r.domain) AS requested,
            CASE WHEN COALESCE(p.domain, r.domain) IS NULL THEN r.der END AS request
          FROM orders o LEFT JOIN certificate c ON c.id = COALESCE(CAST(? AS BIGINT), o.certificate_id)
            LEFT JOIN validation v ON v.order_number = o.number
            LEFT JOIN reissue_request p ON p.order_number = o.number
            LEFT JOIN signing_request r ON r.order_number = o.number
          WHERE o.number = ?
          """;
  public static final String BY_CODE =
      "SELECT "
          + STATUS
          + """
          , CASE WHEN o.state = 'REVOKED' THEN
              (SELECT MAX(e.at) FROM event e WHERE e.order_number = o.number AND e.action = 'order.revoke')
              ELSE o.held_since END AS since,
            o.email
          FROM orders o WHERE o.code_hash = ?
          """;

  /** The reader of a row with an account, a status and the owner of the order. */
  public static final Row.Reader<AccountAndOrder> ACCOUNT_AND_ORDER = both(JdbcCollects::status);

  private static final String END_ENTITY =
      "SELECT c.chain_id, " + CertificateRow.COLUMNS + " FROM certificate c WHERE c.id = ?";

  @Override
  public Optional<AccountAndOrder> byLogin(String login, long orderNumber) {
    return Text.isStorable(login)
        ? database.read(s -> s.first(BY_LOGIN, ACCOUNT_AND_ORDER, orderNumber, login))
        : Optional.empty();
  }

  @Override
  public Optional<AccountAndOrder> byCertificate(String login, long certificateId) {
    long key = CertificateKeys.key(certificateId);
    return Text.isStorable(login)
        ? database.read(s -> s.first(BY_CERTIFICATE, both(JdbcCollects::ofCertificate), key, login))
        : Optional.empty();
  }

  @Override
  public ValidationDetails details(long orderNumber, Optional<IssuedReference> certificate) {
    Optional<Long> key = certificate.map(found -> CertificateKeys.key(found.id()));
    return database
        .read(s -> s.first(DETAILS, row -> details(row, key.isPresent()), key, orderNumber))
        .orElseThrow(() -> new StoreException("there is no order " + orderNumber));
  }

  private static ValidationDetails details(Row row, boolean ofCertificate) throws SQLException {
    Optional<String> issued = row.optionalText("domain").filter(OrderValidation::isDomain);
    Optional<byte[]> unread = Optional.ofNullable(row.bytes("request"));
    // Only a request from before its domain was stored has to be parsed for it.
    Optional<String> requested =
        row.optionalText("requested").or(() -> unread.map(RequestedName::domain));
    boolean wasIssued = row.optionalNumber("certificate_id").isPresent();
    OrderValidation validation =
        ValidationRow.readIfThere(row).withDefaults(wasIssued, requested.isPresent());
    Optional<String> ofRequest = requested.filter(name -> !name.isEmpty());
    Optional<String> first = ofCertificate ? issued : ofRequest;
    return new ValidationDetails(
        first
            .or(() -> ofCertificate ? ofRequest : issued)
            .or(() -> validation.domains().stream().findFirst().map(ValidatedDomain::name)),
        validation);
  }

  @Override
  public Optional<OrderStatus> byCode(CodeHash code) {
    return database.read(
        s ->
            s.first(
                BY_CODE,
                row ->
                    status(row)
                        .since(row.optionalInstant("since"))
                        .withEmail(row.optionalText("email")),
                code.bytes()));
  }

  @Override
  public VerifiedChain chain(IssuedReference reference) {
    return database.read(
        session -> {
          EndEntity found =
              session
                  .first(END_ENTITY, EndEntity::read, CertificateKeys.key(reference.id()))
                  .orElseThrow(
                      () -> new StoreException("there is no certificate " + reference.id()));
          return new VerifiedChain(found.certificate, ChainRow.issuers(session, found.chain));
        });
  }

  private static Row.Reader<AccountAndOrder> both(Row.Reader<OrderStatus> status) {
    return row -> {
      Account account = AccountRow.read(row, MailContact.NONE);
      OptionalLong owner = row.optionalNumber("owner");
      boolean own = owner.isPresent() && owner.getAsLong() == account.id();
      return new AccountAndOrder(
          account,
          own ? Optional.of(status.read(row)) : Optional.empty(),
          owner.isPresent() && !own);
    };
  }

  private static OrderStatus status(Row row) throws SQLException {
    return status(row, row.optionalNumber("reissue_since").isPresent(), false);
  }

  private static OrderStatus ofCertificate(Row row) throws SQLException {
    return status(row, false, row.number("certificate_id") != row.number("newest"));
  }

  private static OrderStatus status(Row row, boolean reissue, boolean replaced)
      throws SQLException {
    OrderState state = row.oneOf(OrderState.class, "state");
    boolean withheld =
        state == OrderState.ISSUED && (reissue || row.optionalNumber("held_since").isPresent());
    return new OrderStatus(
        row.number("number"),
        row.oneOf(Product.class, "product"),
        withheld ? OrderState.PROCESSING : state,
        withheld ? Optional.empty() : OrderRow.certificate(row),
        replaced && !withheld);
  }

  private record EndEntity(long chain, Certificate certificate) {
    static EndEntity read(Row row) throws SQLException {
      return new EndEntity(row.number("chain_id"), CertificateRow.read(row));
    }
  }
}
