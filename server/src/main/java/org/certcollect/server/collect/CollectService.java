package org.certcollect.server.collect;

import java.time.Clock;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.certcollect.protocol.CollectRequest;
import org.certcollect.protocol.CollectResult;
import org.certcollect.protocol.CollectResult.Attached;
import org.certcollect.protocol.CollectResult.Available;
import org.certcollect.protocol.CollectResult.Period;
import org.certcollect.protocol.CollectResult.Processing;
import org.certcollect.protocol.CollectResult.Refused;
import org.certcollect.protocol.CollectionCode;
import org.certcollect.protocol.Endpoint;
import org.certcollect.protocol.Login;
import org.certcollect.protocol.OrderDetails;
import org.certcollect.protocol.OrderReference;
import org.certcollect.protocol.OrderReference.Numbered;
import org.certcollect.protocol.StatusCode;
import org.certcollect.server.auth.Authenticator;
import org.certcollect.server.auth.Authenticator.CodeOutcome;
import org.certcollect.server.auth.Authenticator.LoginOutcome;
import org.certcollect.server.auth.RefusalReason;
import org.certcollect.server.auth.RequestSource;
import org.certcollect.server.collect.NoReads.MissingReadException;
import org.certcollect.store.CollectionCodes;
import org.certcollect.store.Collects;
import org.certcollect.store.Collects.AccountAndOrder;
import org.certcollect.store.Collects.OrderClaim;
import org.certcollect.store.Collects.OrderStatus;
import org.certcollect.store.Collects.ValidationDetails;
import org.certcollect.store.IssuedReference;
import org.certcollect.store.Store;
import org.certcollect.store.domain.Product;

/**
 * The service that answers a request that is right in form. It checks the caller, the order and the
 * order's state (docs/protocol.md, section 3, checks 6 to 8).
 *
 * <p>Account and order are read from the store for every request, so that a change shows with the
 * next one. Calls block while they read; safe for use by many threads.
 */
public final class CollectService {
  private final Store store;
  private final Supplier<CollectionCodes> codes;
  private final Authenticator authenticator;
  private final EncodedCache encoded;
  private final Executor workers;
  private final Clock clock;
  private final boolean code91;

  /**
   * The answer to a request.
   *
   * @param account id of the account that has the request's login; empty if none has, or the
   *     request was refused before it was looked up
   * @param order number of the order, if one was found
   * @param reason the true reason of a refusal
   */
  record Answer(
      CollectResult result,
      OptionalLong account,
      OptionalLong order,
      Optional<RefusalReason> reason) {
    private static Answer refused(OptionalLong account, Refused refusal, RefusalReason reason) {
      return new Answer(refusal, account, OptionalLong.empty(), Optional.of(reason));
    }
  }

  /**
   * Makes a service for one store.
   *
   * @param workers the threads that may block on the store
   * @param clock tells whether a certificate has expired
   * @param code91 whether a right login learns that its account may not use the endpoint
   */
  public CollectService(
      Store store,
      Supplier<CollectionCodes> codes,
      Authenticator authenticator,
      EncodedCache encoded,
      Executor workers,
      Clock clock,
      boolean code91) {
    this.store = store;
    this.codes = codes;
    this.authenticator = authenticator;
    this.encoded = encoded;
    this.workers = workers;
    this.clock = clock;
    this.code91 = code91;
  }

  /**
   * Answers a request. The result fails if the store does, or if too many passwords wait to be
   * checked.
   */
  CompletableFuture<Answer> collect(
      CollectRequest request, RequestSource source, RequestTrace trace) {
    return collect(request, source, store.collects(), trace);
  }

  /**
   * Answers a request from reads that only this thread uses.
   *
   * @throws org.certcollect.store.domain.StoreException if the store does not answer at once; then
   *     the request may be tried again, for it has changed nothing
   */
  CompletableFuture<Answer> collect(
      CollectRequest request, RequestSource source, Collects reads, RequestTrace trace) {
    if (request.claim() instanceof Login login) {
      return byLogin(request, login, source, reads, trace);
    }
    CollectionCode code = (CollectionCode) request.claim();
    return CompletableFuture.completedFuture(byCode(request, code, source, reads, trace));
  }

