package org.certcollect.store;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.certcollect.store.domain.CodeHash;
import org.certcollect.store.domain.OrderState;
import org.certcollect.store.domain.OrderValidation;
import org.certcollect.store.domain.Product;
import org.certcollect.store.domain.StoreException;
import org.certcollect.store.x509.VerifiedChain;

/**
 * The reads that answer a collect request. They are the hot path: each takes at most a few indexed
 * statements, prepared once, and sees the last acknowledged change.
 */
public interface Collects {
  /**
   * An account and, if the number is one of its own orders, the status of that order.
   *
   * @param login any text that a caller sent
   */
  Optional<AccountAndOrder> byLogin(String login, long orderNumber);

  /**
   * An account and, if the id is that of a certificate of one of its own orders, the status of that
   * order with that certificate.
   *
   * @param login any text that a caller sent
   */
  Optional<AccountAndOrder> byCertificate(String login, long certificateId);

  /**
   * The results of {@link #byLogin(String, long)} for several claims, in their order. A store
   * across a network reads all of them together.
   */
  default List<Optional<AccountAndOrder>> byLogins(List<OrderClaim> claims) {
    return claims.stream().map(claim -> byLogin(claim.login(), claim.orderNumber())).toList();
  }

  /** The order that a collection code belongs to. */
  Optional<OrderStatus> byCode(CodeHash code);

  /**
   * An issued certificate with its chain; immutable, so that callers may cache what they derive
   * from it.
   *
   * @throws StoreException if no certificate has this id
   */
  VerifiedChain chain(IssuedReference reference);

  /**
   * The details of an order's validation, with the name that it is for.
   *
   * @param certificate the certificate whose name is wanted; empty for that of the newest request
   */
  ValidationDetails details(long orderNumber, Optional<IssuedReference> certificate);

  /**
   * The claim of a client to an order.
   *
   * @param login any text that a caller sent
   */
  record OrderClaim(String login, long orderNumber) {}

  /**
   * The details of an order's validation.
   *
   * @param domain the first domain name of the certificate or of the request; if neither has one,
   *     the first that the validation names
   * @param validation what was set, with defaults for the rest
   */
  record ValidationDetails(Optional<String> domain, OrderValidation validation) {
    /** No details. */
    public static final ValidationDetails NONE =
        new ValidationDetails(Optional.empty(), OrderValidation.NONE);
  }

  /**
   * An account with the order that the client asked for.
   *
   * @param order the order; present only if it belongs to the account
   * @param foreign whether the order exists and belongs to another account
   */
  record AccountAndOrder(Account account, Optional<OrderStatus> order, boolean foreign) {}

  /**
   * The status of an order, as far as a collect request needs it.
   *
   * @param state the order's state; but an issued order is being processed while it is held, and
   *     while a reissue is under way, unless it was found by a certificate
   * @param certificate present exactly when the state is issued or revoked
   * @param replaced whether the order has a newer certificate
   * @param since when the certificate was revoked, or since when it is withheld; only of an order
   *     that was found by a code and is revoked or held, and not if the event of the revocation is
   *     deleted or was never here
   * @param email the e-mail address of the order itself; only of one that was found by a code
   */
  record OrderStatus(
      long number,
      Product product,
      OrderState state,
      Optional<IssuedReference> certificate,
      boolean replaced,
      Optional<Instant> since,
      Optional<String> email) {
    public OrderStatus(
        long number,
        Product product,
        OrderState state,
        Optional<IssuedReference> certificate,
        boolean replaced) {
      this(number, product, state, certificate, replaced, Optional.empty(), Optional.empty());
    }

    /** The same order with the time of its revocation or hold. */
    public OrderStatus since(Optional<Instant> time) {
      return new OrderStatus(number, product, state, certificate, replaced, time, email);
    }

    /** The same order with an e-mail address. */
    public OrderStatus withEmail(Optional<String> address) {
      return new OrderStatus(number, product, state, certificate, replaced, since, address);
    }
  }
}
