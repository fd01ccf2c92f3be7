package org.certcollect.store;

import java.util.List;
import java.util.Optional;
import org.certcollect.store.domain.Actor;
import org.certcollect.store.domain.CodeHash;
import org.certcollect.store.domain.Product;
import org.certcollect.store.domain.RefusedException;
import org.certcollect.store.x509.VerifiedChain;

/**
 * The orders of a {@link Store}. What the order's state forbids is refused with a {@link
 * RefusedException} that says why; an unknown number likewise.
 */
public interface Orders {
  Order add(NewOrder order, Actor by);

  /** Moves an order that awaits payment on to being processed. */
  Order pay(long number, Actor by);

  /** Turns down an order that awaits payment or is being processed. */
  Order reject(long number, Optional<String> reason, Actor by);

  /**
   * Stores the certificate and its chain, and makes the order issued. On an issued order it is a
   * reissue: the newest certificate is served, the older ones are kept. Where the order has a
   * signing request, the end entity's key must be the request's.
   */
  Order issue(long number, VerifiedChain chain, Actor by);

  /** Revokes an issued order. */
  Order revoke(long number, Optional<String> reason, Actor by);

  /** Gives a {@link Product#CCC} order a new collection code; the one before it ends. */
  Order setCode(long number, CodeHash code, Actor by);

  Optional<Order> find(long number);

  /** Whether any order has a collection code. */
  boolean anyCode();

  List<Order> list(OrderFilter filter);

  /** All certificates ever issued for the order, the newest first. */
  List<IssuedReference> certificates(long number);
}
