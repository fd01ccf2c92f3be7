package org.certcollect.admin;

import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;
import org.certcollect.store.CollectionCodes;
import org.certcollect.store.NewOrder;
import org.certcollect.store.Order;
import org.certcollect.store.Store;
import org.certcollect.store.domain.Actor;
import org.certcollect.store.domain.MailContact;
import org.certcollect.store.domain.OrderRemarks;
import org.certcollect.store.domain.OrderValidation;
import org.certcollect.store.domain.Product;
import org.certcollect.store.domain.SigningRequest;
import org.certcollect.store.x509.ChainBuilder;
import org.certcollect.store.x509.ChainWarnings;
import org.certcollect.store.x509.ParsedCertificate;
import org.certcollect.store.x509.UnknownAlgorithms;
import org.certcollect.store.x509.VerifiedChain;

/** Operations on orders that need a collection code, a chain or a check of the reason. */
public final class OrderAdministration {
  private static final int MAX_REASON_LENGTH = 500;

  private final Store store;
  private final Actor actor;
  private final Function<Actor, CollectionCodes> codes;

  /**
   * Creates operations that are recorded in the name of an actor.
   *
   * @param codes opens the collection codes of the store, when the first one is needed
   */
  public OrderAdministration(Store store, Actor actor, Function<Actor, CollectionCodes> codes) {
    this.store = store;
    this.actor = actor;
    this.codes = codes;
  }

  /**
   * The data of a new order.
   *
   * @param number the wanted number; empty for the next free one
   * @param paid whether its first state is processing; otherwise it is awaiting payment
   * @param request the request whose key the certificates must carry
   * @param contact how its people get e-mails, if not as those of the account
   */
  public record Draft(
      String account,
      Product product,
      OptionalLong number,
      boolean paid,
      Optional<SigningRequest> request,
      MailContact contact) {}

  /**
   * An order after a change of its collection code.
   *
   * @param code the generated code, which cannot be shown again; empty if the product has none
   */
  public record Changed(Order order, Optional<String> code) {}

  /**
   * A chain that can be issued for an order.
   *
   * @param warnings what an operator should know about it
   */
  public record Prepared(VerifiedChain chain, List<String> warnings) {}

  /** Adds an order. An order for a client certificate gets a new collection code. */
  public Changed add(Draft draft) {
    Optional<CollectionCodes> own =
        draft.product() == Product.CCC ? Optional.of(codes.apply(actor)) : Optional.empty();
    Optional<String> code = own.map(CollectionCodes::generate);
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
                    own.flatMap(made -> code.map(made::hash)),
                    draft.contact(),
                    own.flatMap(made -> code.map(made::seal))),
                actor);
    return new Changed(order, code);
  }

  /** Gives an order a new collection code. The old one becomes invalid. */
  public Changed changeCode(long number) {
    CollectionCodes own = codes.apply(actor);
    String code = own.generate();
    return new Changed(
        store.orders().setCode(number, own.hash(code), Optional.of(own.seal(code)), actor),
        Optional.of(code));
  }

  /**
   * Sorts and verifies the chain of a certificate, and completes it from the stored CA
   * certificates. Changes nothing.
   *
   * @param given the end entity's certificate, and issuers in any order
   * @param issuers more issuers
   * @throws org.certcollect.store.domain.RefusedException if the certificates are no chain
   */
  public Prepared prepare(
      List<ParsedCertificate> given,
      List<ParsedCertificate> issuers,
      UnknownAlgorithms unknown,
      Clock clock) {
    List<String> warnings = new ArrayList<>();
    VerifiedChain chain =
        new ChainBuilder(store.caCertificates(), clock, unknown)
            .build(given, issuers, warnings::add);
    warnings.addAll(ChainWarnings.of(chain, clock.instant()));
    return new Prepared(chain, List.copyOf(warnings));
  }

  /**
   * Begins a reissue, which lasts until a certificate is issued.
   *
   * @param request the request for the next certificate; empty to use the order's own again
   */
  public Order reissue(long number, Optional<SigningRequest> request) {
    return store.orders().reissue(number, request, actor);
  }

  /**
   * Replaces the request for the certificate that is to come; on an issued order this begins a
   * reissue.
   */
  public Order setRequest(long number, SigningRequest request) {
    return store.orders().setRequest(number, request, actor);
  }

  /** Moves an order to the account of a login. */
  public Order move(long number, String login) {
    return store.orders().move(number, login, actor);
  }

  /** Gives up a reissue, so that the order is as it was before. */
  public Order cancelReissue(long number) {
    return store.orders().cancelReissue(number, actor);
  }

  /** Withholds the certificates of an order from clients, until it is released. */
  public Order hold(long number, Optional<String> reason) {
    return store.orders().hold(number, reason.map(OrderAdministration::checked), actor);
  }

  /** Ends a hold. */
  public Order release(long number) {
    return store.orders().release(number, actor);
  }

  /**
   * Sets the remarks of an order.
   *
   * @param reference the new reference; an empty text removes it, absent it stays
   * @param note the new note, likewise
   */
  public Order setRemarks(long number, Optional<String> reference, Optional<String> note) {
    return store
        .orders()
        .setRemarks(
            number,
            before ->
                remarks(
                    reference.or(before::reference).filter(text -> !text.isEmpty()),
                    note.or(before::note).filter(text -> !text.isEmpty())),
            actor);
  }

  private static OrderRemarks remarks(Optional<String> reference, Optional<String> note) {
    try {
      return new OrderRemarks(reference, note);
    } catch (IllegalArgumentException e) {
      throw new InvalidInputException(
          InvalidInputException.Kind.REMARKS, String.valueOf(e.getMessage()));
    }
  }

  /**
   * Sets details of an order's validation.
   *
   * @param clear whether to forget all that was set before
   */
  public Order setValidation(long number, OrderValidation details, boolean clear) {
    return store
        .orders()
        .setValidation(number, before -> clear ? details : merged(before, details), actor);
  }

  private static OrderValidation merged(OrderValidation before, OrderValidation details) {
    try {
      return before.with(details);
    } catch (IllegalArgumentException e) {
      throw new InvalidInputException(
          InvalidInputException.Kind.VALIDATION, "validation: " + e.getMessage());
    }
  }

  /** Makes a certificate ready for collection. On an issued order this is a reissue. */
  public Order issue(long number, Prepared prepared) {
    return store.orders().issue(number, prepared.chain(), actor);
  }

  /** Rejects an order that awaits payment or is being processed. */
  public Order reject(long number, Optional<String> reason) {
    return store.orders().reject(number, reason.map(OrderAdministration::checked), actor);
  }

  /** Revokes the certificate of an issued order. */
  public Order revoke(long number, Optional<String> reason) {
    return store.orders().revoke(number, reason.map(OrderAdministration::checked), actor);
  }

  /** A reason that is not too long: it is stored with the order and its event. */
  private static String checked(String reason) {
    if (reason.codePointCount(0, reason.length()) > MAX_REASON_LENGTH) {
      throw new InvalidInputException(
          InvalidInputException.Kind.REASON,
          "reason has more than " + MAX_REASON_LENGTH + " characters");
    }
    return reason;
  }
}
