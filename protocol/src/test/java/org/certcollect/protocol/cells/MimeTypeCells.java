package org.certcollect.protocol.cells;

import static org.certcollect.protocol.cells.ArgumentNames.QUERY_TYPE;
import static org.certcollect.protocol.cells.ArgumentNames.RESPONSE_ENCODING;
import static org.certcollect.protocol.cells.ArgumentNames.RESPONSE_MIME_TYPE;
import static org.certcollect.protocol.cells.ArgumentNames.RESPONSE_TYPE;

import java.util.Arrays;
import java.util.stream.Stream;
import org.certcollect.protocol.Endpoint;
import org.certcollect.protocol.cells.Cell.Method;

/** Requests for a media type: it counts only for a status above 0, text or binary. */
final class MimeTypeCells {
  private static final String FOLDER = "mime-type";
  private static final String USER_CERTIFICATE = "application/x-x509-user-cert";

  private MimeTypeCells() {}

  static Stream<Cell> of(Endpoint endpoint) {
    if (!Cells.knows(endpoint, RESPONSE_MIME_TYPE)) {
      return Stream.empty();
    }
    return Stream.concat(
        Ways.of(endpoint).stream().flatMap(way -> situations(endpoint, way)), refused(endpoint));
  }

  private static Stream<Cell> situations(Endpoint endpoint, Ways way) {
    return Arrays.stream(Situation.values())
        .filter(way::reaches)
        .flatMap(
            situation -> {
              RequestFields data =
                  way.shortest(endpoint, situation).with(RESPONSE_MIME_TYPE, USER_CERTIFICATE);
              String folder = way.folder(FOLDER) + "/" + situation.slug();
              return Stream.of(
                  data.with(QUERY_TYPE, "0").cell(folder, "status"),
                  data.cell(folder, "text"),
                  data.with(RESPONSE_TYPE, "2")
                      .with(RESPONSE_ENCODING, "1")
                      .cell(folder, "binary"));
            });
  }

  private static Stream<Cell> refused(Endpoint endpoint) {
    RequestFields data =
        RequestFields.byLogin(endpoint, Situation.ISSUED)
            .with(RESPONSE_MIME_TYPE, USER_CERTIFICATE);
    return Stream.of(
        data.cell(FOLDER, "refused", "http").overHttp(),
        data.cell(FOLDER, "refused", "GET").with(Method.GET),
        data.and("other", "1").cell(FOLDER, "refused", "unknown-argument"),
        data.without(QUERY_TYPE).cell(FOLDER, "refused", "missing-queryType"),
        data.with(QUERY_TYPE, "4").cell(FOLDER, "refused", "invalid-queryType"));
  }
}
