package org.certcollect.protocol.cells;

import static org.certcollect.protocol.cells.ArgumentNames.COLLECTION_CODE;
import static org.certcollect.protocol.cells.ArgumentNames.LOGIN_NAME;
import static org.certcollect.protocol.cells.ArgumentNames.LOGIN_PASSWORD;
import static org.certcollect.protocol.cells.ArgumentNames.ORDER_NUMBER;

import java.util.List;
import java.util.stream.Stream;
import org.certcollect.protocol.Endpoint;

/** A request with all arguments, from which each is left out or emptied in turn. */
final class AbsentCells {
  private AbsentCells() {}

  static Stream<Cell> of(Endpoint endpoint) {
    return Stream.concat(
        Ways.of(endpoint).stream().flatMap(way -> one(endpoint, way)), several(endpoint));
  }

  private static Stream<Cell> one(Endpoint endpoint, Ways way) {
    RequestFields longest = way.longest(endpoint);
    return way.arguments(endpoint)
        .flatMap(
            name ->
                Stream.of(
                    longest.without(name).cell(way.folder("missing"), name),
                    longest.with(name, "").cell(way.folder("empty"), name)));
  }

  private static Stream<Cell> several(Endpoint endpoint) {
    RequestFields none = new RequestFields(endpoint, Situation.ISSUED, List.of());
    Stream<Cell> cells =
        Stream.of(
            none.cell("missing", "everything"),
            none.with(LOGIN_NAME, "")
                .with(LOGIN_PASSWORD, "")
                .with(ORDER_NUMBER, "")
                .cell("empty", "login-and-orderNumber"));
    RequestFields byLogin = RequestFields.byLogin(endpoint, Situation.ISSUED);
    return Cells.knows(endpoint, COLLECTION_CODE)
        ? Stream.concat(
            cells,
            Stream.of(
                byLogin.with(COLLECTION_CODE, "").cell("empty", COLLECTION_CODE + ",beside-login"),
                none.with(COLLECTION_CODE, "").cell("empty", COLLECTION_CODE + ",alone")))
        : cells;
  }
}
