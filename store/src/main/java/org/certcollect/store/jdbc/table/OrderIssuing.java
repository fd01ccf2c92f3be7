package org.certcollect.store.jdbc.table;

import java.sql.SQLException;
import java.util.Optional;
import org.certcollect.store.Order;
import org.certcollect.store.domain.OrderState;
import org.certcollect.store.domain.OrderValidation;
import org.certcollect.store.domain.SigningRequest;
import org.certcollect.store.jdbc.Row;
import org.certcollect.store.jdbc.Session;
import org.certcollect.store.x509.Certificate;
import org.certcollect.store.x509.VerifiedChain;

/**
 * The issuing of a certificate for an order, which is then the one that is served.
 *
 * @param transition the transition of the order
 */
record OrderIssuing(OrderTransition transition) {
  private static final String INSERT =
      "INSERT INTO certificate (order_number, chain_id, issued_at, "
          + CertificateRow.INSERTED
          + ") VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?) RETURNING id";
  private static final String POINT =
      "UPDATE orders SET certificate_id = ?, not_before = ?, not_after = ? WHERE number = ?";

  void issue(VerifiedChain chain) throws SQLException {
    Session session = transition.session();
    long number = transition.number();
    Certificate endEntity = chain.endEntity();
    // First, for it locks the row: of two reissues the later certificate is the one that is served.
    Order before =
        transition.to(
            OrderState.ISSUED,
            "order.issue",
            Optional.empty(),
            Optional.of(endEntity.fingerprint()));
    if (before.reissueSince().isPresent()) {
      Optional<SigningRequest> next = RequestRow.takePending(session, number);
      if (next.isPresent()) {
        RequestRow.replace(session, number, next.get());
      }
    }
    Optional<byte[]> wantedKey = RequestRow.publicKey(session, number);
    if (wantedKey.isPresent() && !endEntity.hasKey(wantedKey.get())) {
      throw Refusals.wrongKey(number);
    }
    long id =
        session
            .first(
                INSERT,
                Row::number,
                CertificateRow.values(
                    endEntity, number, ChainRow.keep(session, chain.issuers()), transition.at()))
            .orElseThrow();
    Optional<OrderValidation> validation = ValidationRow.find(session, number);
    if (validation.isPresent()) {
      ValidationRow.replace(session, number, validation.get().completed());
    }
    session.update(POINT, id, endEntity.notBefore(), endEntity.notAfter(), number);
  }
}
