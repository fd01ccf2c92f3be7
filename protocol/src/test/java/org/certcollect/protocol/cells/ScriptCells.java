package org.certcollect.protocol.cells;

import static org.certcollect.protocol.cells.ArgumentNames.QUERY_TYPE;
import static org.certcollect.protocol.cells.ArgumentNames.RESPONSE_ENCODING;
import static org.certcollect.protocol.cells.ArgumentNames.RESPONSE_MIME_TYPE;
import static org.certcollect.protocol.cells.ArgumentNames.RESPONSE_TYPE;
import static org.certcollect.protocol.cells.ArgumentNames.SHOW_VALIDITY_PERIOD;
import static org.certcollect.protocol.cells.LaterNames.CALLBACK_FUNCTION_NAME;
import static org.certcollect.protocol.cells.LaterNames.PRODUCT;

import java.util.Arrays;
import java.util.stream.Stream;
import org.certcollect.protocol.Endpoint;

/** CollectCCC by code: scripts in every situation, also over plain HTTP. */
final class ScriptCells {
  private static final String FOLDER = "script";

  private ScriptCells() {}

  static Stream<Cell> of(Endpoint endpoint) {
    return endpoint == Endpoint.COLLECT_CCC
        ? Stream.concat(situations(), values())
        : Stream.empty();
  }

  private static Stream<Cell> situations() {
    return Arrays.stream(Situation.values())
        .filter(Situation::isByCode)
        .map(
            situation ->
                asking(situation)
                    .with(CALLBACK_FUNCTION_NAME, "installIEXPCertificate")
                    .cell(FOLDER, situation.slug()))
        .flatMap(cell -> Stream.of(cell, http(cell)));
  }

  private static Cell http(Cell cell) {
    return new Cell(
        cell.name() + ",http",
        cell.endpoint(),
        false,
        cell.method(),
        cell.query(),
        cell.contentType(),
        cell.body(),
        cell.situation());
  }

  private static Stream<Cell> values() {
    RequestFields issued = asking(Situation.ISSUED);
    String longest = "$_a.B9" + "x".repeat(58);
    return Stream.of(
        issued.cell(FOLDER, "no-callback"),
        issued.with(CALLBACK_FUNCTION_NAME, longest).cell(FOLDER, "longest-callback"),
        issued.with(RESPONSE_MIME_TYPE, "text/html").cell(FOLDER, "text-html"),
        asking(Situation.REJECTED)
            .with(RESPONSE_MIME_TYPE, "text/html")
            .cell(FOLDER, "rejected,text-html"),
        issued.with(SHOW_VALIDITY_PERIOD, "Y").cell(FOLDER, "validity-period"),
        RequestFields.byCode(Situation.ISSUED).with(PRODUCT, "9").cell(FOLDER, "product,no-script"),
        RequestFields.byCode(Situation.ISSUED)
            .with(CALLBACK_FUNCTION_NAME, "install")
            .cell(FOLDER, "callback,no-script"));
  }

  private static RequestFields asking(Situation situation) {
    return RequestFields.byCode(situation)
        .with(QUERY_TYPE, "1")
        .with(RESPONSE_TYPE, "2")
        .with(RESPONSE_ENCODING, "2");
  }
}
