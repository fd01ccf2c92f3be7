package org.certcollect.protocol.cells;

import static java.util.stream.Collectors.joining;
import static org.certcollect.protocol.cells.ArgumentNames.QUERY_TYPE;
import static org.certcollect.protocol.cells.ArgumentNames.RESPONSE_ENCODING;
import static org.certcollect.protocol.cells.ArgumentNames.RESPONSE_TYPE;
import static org.certcollect.protocol.cells.ArgumentNames.SHOW_VALIDITY_PERIOD;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.certcollect.protocol.Endpoint;
import org.certcollect.protocol.QueryType;
import org.certcollect.protocol.v106.ResponseEncoding;
import org.certcollect.protocol.v106.ResponseType;

/** Every combination of arguments for an issued order, the invalid ones included. */
final class IssuedCells {
  private static final String ABSENT = "";
  private static final Set<String> SHOWN =
      Set.of(QUERY_TYPE, RESPONSE_TYPE, RESPONSE_ENCODING, SHOW_VALIDITY_PERIOD);

  private static final List<String> QUERIES =
      Arrays.stream(QueryType.values()).map(type -> "" + type.value()).toList();
  private static final List<String> TYPES =
      orAbsent(Arrays.stream(ResponseType.values()).mapToInt(ResponseType::value));
  private static final List<String> ENCODINGS =
      orAbsent(Arrays.stream(ResponseEncoding.values()).mapToInt(ResponseEncoding::value));

  private IssuedCells() {}

  static Stream<Cell> of(Endpoint endpoint) {
    return Stream.of(
            combinations(endpoint, Situation.ISSUED, List.of(ABSENT, "Y", "N")),
            combinations(endpoint, Situation.ISSUED_ALONE, List.of(ABSENT)),
            combinations(endpoint, Situation.ISSUED_WITHOUT_DNS_NAME, List.of(ABSENT)))
        .flatMap(cells -> cells);
  }

  private static Stream<Cell> combinations(
      Endpoint endpoint, Situation situation, List<String> periods) {
    RequestFields base = RequestFields.byLogin(endpoint, situation);
    return QUERIES.stream()
        .map(query -> base.with(QUERY_TYPE, query))
        .flatMap(fields -> each(fields, RESPONSE_TYPE, TYPES))
        .flatMap(fields -> each(fields, RESPONSE_ENCODING, ENCODINGS))
        .flatMap(fields -> each(fields, SHOW_VALIDITY_PERIOD, periods))
        .map(fields -> fields.cell(situation.slug(), file(fields)));
  }

  private static Stream<RequestFields> each(
      RequestFields fields, String name, List<String> values) {
    return values.stream().map(v -> v.equals(ABSENT) ? fields : fields.with(name, v));
  }

  private static String file(RequestFields fields) {
    return fields.list().stream()
        .filter(field -> SHOWN.contains(field.name()))
        .map(field -> field.name() + "=" + field.value())
        .collect(joining(","));
  }

  private static List<String> orAbsent(IntStream values) {
    return Stream.concat(Stream.of(ABSENT), values.mapToObj(Integer::toString)).toList();
  }
}
