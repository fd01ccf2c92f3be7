package org.certcollect.store.jdbc.table;

import java.sql.SQLException;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.certcollect.store.Account;
import org.certcollect.store.Order;
import org.certcollect.store.domain.Actor;
import org.certcollect.store.domain.OrderState;
import org.certcollect.store.domain.OrderValidation;
import org.certcollect.store.domain.SigningRequest;
import org.certcollect.store.jdbc.EventRow;
import org.certcollect.store.jdbc.Row;
import org.certcollect.store.jdbc.Session;
import org.certcollect.store.jdbc.SqlDialect;
import org.certcollect.store.transfer.EventRecord;
import org.certcollect.store.x509.Certificate;
import org.certcollect.store.x509.VerifiedChain;

/**
 * The transition of one order to another state within a transaction, or the begin or the end of its
 * reissue. A change of the state needs no lock but the row's: the update holds only for the state
 * that was read.
 *
 * @param at the time that the order and its event carry
 */
record OrderTransition(Session session, SqlDialect dialect, long number, Actor by, Instant at) {
  private static final String UPDATE =
      """
      UPDATE orders SET state = ?, reason = ?, reissue_since = ?, processing_since = ?, changed_at = ?,
        held_since = CASE WHEN CAST(? AS BIGINT) = 1 THEN NULL ELSE held_since END
      WHERE number = ? AND state = ? AND reissue_since IS NOT DISTINCT FROM ?
      """;
  private static final String HOLD =
      """
      UPDATE orders SET held_since = ?, changed_at = ?
      WHERE number = ? AND (held_since IS NULL) = (CAST(? AS BIGINT) = 1)
        AND state NOT IN ('REJECTED', 'REVOKED')
      """;
  private static final String TOUCH = "UPDATE orders SET changed_at = ? WHERE number = ?";
  private static final String LOCK = "UPDATE orders SET state = state WHERE number = ?";
  private static final String SERVED =
      """
      SELECT c.sha256 FROM orders o JOIN certificate c ON c.id = o.certificate_id
      WHERE o.number = ? AND o.state = 'ISSUED' AND o.reissue_since IS NULL AND c.chain_id = ?
      """;
  private static final String MOVE =
      "UPDATE orders SET account_id = ?, changed_at = ? WHERE number = ? AND account_id = ?";
  private static final String INSERT_CERTIFICATE =
      Session.insert("certificate", "order_number, chain_id, issued_at, " + CertificateRow.INSERTED)
          + " RETURNING id";
  private static final String FIRST_KEY = "UPDATE certificate SET id = 1 WHERE id = ?";
  private static final String POINT =
      "UPDATE orders SET certificate_id = ?, not_before = ?, not_after = ?, issued_at = ? WHERE"
          + " number = ?";

  /** A rename of the account then comes before the event that names it, or after it. */
  private static final String LOCK_ACCOUNT = "SELECT login FROM account WHERE id = ? ";

  private static final String ACCOUNT = "SELECT account_id FROM orders WHERE number = ?";

  /**
   * Makes the change, which ends any reissue, and writes its event.
   *
   * @return the order as it was before
   */
  Order to(OrderState wanted, String action, Optional<String> reason, Optional<String> detail)
      throws SQLException {
    while (true) {
      Order order = OrderRow.require(session, number);
      if (!order.state().next().contains(wanted)) {
        throw Refusals.forbidden(order, wanted);
      }
      if (update(order, wanted, reason, Optional.empty())) {
        log(event(action).from(order.state().name()).to(wanted.name()).detail(detail));
        return order;
      }
    }
  }

  /** Begins or gives up a reissue and writes the event. */
  void reissue(boolean begin, EventRecord event) throws SQLException {
    while (true) {
      Order order = OrderRow.require(session, number);
      if (order.state() != OrderState.ISSUED || order.reissueSince().isPresent() == begin) {
        throw Refusals.reissue(order, begin);
      }
      Optional<Instant> since = begin ? Optional.of(at) : Optional.empty();
      if (update(order, order.state(), order.reason(), since)) {
        log(event);
        return;
      }
    }
  }

  private boolean update(
      Order order, OrderState state, Optional<String> reason, Optional<Instant> reissueSince)
      throws SQLException {
    Optional<Instant> processing =
        state == OrderState.PROCESSING ? Optional.of(at) : Optional.empty();
    return session.update(
            UPDATE,
            state,
            reason,
            reissueSince,
            processing,
            at,
            // Nothing hides that an order is rejected or revoked.
            state.next().isEmpty(),
            number,
            order.state(),
            order.reissueSince())
        == 1;
  }