  /** Whether {@link #collect(CollectRequest, RequestSource, LookUps, RequestTrace)} answers it. */
  static boolean isLookedUp(CollectRequest request) {
    return request.claim() instanceof Login login
        && lookedUp(login).numbered() != Numbered.CERTIFICATE;
  }

  /**
   * Answers a request whose order is looked up together with those of others. Never blocks.
   *
   * @param request one that {@link #isLookedUp}
   */
  CompletableFuture<Answer> collect(
      CollectRequest request, RequestSource source, LookUps lookUps, RequestTrace trace) {
    Login login = (Login) request.claim();
    OrderClaim claim = new OrderClaim(login.name().value(), lookedUp(login).number());
    return authenticator
        .authenticate(
            login,
            product(request.endpoint()),
            source,
            () -> lookUps.find(claim, () -> trace.ended(RequestStep.WAIT)))
        .thenCompose(
            outcome -> {
              trace.ended(RequestStep.AUTHENTICATE);
              try {
                return CompletableFuture.completedFuture(
                    answer(outcome, request, login, NoReads.INSTANCE));
              } catch (MissingReadException e) {
                return CompletableFuture.supplyAsync(
                    () -> answer(outcome, request, login, store.collects()), workers);
              }
            });
  }

  private CompletableFuture<Answer> byLogin(
      CollectRequest request,
      Login login,
      RequestSource source,
      Collects reads,
      RequestTrace trace) {
    Product product = product(request.endpoint());
    CompletableFuture<LoginOutcome> outcome =
        authenticator.authenticate(
            login,
            product,
            source,
            () -> CompletableFuture.completedFuture(find(login, lookedUp(login), reads)));
    if (outcome.isDone() && !outcome.isCompletedExceptionally()) {
      trace.ended(RequestStep.AUTHENTICATE);
      return CompletableFuture.completedFuture(answer(outcome.join(), request, login, reads));
    }
    // The answer may need the store again, which must not hold up a thread for password checks.
    return outcome.thenApplyAsync(
        later -> {
          trace.ended(RequestStep.AUTHENTICATE);
          return answer(later, request, login, store.collects());
        },
        workers);
  }

  /** The number that finds the order: a certificate's, for its own state is asked for. */
  private static OrderReference lookedUp(Login login) {
    for (OrderReference reference : login.order()) {
      if (reference.numbered() == Numbered.CERTIFICATE) {
        return reference;
      }
    }
    return login.order().get(0);
  }

  private static Optional<AccountAndOrder> find(
      Login login, OrderReference reference, Collects reads) {
    String name = login.name().value();
    return reference.numbered() == Numbered.CERTIFICATE
        ? reads.byCertificate(name, reference.number())
        : reads.byLogin(name, reference.number());
  }

  private Answer answer(LoginOutcome outcome, CollectRequest request, Login login, Collects reads) {
    if (outcome.granted().isPresent()) {
      return answer(request, login, outcome.granted().get(), reads);
    }
    RefusalReason reason = outcome.refusal().orElseThrow();
    return Answer.refused(
        outcome.account(),
        Refused.of(
            code91 && reason == RefusalReason.PRODUCT_NOT_ALLOWED
                ? StatusCode.PERMISSION_DENIED_CONTEXT
                : StatusCode.PERMISSION_DENIED),
        reason);
  }

  private Answer answer(
      CollectRequest request, Login login, AccountAndOrder found, Collects reads) {
    OptionalLong account = OptionalLong.of(found.account().id());
    Product product = product(request.endpoint());
    Optional<OrderStatus> order = found.order().filter(o -> o.product() == product);
    Optional<OrderReference> wrong = wrong(login, order, product, reads);
    if (wrong.isPresent()) {
      return Answer.refused(account, request.orderNotFound(wrong.get()), reason(found, order));
    }
    return answer(request, order.orElseThrow(), account, reads);
  }

  private static RefusalReason reason(AccountAndOrder found, Optional<OrderStatus> ofProduct) {
    if (ofProduct.isPresent()) {
      return RefusalReason.CONTRADICTORY_NUMBERS;
    }
    if (found.order().isPresent()) {
      return RefusalReason.OTHER_PRODUCT;
    }
    return found.foreign() ? RefusalReason.FOREIGN_ORDER : RefusalReason.UNKNOWN_ORDER;
  }

