package org.certcollect.protocol.cells;

import static org.certcollect.protocol.OrderReference.Numbered.CERTIFICATE;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.certcollect.protocol.CollectRequest;
import org.certcollect.protocol.CollectResult;
import org.certcollect.protocol.CollectResult.Attached;
import org.certcollect.protocol.CollectResult.Available;
import org.certcollect.protocol.CollectResult.Period;
import org.certcollect.protocol.CollectResult.Processing;
import org.certcollect.protocol.OrderDetails;
import org.certcollect.protocol.OrderDetails.CertificateStatus;
import org.certcollect.protocol.OrderNumber;
import org.certcollect.protocol.OrderReference;
import org.certcollect.protocol.fixtures.Fixtures;
import org.certcollect.protocol.format.IssuedFixtures;

/** The part of the {@link Oracle} that knows each {@link LaterOrder}. */
final class LaterOrders {
  private LaterOrders() {}

  /** The answer to a request whose first number is that of such an order, or of its certificate. */
  static Optional<CollectResult> find(CollectRequest request, List<OrderReference> references) {
    return find(references.get(0)).map(order -> result(request, order, references));
  }

  private static CollectResult result(
      CollectRequest request, LaterOrder order, List<OrderReference> references) {
    for (OrderReference reference : references) {
      if (!find(reference).equals(Optional.of(order))) {
        return request.orderNotFound(reference);
      }
    }
    Optional<Integer> named =
        references.stream()
            .filter(reference -> reference.numbered() == CERTIFICATE)
            .map(reference -> index(order, reference.number()).orElseThrow())
            .findFirst();
    if (named.isEmpty() && !order.isIssued()) {
      return new Processing(details(request, order, order.status()));
    }
    int index = named.orElse(order.chains().size() - 1);
    return issued(request, order, index);
  }

  private static CollectResult issued(CollectRequest request, LaterOrder order, int index) {
    String chain = order.chains().get(index);
    var endEntity = Fixtures.certificates(chain).get(0);
    Period validity =
        new Period(endEntity.getNotBefore().toInstant(), endEntity.getNotAfter().toInstant());
    Optional<OrderDetails> details = details(request, order, order.status(index));
    return request
        .form()
        .<CollectResult>map(
            form ->
                new Attached(
                    validity, form.encode(IssuedFixtures.of(chain, order.orderNumber())), details))
        .orElseGet(() -> new Available(validity, details));
  }

  private static Optional<OrderDetails> details(
      CollectRequest request, LaterOrder order, CertificateStatus status) {
    return request.layout().tellsDetails()
        ? Optional.of(
            new OrderDetails(
                new OrderNumber(order.orderNumber()),
                order.fqdn(),
                status,
                order.validation(),
                order.checks(),
                order.domains(),
                order.productTerm()))
        : Optional.empty();
  }

  private static Optional<LaterOrder> find(OrderReference reference) {
    Predicate<LaterOrder> named =
        reference.numbered() == CERTIFICATE
            ? order -> index(order, reference.number()).isPresent()
            : order -> order.orderNumber() == reference.number();
    return Arrays.stream(LaterOrder.values()).filter(named).findFirst();
  }

  private static Optional<Integer> index(LaterOrder order, long id) {
    return IntStream.range(0, order.chains().size())
        .filter(index -> order.certificateId(index) == id)
        .boxed()
        .findFirst();
  }
}
