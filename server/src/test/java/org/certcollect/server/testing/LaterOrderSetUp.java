package org.certcollect.server.testing;

import static org.certcollect.server.testing.TestServer.TESTER;

import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.certcollect.protocol.cells.LaterOrder;
import org.certcollect.protocol.cells.TestAccount;
import org.certcollect.protocol.fixtures.Fixtures;
import org.certcollect.store.IssuedReference;
import org.certcollect.store.NewOrder;
import org.certcollect.store.Orders;
import org.certcollect.store.domain.OrderValidation;
import org.certcollect.store.domain.OrderValidation.ProductTerm;
import org.certcollect.store.domain.OrderValidation.StepProgress;
import org.certcollect.store.domain.OrderValidation.ValidatedDomain;
import org.certcollect.store.domain.OrderValidation.ValidationState;
import org.certcollect.store.domain.OrderValidation.ValidationStep;
import org.certcollect.store.domain.Product;
import org.certcollect.store.domain.SigningRequest;
import org.certcollect.store.x509.SigningRequestReader;

/** Puts every {@link LaterOrder} into a server's store, whose accounts are there already. */
public final class LaterOrderSetUp {
  private static final SigningRequest REQUEST =
      SigningRequestReader.read(Fixtures.bytes("request.csr"), "request.csr");

  private LaterOrderSetUp() {}

  /** The ids that the store gave to certificates, under those that the cells ask for. */
  public static Map<Long, Long> setUp(TestServer server) {
    Map<Long, Long> ids = new HashMap<>();
    for (LaterOrder order : LaterOrder.values()) {
      add(server, order);
      for (int i = 0; i < order.chains().size(); i++) {
        long id =
            server
                .issue(order.orderNumber(), order.chains().get(i))
                .certificate()
                .map(IssuedReference::id)
                .orElseThrow();
        ids.put(order.certificateId(i), id);
      }
      Orders orders = server.store().orders();
      if (!order.chains().isEmpty() && !order.isIssued()) {
        orders.reissue(order.orderNumber(), Optional.of(REQUEST), TESTER);
      }
      orders.setValidation(order.orderNumber(), unset -> validation(order), TESTER);
    }
    return ids;
  }

  private static void add(TestServer server, LaterOrder order) {
    server
        .store()
        .orders()
        .add(
            new NewOrder(
                TestAccount.RESELLER.login(),
                Product.SSL,
                OptionalLong.of(order.orderNumber()),
                true,
                order.chains().isEmpty() ? Optional.of(REQUEST) : Optional.empty(),
                Optional.empty()),
            TESTER);
  }

  private static OrderValidation validation(LaterOrder order) {
    Map<ValidationStep, StepProgress> steps = new EnumMap<>(ValidationStep.class);
    order
        .checks()
        .forEach(
            (check, progress) ->
                steps.put(
                    ValidationStep.valueOf(check.name()), StepProgress.valueOf(progress.name())));
    List<ValidatedDomain> domains =
        order.domains().stream()
            .map(d -> new ValidatedDomain(d.name(), StepProgress.valueOf(d.dcv().name())))
            .toList();
    return new OrderValidation(
        Optional.of(ValidationState.valueOf(order.validation().name())),
        steps,
        domains,
        order.productTerm().map(term -> new ProductTerm(term.notBefore(), term.notAfter())));
  }
}