  /** The first number that does not lead to an order of the caller, or leads to another one. */
  private static Optional<OrderReference> wrong(
      Login login, Optional<OrderStatus> order, Product product, Collects reads) {
    OrderReference first = login.order().get(0);
    OrderReference lookedUp = lookedUp(login);
    if (!lookedUp.equals(first) && order.filter(o -> o.number() == first.number()).isEmpty()) {
      boolean exists =
          find(login, first, reads)
              .flatMap(AccountAndOrder::order)
              .filter(o -> o.product() == product)
              .isPresent();
      return Optional.of(exists ? lookedUp : first);
    }
    if (order.isEmpty()) {
      return Optional.of(first);
    }
    for (OrderReference named : login.order()) {
      if (named.numbered() != Numbered.CERTIFICATE && named.number() != order.get().number()) {
        return Optional.of(named);
      }
    }
    return Optional.empty();
  }

  private Answer byCode(
      CollectRequest request,
      CollectionCode code,
      RequestSource source,
      Collects reads,
      RequestTrace trace) {
    CodeOutcome outcome = authenticator.authenticate(code, source, () -> find(code, reads));
    trace.ended(RequestStep.AUTHENTICATE);
    OptionalLong nobody = OptionalLong.empty();
    if (outcome.throttled()) {
      return Answer.refused(
          nobody, Refused.of(StatusCode.PERMISSION_DENIED), RefusalReason.THROTTLED);
    }
    return outcome
        .order()
        .map(found -> answer(request, found, nobody, reads))
        .orElseGet(
            () -> Answer.refused(nobody, request.orderNotFound(), RefusalReason.UNKNOWN_CODE));
  }

  private Optional<OrderStatus> find(CollectionCode code, Collects reads) {
    return Stream.concat(Stream.of(code.value()), code.otherwise().stream())
        .flatMap(text -> reads.byCode(codes.get().hash(text)).stream())
        // A wrong address is a wrong code, to the throttle as well.
        .filter(order -> code.fits(order.email()))
        .findFirst();
  }

  private static Product product(Endpoint endpoint) {
    return switch (endpoint) {
      case COLLECT_SSL -> Product.SSL;
      case COLLECT_CCC -> Product.CCC;
    };
  }

  private Answer answer(
      CollectRequest request, OrderStatus order, OptionalLong account, Collects reads) {
    CollectResult result = result(request, order, reads);
    return new Answer(
        result,
        account,
        OptionalLong.of(order.number()),
        result instanceof Refused
            ? Optional.of(RefusalReason.valueOf(order.state().name()))
            : Optional.empty());
  }

  private CollectResult result(CollectRequest request, OrderStatus order, Collects reads) {
    return switch (order.state()) {
      case AWAITING_PAYMENT -> Refused.of(StatusCode.AWAITING_PAYMENT);
      case REJECTED -> Refused.of(StatusCode.REJECTED);
      case REVOKED -> new Refused(StatusCode.REVOKED, Optional.empty(), order.since());
      case PROCESSING -> new Processing(details(request, order, reads), order.since());
      case ISSUED -> issued(request, order, reads);
    };
  }

  private Optional<OrderDetails> details(
      CollectRequest request, OrderStatus order, Collects reads) {
    return request.layout().tellsDetails()
        ? Optional.of(
            DetailsMapping.of(
                order,
                request.layout().tellsValidation()
                    ? reads.details(order.number(), order.certificate())
                    : ValidationDetails.NONE,
                clock.instant()))
        : Optional.empty();
  }

  private CollectResult issued(CollectRequest request, OrderStatus order, Collects reads) {
    IssuedReference reference =
        order
            .certificate()
            .orElseThrow(() -> new IllegalStateException("an issued order has a certificate"));
    Period validity = new Period(reference.notBefore(), reference.notAfter());
    if (request.form().isEmpty()) {
      return new Available(validity, details(request, order, reads));
    }
    return new Attached(
        validity,
        encoded.get(request.form().get(), order.number(), reference, reads),
        details(request, order, reads));
  }
}
