package org.certcollect.protocol.cells;

import static org.certcollect.protocol.cells.ArgumentNames.COLLECTION_CODE;
import static org.certcollect.protocol.cells.ArgumentNames.LOGIN_NAME;
import static org.certcollect.protocol.cells.ArgumentNames.LOGIN_PASSWORD;
import static org.certcollect.protocol.cells.ArgumentNames.QUERY_TYPE;
import static org.certcollect.protocol.cells.ArgumentNames.RESPONSE_ENCODING;
import static org.certcollect.protocol.cells.ArgumentNames.RESPONSE_TYPE;
import static org.certcollect.protocol.cells.ArgumentNames.SHOW_VALIDITY_PERIOD;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Stream;
import org.certcollect.protocol.Endpoint;

/** Every situation: the status, the certificates as text, and the answer to a binary request. */
final class SituationCells {
  private SituationCells() {}

  static Stream<Cell> of(Endpoint endpoint) {
    return Stream.concat(
        Ways.of(endpoint).stream().flatMap(way -> situations(endpoint, way)),
        caseSensitive(endpoint));
  }

  private static Stream<Cell> situations(Endpoint endpoint, Ways way) {
    return Arrays.stream(Situation.values())
        .filter(way::reaches)
        .flatMap(situation -> situation(endpoint, way, situation));
  }

  private static Stream<Cell> situation(Endpoint endpoint, Ways way, Situation situation) {
    RequestFields data = way.shortest(endpoint, situation);
    RequestFields status = data.with(QUERY_TYPE, "0");
    RequestFields binary = data.with(RESPONSE_TYPE, "2").with(RESPONSE_ENCODING, "1");
    String folder = way.folder("situation") + "/" + situation.slug();
    return Stream.of(
        status.cell(folder, "queryType=0"),
        status.with(SHOW_VALIDITY_PERIOD, "Y").cell(folder, "queryType=0,showValidityPeriod=Y"),
        data.cell(folder, "queryType=1"),
        data.with(SHOW_VALIDITY_PERIOD, "Y").cell(folder, "queryType=1,showValidityPeriod=Y"),
        binary.cell(folder, "queryType=1,responseType=2,responseEncoding=1"),
        binary
            .with(SHOW_VALIDITY_PERIOD, "Y")
            .cell(folder, "queryType=1,responseType=2,responseEncoding=1,showValidityPeriod=Y"));
  }

  /** Logins, passwords and codes are case-sensitive. */
  private static Stream<Cell> caseSensitive(Endpoint endpoint) {
    String folder = "case-sensitive";
    RequestFields unknown = RequestFields.byLogin(endpoint, Situation.UNKNOWN_LOGIN);
    RequestFields wrong = RequestFields.byLogin(endpoint, Situation.WRONG_PASSWORD);
    TestAccount known = TestAccount.RESELLER;
    Stream<Cell> logins =
        Stream.of(
            unknown
                .with(LOGIN_NAME, known.login().toUpperCase(Locale.ROOT))
                .cell(folder, LOGIN_NAME),
            unknown.with(LOGIN_NAME, known.login() + " ").cell(folder, LOGIN_NAME + ",blank-after"),
            wrong
                .with(LOGIN_PASSWORD, TestAccount.GUESSED.password().toLowerCase(Locale.ROOT))
                .cell(folder, LOGIN_PASSWORD),
            wrong
                .with(LOGIN_PASSWORD, " " + TestAccount.GUESSED.password())
                .cell(folder, LOGIN_PASSWORD + ",blank-before"));
    if (!Cells.knows(endpoint, COLLECTION_CODE)) {
      return logins;
    }
    String code = Situation.ISSUED.collectionCode().toLowerCase(Locale.ROOT);
    RequestFields lower = RequestFields.byCode(Situation.CODE_UNKNOWN).with(COLLECTION_CODE, code);
    return Stream.concat(logins, Stream.of(lower.cell(folder, COLLECTION_CODE)));
  }
}
