package org.certcollect.protocol.cells;

import static org.certcollect.protocol.cells.ArgumentNames.COLLECTION_CODE;
import static org.certcollect.protocol.cells.ArgumentNames.LOGIN_NAME;
import static org.certcollect.protocol.cells.ArgumentNames.LOGIN_PASSWORD;
import static org.certcollect.protocol.cells.ArgumentNames.ORDER_NUMBER;

import java.util.List;
import java.util.stream.Stream;
import org.certcollect.protocol.Endpoint;

/** Each value that breaks a rule, and a collection code beside each argument that excludes it. */
final class InvalidCells {
  private static final String BESIDE = "collectionCode-beside";

  private InvalidCells() {}

  static Stream<Cell> of(Endpoint endpoint) {
    Stream<Cell> values =
        Ways.of(endpoint).stream()
            .flatMap(way -> way.arguments(endpoint).flatMap(name -> cells(endpoint, way, name)));
    return Cells.knows(endpoint, COLLECTION_CODE) ? Stream.concat(values, beside()) : values;
  }

  private static Stream<Cell> cells(Endpoint endpoint, Ways way, String name) {
    RequestFields longest = way.longest(endpoint);
    return InvalidValues.of(name).entrySet().stream()
        .map(
            value ->
                longest
                    .with(name, value.getValue())
                    .cell(way.folder("invalid"), name + "," + value.getKey()));
  }

  private static Stream<Cell> beside() {
    RequestFields code = RequestFields.byCode(Situation.ISSUED);
    RequestFields login = RequestFields.byLogin(Endpoint.COLLECT_CCC, Situation.ISSUED);
    List<String> names = List.of(LOGIN_NAME, LOGIN_PASSWORD, ORDER_NUMBER);
    RequestFields all =
        names.stream().reduce(code, (f, name) -> f.with(name, login.value(name)), (a, b) -> b);
    return Stream.concat(
        Stream.of(all.cell(BESIDE, "login-and-orderNumber")),
        names.stream()
            .flatMap(
                name ->
                    Stream.of(
                        code.with(name, login.value(name)).cell(BESIDE, name),
                        code.with(name, "").cell(BESIDE, name + ",empty"))));
  }
}
