package org.certcollect.protocol.cells;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.certcollect.protocol.CollectRequest;
import org.certcollect.protocol.CollectResponse;
import org.certcollect.protocol.CollectResult;
import org.certcollect.protocol.CollectResult.Period;
import org.certcollect.protocol.CollectResult.Refused;
import org.certcollect.protocol.CollectionCode;
import org.certcollect.protocol.Dialect;
import org.certcollect.protocol.Endpoint;
import org.certcollect.protocol.Login;
import org.certcollect.protocol.Reading;
import org.certcollect.protocol.RefusedRequest;
import org.certcollect.protocol.RequestReader;
import org.certcollect.protocol.StatusCode;
import org.certcollect.protocol.Transport;
import org.certcollect.protocol.cells.Cell.Method;
import org.certcollect.protocol.fixtures.Fixtures;
import org.certcollect.protocol.form.FormDecoder;
import org.certcollect.protocol.form.FormField;
import org.certcollect.protocol.format.IssuedFixtures;

/**
 * The smallest server possible, made of this module and the accounts and orders of all situations.
 * It looks only at the request, not at the cell's situation, so that a cell whose request does not
 * match its situation shows.
 */
final class Oracle {
  private Oracle() {}

  static Golden answer(Cell cell) {
    return answer(cell, cell.dialect());
  }

  static Golden answer(Cell cell, Dialect dialect) {
    List<FormField> fields = FormDecoder.decode(cell.query(), cell.contentType(), cell.bodyBytes());
    Transport transport = new Transport(cell.secure(), cell.method() == Method.POST);
    Reading reading = new RequestReader(dialect, Set.of()).read(cell.endpoint(), transport, fields);
    CollectResponse response =
        reading instanceof CollectRequest request
            ? request.layout().write(result(request))
            : ((RefusedRequest) reading).response();
    return Golden.of(response.contentType().value(), response.body());
  }

  private static CollectResult result(CollectRequest request) {
    if (request.claim() instanceof CollectionCode code) {
      return find(situation -> situation.collectionCode().equals(code.value()))
          .filter(situation -> situation.isByCode() && situation.order().isPresent())
          .map(situation -> result(request, situation))
          .orElseGet(() -> request.orderNotFound());
    }
    Login login = (Login) request.claim();
    Optional<TestAccount> account =
        Arrays.stream(TestAccount.values())
            .filter(each -> each.login().equals(login.name().value()))
            .filter(each -> each.password().equals(login.password().value()))
            .filter(each -> !each.isDisabled() && each.isEnabledForEndpoints())
            .findAny();
    if (account.isEmpty()) {
      return Refused.of(StatusCode.PERMISSION_DENIED);
    }
    if (request.endpoint() == Endpoint.COLLECT_SSL && account.get() == TestAccount.RESELLER) {
      Optional<CollectResult> later = LaterOrders.find(request, login.order());
      if (later.isPresent()) {
        return later.get();
      }
    }
    long number = login.order().get(0).number();
    return find(situation ->
            situation.orderNumber(request.endpoint()) == number
                && situation.order().filter(o -> o.owner() == account.get()).isPresent())
        .map(situation -> result(request, situation))
        .orElseGet(() -> request.orderNotFound());
  }

  private static Optional<Situation> find(Predicate<Situation> condition) {
    return Arrays.stream(Situation.values()).filter(condition).findAny();
  }

  private static CollectResult result(CollectRequest request, Situation situation) {
    if (situation == Situation.OWN_FAILURE) {
      return Refused.of(StatusCode.UNKNOWN_ERROR);
    }
    OrderSetUp order = situation.order().orElseThrow();
    return switch (order.state()) {
      case AWAITING_PAYMENT -> Refused.of(StatusCode.AWAITING_PAYMENT);
      case PROCESSING -> new CollectResult.Processing();
      case REJECTED -> Refused.of(StatusCode.REJECTED);
      case REVOKED -> Refused.of(StatusCode.REVOKED);
      case ISSUED -> issued(request, situation, order.chain().orElseThrow());
    };
  }

  private static CollectResult issued(CollectRequest request, Situation situation, String chain) {
    var endEntity = Fixtures.certificates(chain).get(0);
    Period validity =
        new Period(endEntity.getNotBefore().toInstant(), endEntity.getNotAfter().toInstant());
    if (request.form().isEmpty()) {
      return new CollectResult.Available(validity);
    }
    long number = situation.orderNumber(request.endpoint());
    return new CollectResult.Attached(
        validity, request.form().get().encode(IssuedFixtures.of(chain, number)));
  }
}
