package org.certcollect.protocol.cells;

import static org.certcollect.protocol.cells.ArgumentNames.QUERY_TYPE;
import static org.certcollect.protocol.cells.ArgumentNames.RESPONSE_ENCODING;
import static org.certcollect.protocol.cells.ArgumentNames.RESPONSE_TYPE;
import static org.certcollect.protocol.cells.LaterNames.CALLBACK_FUNCTION_NAME;
import static org.certcollect.protocol.cells.LaterNames.RESPONSE_FORMAT;
import static org.certcollect.protocol.cells.LaterNames.SHOW_EXT_STATUS;

import java.util.stream.Stream;
import org.certcollect.protocol.Endpoint;

/** Every combination of the arguments that decide on the form of certificates. */
final class LaterFormCells {
  private LaterFormCells() {}

  static Stream<Cell> of(Endpoint endpoint) {
    return endpoint == Endpoint.COLLECT_SSL ? ssl() : ccc();
  }

  private static Stream<Cell> ssl() {
    Stream<Cell> all =
        combinations(Cells122.asking(LaterOrder.SIMPLE), "", "0", "1", "2")
            .flatMap(fields -> Cells122.each(fields, RESPONSE_FORMAT, "", "1"))
            .map(fields -> fields.cell("form", Cells122.named(fields)));
    Stream<Cell> alone =
        combinations(Cells122.asking(LaterOrder.ALONE), "")
            .flatMap(fields -> Cells122.each(fields, RESPONSE_FORMAT, "", "1"))
            .flatMap(fields -> Cells122.each(fields, SHOW_EXT_STATUS, "", "Y"))
            .map(fields -> fields.cell("form-alone", Cells122.named(fields)));
    return Stream.concat(all, alone);
  }

  private static Stream<Cell> ccc() {
    return combinations(
            RequestFields.byLogin(Endpoint.COLLECT_CCC, Situation.ISSUED), "0", "1", "2", "3")
        .flatMap(
            fields ->
                Stream.of(
                    fields.cell("form", Cells122.named(fields)),
                    fields
                        .with(CALLBACK_FUNCTION_NAME, "install")
                        .cell("form", Cells122.named(fields, "callback"))));
  }

  private static Stream<RequestFields> combinations(RequestFields base, String... encodings) {
    return Cells122.each(base, QUERY_TYPE, "0", "1", "2", "3")
        .flatMap(fields -> Cells122.each(fields, RESPONSE_TYPE, "", "0", "1", "2", "3", "4"))
        .flatMap(fields -> Cells122.each(fields, RESPONSE_ENCODING, encodings));
  }
}
