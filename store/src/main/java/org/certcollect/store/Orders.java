package org.certcollect.store;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.certcollect.store.domain.Actor;
import org.certcollect.store.domain.CodeHash;
import org.certcollect.store.domain.CodeSeal;
import org.certcollect.store.domain.MailContact;
import org.certcollect.store.domain.OrderRemarks;
import org.certcollect.store.domain.OrderValidation;
import org.certcollect.store.domain.Product;
import org.certcollect.store.domain.RefusedException;
import org.certcollect.store.domain.SigningRequest;
import org.certcollect.store.x509.VerifiedChain;

/**
 * The orders of a {@link Store}. A change that the state of the order forbids is refused with a
 * {@link RefusedException} that has the reason, and so is an unknown number.
 */
public interface Orders {
  Order add(NewOrder order, Actor by);

  /** Changes an order that awaits payment to processing. */
  Order pay(long number, Actor by);

  /** Rejects an order that awaits payment or is being processed. */
  Order reject(long number, Optional<String> reason, Actor by);

  /**
   * Stores the certificate and its chain, and makes the order issued. For an issued order this is a
   * reissue: the newest certificate is served, and the older ones are kept. If the order has a
   * signing request, the end entity's key must be the key of the request. This ends a reissue that
   * is under way; if that has a request, it takes the place of the order's request. The validation
   * is then completed.
   *
   * <p>The certificate and chain that the order is served with already change nothing, unless a
   * reissue is under way.
   */
  Order issue(long number, VerifiedChain chain, Actor by);

  /**
   * Begins a reissue of an issued order. Until it ends, clients that name the order see an order
   * that is being processed; the present certificate is still found by its id.
   *
   * @param request the request for the next certificate; empty if the order's own is to be used
   *     again
   */
  Order reissue(long number, Optional<SigningRequest> request, Actor by);

  /**
   * Replaces the request of an order whose certificate is to come. For an issued order this begins
   * a reissue; if one is under way, it changes its request.
   */
  Order setRequest(long number, SigningRequest request, Actor by);

  /** The request that the next certificate is to be made from; else the one of the present one. */
  Optional<SigningRequest> request(long number);

  /** Moves an order to an account. If it is there already, nothing changes. */
  Order move(long number, String login, Actor by);

  /** Gives up a reissue that is under way. The order is as it was before. */
  Order cancelReissue(long number, Actor by);

  /**
   * Withholds the certificates of an order until it is released: clients see an issued order as one
   * that is being processed. Otherwise the order is as before, and a certificate may be issued for
   * it. The hold ends when the order is rejected or revoked. An order that is held already stays as
   * it is.
   */
  Order hold(long number, Optional<String> reason, Actor by);

  /** Ends a hold. An order that is not held stays as it is. */
  Order release(long number, Actor by);

  /** Changes the operator's remarks, given those that were there before. */
  Order setRemarks(long number, UnaryOperator<OrderRemarks> change, Actor by);

  /** Changes how the people of an order get e-mails, given how they did before. */
  Order setContact(long number, UnaryOperator<MailContact> change, Actor by);

  /** Changes the details of an order's validation, given those that were set before. */
  Order setValidation(long number, UnaryOperator<OrderValidation> change, Actor by);

  /** Revokes an issued order, and ends a reissue that is under way. */
  Order revoke(long number, Optional<String> reason, Actor by);

  /**
   * Replaces the collection code of a {@link Product#CCC} order. The former code is no longer
   * valid.
   *
   * @param seal encrypts the code for the e-mail that is to tell it
   */
  Order setCode(long number, CodeHash code, Optional<CodeSeal> seal, Actor by);

  /** Replaces the collection code of an order; no e-mail tells it. */
  default Order setCode(long number, CodeHash code, Actor by) {
    return setCode(number, code, Optional.empty(), by);
  }

  Optional<Order> find(long number);

  /** The order with a number, which must exist. */
  Order require(long number);

  /**
   * Counts the orders, which may take seconds for millions of them.
   *
   * @param horizons the times from now on for which expiring certificates are counted
   */
  OrderStatistics statistics(List<Duration> horizons);

  /** Some orders that wait for a certificate, because their request has this public key. */
  List<Order> waitingForKey(byte[] publicKey);

  /** Some orders that wait for a certificate, because their request is for this domain. */
  List<Order> waitingForDomain(String domain);

  /** Whether any order has a collection code. */
  boolean anyCode();

  List<Order> list(OrderFilter filter);

  /** All certificates ever issued for the order, the newest first. */
  List<IssuedReference> certificates(long number);
}
