package org.certcollect.protocol.cells;

import static org.certcollect.protocol.cells.ArgumentNames.RESPONSE_ENCODING;
import static org.certcollect.protocol.cells.ArgumentNames.RESPONSE_MIME_TYPE;
import static org.certcollect.protocol.cells.ArgumentNames.RESPONSE_TYPE;
import static org.certcollect.protocol.cells.ArgumentNames.SHOW_VALIDITY_PERIOD;

import java.util.List;
import java.util.stream.Stream;
import org.certcollect.protocol.Argument;
import org.certcollect.protocol.Endpoint;
import org.certcollect.protocol.v106.Specification106;

/** The two ways to claim an order. */
enum Ways {
  BY_LOGIN(""),
  BY_CODE("-by-code");

  private final String suffix;

  Ways(String suffix) {
    this.suffix = suffix;
  }

  static List<Ways> of(Endpoint endpoint) {
    return endpoint == Endpoint.COLLECT_CCC ? List.of(BY_LOGIN, BY_CODE) : List.of(BY_LOGIN);
  }

  /** The folder of a group of cells. */
  String folder(String group) {
    return group + suffix;
  }

  boolean reaches(Situation situation) {
    return this == BY_CODE ? situation.isByCode() : situation.isByLogin();
  }

  /** The fields that must be sent. */
  RequestFields shortest(Endpoint endpoint, Situation situation) {
    return this == BY_CODE
        ? RequestFields.byCode(situation)
        : RequestFields.byLogin(endpoint, situation);
  }

  /** All fields that can be sent. */
  RequestFields longest(Endpoint endpoint) {
    RequestFields fields =
        shortest(endpoint, Situation.ISSUED)
            .with(RESPONSE_TYPE, "2")
            .with(RESPONSE_ENCODING, "0")
            .with(SHOW_VALIDITY_PERIOD, "Y");
    return Cells.knows(endpoint, RESPONSE_MIME_TYPE)
        ? fields.with(RESPONSE_MIME_TYPE, "application/x-pkcs7-certificates")
        : fields;
  }

  /** The arguments of the table that go with this way, in its order. */
  Stream<String> arguments(Endpoint endpoint) {
    RequestFields longest = longest(endpoint);
    return Specification106.DIALECT.arguments().arguments(endpoint).stream()
        .map(Argument::name)
        .filter(name -> longest.list().stream().anyMatch(field -> field.name().equals(name)));
  }
}