  /** Begins or ends a hold; an order that is so already is not changed. */
  void hold(boolean begin, Optional<String> reason) throws SQLException {
    Optional<Instant> since = begin ? Optional.of(at) : Optional.empty();
    if (session.update(HOLD, since, at, number, begin) == 1) {
      log(event(begin ? "order.hold" : "order.release").detail(reason));
      return;
    }
    Order order = OrderRow.require(session, number);
    if (begin && order.state().next().isEmpty()) {
      throw Refusals.hold(order);
    }
  }

  /** Locks the row of the order, which counts as a change. */
  void touch() throws SQLException {
    if (session.update(TOUCH, at, number) == 0) {
      throw Refusals.unknownOrder(number);
    }
  }

  /** Issues a certificate, which is then the one that is served. */
  void issue(VerifiedChain chain) throws SQLException {
    Certificate endEntity = chain.endEntity();
    // First, for it locks the row: of two reissues the later certificate is the one that is served.
    session.update(LOCK, number);
    long chainId = ChainRow.keep(session, chain.issuers());
    if (isServed(endEntity, chainId)) {
      return;
    }
    Order before =
        to(
            OrderState.ISSUED,
            "order.issue",
            Optional.empty(),
            Optional.of(endEntity.fingerprint()));
    if (before.reissueSince().isPresent()) {
      search(() -> RequestRow.takeOverPending(session, number));
    }
    Optional<byte[]> wantedKey = RequestRow.publicKey(session, number);
    if (wantedKey.isPresent() && !endEntity.hasKey(wantedKey.get())) {
      throw Refusals.wrongKey(number);
    }
    Object[] values = CertificateRow.values(endEntity, number, chainId, at);
    long id = session.first(INSERT_CERTIFICATE, Row::number, values).orElseThrow();
    if (id < 1) {
      // SQLite counts on from the greatest key, and every key is negative if all certificates were
      // imported with the ids of another system.
      session.update(FIRST_KEY, id);
      id = 1;
    }
    Optional<OrderValidation> validation = ValidationRow.find(session, number);
    if (validation.isPresent()) {
      ValidationRow.replace(session, number, validation.get().completed());
    }
    session.update(POINT, id, endEntity.notBefore(), endEntity.notAfter(), at, number);
    SearchRow.insert(session, dialect.searchTable(), number, endEntity.searchTerms());
  }

  /** Whether an order without a reissue under way has this certificate, with this chain. */
  private boolean isServed(Certificate endEntity, long chainId) throws SQLException {
    return session
        .first(SERVED, Row::bytes, number, chainId)
        .filter(sha256 -> Arrays.equals(sha256, endEntity.sha256()))
        .isPresent();
  }

  /** Replaces the request for the certificate that is to come. */
  void request(SigningRequest request) throws SQLException {
    touch();
    Order order = OrderRow.require(session, number);
    if (order.state().next().isEmpty()) {
      throw Refusals.request(order);
    }
    boolean reissue = order.state() == OrderState.ISSUED;
    if (reissue && order.reissueSince().isEmpty()) {
      reissue(true, event("order.reissue").detail(Optional.of("new signing request")));
    } else {
      log(event("order.csr"));
    }
    String insert = reissue ? RequestRow.INSERT_PENDING : RequestRow.INSERT;
    search(() -> RequestRow.replace(session, insert, number, request));
  }

  /** Gives up the request of a reissue. */
  void deletePending() throws SQLException {
    search(() -> RequestRow.deletePending(session, number));
  }

  /** Changes what the order is found by: the terms of a request that is gone are gone as well. */
  void search(Change change) throws SQLException {
    List<String> before = SearchRow.stored(session, number);
    change.make();
    SearchRow.replace(session, dialect.searchTable(), number, before);
  }

  @FunctionalInterface
  interface Change {
    void make() throws SQLException;
  }

  /**
   * Moves the order to an account, unless it is there already. Its former account is locked before
   * the order, as {@link JdbcRetention} locks them, or each could wait for the other.
   */
  void move(String login) throws SQLException {
    String lock = LOCK_ACCOUNT + dialect.locks("FOR SHARE");
    while (true) {
      long former =
          session
              .first(ACCOUNT, Row::number, number)
              .orElseThrow(() -> Refusals.unknownOrder(number));
      Account account =
          AccountRow.find(session, login).orElseThrow(() -> Refusals.unknownAccount(login));
      if (account.id() == former) {
        return;
      }
      String from = session.first(lock, Row::text, former).orElseThrow();
      if (session.update(MOVE, account.id(), at, number, former) == 1) {
        log(event("order.move").detail(Optional.of(JdbcAccounts.movedFrom(from))));
        return;
      }
    }
  }

  EventRecord event(String action) {
    return EventRecord.of(at, by, action);
  }

  void log(EventRecord event) throws SQLException {
    long account = session.first(ACCOUNT, Row::number, number).orElseThrow();
    EventRow.insert(session, OptionalLong.of(account), OptionalLong.of(number), event);
  }
}
