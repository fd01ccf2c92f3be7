package org.certcollect.protocol.cells;

import static org.certcollect.protocol.cells.ArgumentNames.COLLECTION_CODE;
import static org.certcollect.protocol.cells.ArgumentNames.LOGIN_NAME;
import static org.certcollect.protocol.cells.ArgumentNames.LOGIN_PASSWORD;
import static org.certcollect.protocol.cells.ArgumentNames.ORDER_NUMBER;
import static org.certcollect.protocol.cells.ArgumentNames.QUERY_TYPE;
import static org.certcollect.protocol.cells.ArgumentNames.RESPONSE_MIME_TYPE;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.certcollect.protocol.Endpoint;
import org.certcollect.protocol.cells.Cell.Method;

/** Requests over HTTPS and HTTP with each method, and collection codes over HTTP. */
final class TransportCells {
  private static final String FOLDER = "transport";
  private static final List<String> LOGIN = List.of(LOGIN_NAME, LOGIN_PASSWORD, ORDER_NUMBER);

  private TransportCells() {}

  static Stream<Cell> of(Endpoint endpoint) {
    Stream<Cell> ways =
        Ways.of(endpoint).stream()
            .flatMap(way -> methods(way.shortest(endpoint, Situation.ISSUED), way.folder(FOLDER)));
    RequestFields none = new RequestFields(endpoint, Situation.ISSUED, List.of());
    Stream<Cell> both = Stream.concat(ways, methods(none, FOLDER + "-without-arguments"));
    return Cells.knows(endpoint, COLLECTION_CODE) ? Stream.concat(both, code()) : both;
  }

  private static Stream<Cell> methods(RequestFields fields, String folder) {
    return Arrays.stream(Method.values())
        .flatMap(
            method ->
                Stream.of(
                    fields.cell(folder, "https," + method).with(method),
                    fields.cell(folder, "http," + method).with(method).overHttp()));
  }

  private static Stream<Cell> code() {
    Stream<Cell> situations =
        Arrays.stream(Situation.values())
            .filter(Situation::isByCode)
            .map(
                situation ->
                    RequestFields.byCode(situation).cell(FOLDER, "http,code," + situation.slug()));
    return Stream.of(situations, beside(), faults()).flatMap(cells -> cells).map(Cell::overHttp);
  }

  private static Stream<Cell> beside() {
    RequestFields login = RequestFields.byLogin(Endpoint.COLLECT_CCC, Situation.ISSUED);
    RequestFields code = RequestFields.byCode(Situation.ISSUED);
    Stream<Cell> one =
        LOGIN.stream()
            .flatMap(
                name ->
                    Stream.of(
                        code.with(name, login.value(name)).cell(FOLDER, "http,code-and-" + name),
                        code.with(name, "").cell(FOLDER, "http,code-and-empty-" + name)));
    return Stream.concat(
        one,
        Stream.of(
            login.with(COLLECTION_CODE, "").cell(FOLDER, "http,empty-code-and-login"),
            code.with(COLLECTION_CODE, "").cell(FOLDER, "http,empty-code"),
            login
                .with(COLLECTION_CODE, code.value(COLLECTION_CODE))
                .cell(FOLDER, "http,code-and-login")));
  }

  /** A request that the code has let in is checked like any other. */
  private static Stream<Cell> faults() {
    RequestFields code = RequestFields.byCode(Situation.ISSUED);
    return Stream.of(
        code.and("other", "").cell(FOLDER, "http,code,unknown-argument"),
        code.without(QUERY_TYPE).cell(FOLDER, "http,code,missing-queryType"),
        code.with(QUERY_TYPE, "4").cell(FOLDER, "http,code,invalid-queryType"),
        code.with(COLLECTION_CODE, "ABCDEFGH234567892").cell(FOLDER, "http,code-of-17-characters"),
        code.and(COLLECTION_CODE, Situation.PROCESSING.collectionCode())
            .cell(FOLDER, "http,two-codes"),
        code.with(RESPONSE_MIME_TYPE, "application/x-x509-user-cert")
            .cell(FOLDER, "http,code,responseMimeType"));
  }
}
