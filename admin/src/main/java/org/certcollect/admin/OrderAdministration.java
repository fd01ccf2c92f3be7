package org.certcollect.admin;

import java.util.Optional;
import java.util.OptionalLong;
import org.certcollect.store.CollectionCodes;
import org.certcollect.store.NewOrder;
import org.certcollect.store.Order;
import org.certcollect.store.Store;
import org.certcollect.store.domain.Actor;
import org.certcollect.store.domain.Product;
import org.certcollect.store.domain.SigningRequest;

/** Operations on orders that need a collection code or a check of the reason. */
public final class OrderAdministration {
  private final Store store;
  private final Actor actor;
  private final CollectionCodeKey key;

  /**
   * Creates operations that are recorded in the name of an actor.
   *
   * @param key read, or created if there is none, for the first collection code
   */
  public OrderAdministration(Store store, Actor actor, CollectionCodeKey key) {
    this.store = store;
    this.actor = actor;
    this.key = key;
  }

  /**
   * The data of a new order.
   *
   * @param number the wanted number; empty for the next free one
   * @param paid whether its first state is processing; otherwise it is awaiting payment
   * @param request the request whose key the certificates must carry
   */
  public record Draft(
      String account,
      Product product,
      OptionalLong number,
      boolean paid,
      Optional<SigningRequest> request) {}

  /**
   * An order after a change of its collection code.
   *
   * @param code the generated code, which cannot be shown again; empty if the product has none
   */
  public record Changed(Order order, Optional<String> code) {}

  /** Adds an order. An order for a client certificate gets a new collection code. */
  public Changed add(Draft draft) {
    Optional<CollectionCodes> codes =
        draft.product() == Product.CCC ? Optional.of(key.use(actor)) : Optional.empty();
    Optional<String> code = codes.map(CollectionCodes::generate);
    Order order =
        store
            .orders()
            .add(
                new NewOrder(
                    draft.account(),
                    draft.product(),
                    draft.number(),
                    draft.paid(),
                    draft.request(),
                    codes.flatMap(made -> code.map(made::hash))),
                actor);
    return new Changed(order, code);
  }

  /** Gives an order a new collection code. The old one becomes invalid. */
  public Changed changeCode(long number) {
    CollectionCodes codes = key.use(actor);
    String code = codes.generate();
    return new Changed(store.orders().setCode(number, codes.hash(code), actor), Optional.of(code));
  }

  /** Rejects an order that awaits payment or is being processed. */
  public Order reject(long number, Optional<String> reason) {
    return store.orders().reject(number, reason.map(Reasons::check), actor);
  }

  /** Revokes the certificate of an issued order. */
  public Order revoke(long number, Optional<String> reason) {
    return store.orders().revoke(number, reason.map(Reasons::check), actor);
  }
}
