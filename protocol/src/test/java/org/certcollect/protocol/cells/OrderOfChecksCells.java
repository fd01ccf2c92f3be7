package org.certcollect.protocol.cells;

import static org.certcollect.protocol.cells.ArgumentNames.COLLECTION_CODE;
import static org.certcollect.protocol.cells.ArgumentNames.LOGIN_NAME;
import static org.certcollect.protocol.cells.ArgumentNames.LOGIN_PASSWORD;
import static org.certcollect.protocol.cells.ArgumentNames.ORDER_NUMBER;
import static org.certcollect.protocol.cells.ArgumentNames.QUERY_TYPE;
import static org.certcollect.protocol.cells.ArgumentNames.RESPONSE_ENCODING;
import static org.certcollect.protocol.cells.ArgumentNames.RESPONSE_TYPE;
import static org.certcollect.protocol.cells.ArgumentNames.SHOW_VALIDITY_PERIOD;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.certcollect.protocol.Endpoint;
import org.certcollect.protocol.cells.Cell.Method;

/** Two faults at once: the earlier check answers. */
final class OrderOfChecksCells {
  private static final String FOLDER = "order-of-checks";

  private OrderOfChecksCells() {}

  static Stream<Cell> of(Endpoint endpoint) {
    return Stream.concat(
        Stream.of(steps(endpoint), logins(endpoint), orders(endpoint)).flatMap(cells -> cells),
        Ways.of(endpoint).stream()
            .flatMap(way -> Stream.concat(missing(endpoint, way), invalid(endpoint, way))));
  }

  /** Checks 1 to 5 of docs/protocol.md, section 3. */
  private static Stream<Cell> steps(Endpoint endpoint) {
    RequestFields right = RequestFields.byLogin(endpoint, Situation.ISSUED);
    RequestFields unknown = right.and("other", "1");
    RequestFields missing = right.without(LOGIN_PASSWORD);
    return Stream.of(
        unknown.cell(FOLDER, "http,unknown").overHttp(),
        missing.cell(FOLDER, "http,missing").overHttp(),
        right.with(QUERY_TYPE, "4").cell(FOLDER, "http,invalid").overHttp(),
        unknown.cell(FOLDER, "GET,unknown").with(Method.GET),
        missing.cell(FOLDER, "GET,missing").with(Method.GET),
        right.with(QUERY_TYPE, "4").cell(FOLDER, "GET,invalid").with(Method.GET),
        unknown.without(LOGIN_PASSWORD).cell(FOLDER, "unknown,missing"),
        unknown.with(QUERY_TYPE, "4").cell(FOLDER, "unknown,invalid"),
        // The last of the table, so that only the order of the checks can decide.
        missing.with(SHOW_VALIDITY_PERIOD, "y").cell(FOLDER, "missing,invalid"));
  }

  /** Check 5 before 6, 7 and 8. */
  private static Stream<Cell> logins(Endpoint endpoint) {
    return Ways.of(endpoint).stream()
        .flatMap(
            way ->
                Arrays.stream(Situation.values())
                    .filter(way::reaches)
                    .map(
                        situation ->
                            way.shortest(endpoint, situation)
                                .with(SHOW_VALIDITY_PERIOD, "y")
                                .cell(way.folder(FOLDER), "invalid," + situation.slug())));
  }

  /** Check 6 before 7 and 8, and 7 before 8: with the number of another situation's order. */
  private static Stream<Cell> orders(Endpoint endpoint) {
    Endpoint other = endpoint == Endpoint.COLLECT_SSL ? Endpoint.COLLECT_CCC : Endpoint.COLLECT_SSL;
    Stream<Cell> permission =
        Stream.of(
                Situation.UNKNOWN_LOGIN,
                Situation.WRONG_PASSWORD,
                Situation.ACCOUNT_DISABLED,
                Situation.ACCOUNT_NOT_ENABLED)
            .flatMap(
                situation ->
                    Stream.of(Situation.ORDER_UNKNOWN, Situation.AWAITING_PAYMENT)
                        .map(order -> asking(situation, order, endpoint, endpoint)));
    Stream<Cell> product =
        Stream.of(Situation.AWAITING_PAYMENT, Situation.REJECTED, Situation.PROCESSING)
            .map(order -> asking(Situation.ORDER_OF_THE_OTHER_PRODUCT, order, endpoint, other));
    return Stream.concat(permission, product);
  }

  private static Cell asking(
      Situation situation, Situation order, Endpoint endpoint, Endpoint product) {
    return RequestFields.byLogin(endpoint, situation)
        .with(ORDER_NUMBER, Long.toString(order.orderNumber(product)))
        .cell(FOLDER, situation.slug() + "," + order.slug());
  }

  /** Each required argument missing beside each fault of another. */
  private static Stream<Cell> missing(Endpoint endpoint, Ways way) {
    RequestFields longest = way.longest(endpoint);
    List<String> required =
        way.arguments(endpoint)
            .filter(name -> !name.equals(COLLECTION_CODE) && !isOptional(name))
            .toList();
    Stream<Cell> both =
        neighbours(required)
            .map(
                pair ->
                    longest
                        .without(pair.get(0))
                        .without(pair.get(1))
                        .cell(way.folder(FOLDER), "missing-" + String.join(",missing-", pair)));
    Stream<Cell> invalid =
        required.stream()
            .flatMap(
                name ->
                    way.arguments(endpoint)
                        .filter(other -> !other.equals(name))
                        .map(
                            other ->
                                longest
                                    .without(name)
                                    .with(other, invalid(other))
                                    .cell(
                                        way.folder(FOLDER),
                                        "missing-" + name + ",invalid-" + other)));
    return Stream.concat(both, invalid);
  }

  /** Two values outside their rules, each pair of neighbours in the table. */
  private static Stream<Cell> invalid(Endpoint endpoint, Ways way) {
    RequestFields longest = way.longest(endpoint);
    Stream<Cell> pairs =
        neighbours(way.arguments(endpoint).toList())
            .map(
                pair ->
                    longest
                        .with(pair.get(0), invalid(pair.get(0)))
                        .with(pair.get(1), invalid(pair.get(1)))
                        .cell(way.folder(FOLDER), "invalid-" + String.join(",invalid-", pair)));
    RequestFields needs = longest.with(QUERY_TYPE, "2").with(RESPONSE_ENCODING, "1");
    return Stream.concat(
        pairs,
        Stream.of(
            needs.with(RESPONSE_TYPE, "1").cell(way.folder(FOLDER), "needs-of-both"),
            needs
                .with(RESPONSE_TYPE, "2")
                .with(QUERY_TYPE, "4")
                .cell(way.folder(FOLDER), "invalid-queryType,needs-of-both")));
  }

  private static boolean isOptional(String name) {
    return switch (name) {
      case LOGIN_NAME, LOGIN_PASSWORD, ORDER_NUMBER, QUERY_TYPE -> false;
      default -> true;
    };
  }

  private static String invalid(String name) {
    return InvalidValues.of(name).entrySet().iterator().next().getValue();
  }

  private static Stream<List<String>> neighbours(List<String> names) {
    return IntStream.range(1, names.size()).mapToObj(i -> names.subList(i - 1, i + 1));
  }
}
