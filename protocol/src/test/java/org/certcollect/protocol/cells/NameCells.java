package org.certcollect.protocol.cells;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.certcollect.protocol.Argument;
import org.certcollect.protocol.Endpoint;
import org.certcollect.protocol.v106.Specification106;

/** Names of arguments: in another case, and names that the endpoint does not know. */
final class NameCells {
  private static final String UNKNOWN = "unknown";

  private static final List<String> LATER_DIALECT =
      List.of("responseFormat", "showFQDN", "showExtStatus", "baseOrderNumber");

  private NameCells() {}

  static Stream<Cell> of(Endpoint endpoint) {
    return Stream.of(otherCase(endpoint), foreign(endpoint), unknown(endpoint))
        .flatMap(cells -> cells);
  }

  private static Stream<Cell> otherCase(Endpoint endpoint) {
    return Ways.of(endpoint).stream()
        .flatMap(
            way ->
                way.arguments(endpoint)
                    .flatMap(
                        name ->
                            Stream.of(
                                renamed(endpoint, way, name, name.toUpperCase(Locale.ROOT))
                                    .cell(way.folder("other-case"), name + ",capitals"),
                                renamed(endpoint, way, name, name.toLowerCase(Locale.ROOT))
                                    .cell(way.folder("other-case"), name + ",small"))));
  }

  private static RequestFields renamed(Endpoint endpoint, Ways way, String name, String newName) {
    RequestFields longest = way.longest(endpoint);
    return longest.without(name).and(newName, longest.value(name));
  }

  /** Arguments of the table that are another endpoint's, and those of the later dialect. */
  private static Stream<Cell> foreign(Endpoint endpoint) {
    Stream<String> others =
        Specification106.DIALECT.arguments().arguments().stream()
            .map(Argument::name)
            .filter(name -> !Cells.knows(endpoint, name));
    return Stream.concat(others, LATER_DIALECT.stream())
        .flatMap(name -> Stream.of(added(endpoint, name, "1"), added(endpoint, name, "")));
  }

  private static Cell added(Endpoint endpoint, String name, String value) {
    return RequestFields.byLogin(endpoint, Situation.ISSUED)
        .and(name, value)
        .cell(UNKNOWN, value.isEmpty() ? name + ",empty" : name);
  }

  private static Stream<Cell> unknown(Endpoint endpoint) {
    RequestFields fields = RequestFields.byLogin(endpoint, Situation.ISSUED);
    return Stream.of(
        fields.and("queryType ", "1").cell(UNKNOWN, "blank-after-name"),
        fields.and(" queryType", "1").cell(UNKNOWN, "blank-before-name"),
        fields.and("showVal\u0131dityPeriod", "Y").cell(UNKNOWN, "dotless-i"),
        fields.and("re\u017fponseType", "3").cell(UNKNOWN, "long-s"),
        fields.and("loginName[]", "a").cell(UNKNOWN, "array"),
        fields.and("xxxx", "a").cell(UNKNOWN, "placeholder"),
        raw(fields, "&other", "without-equals"),
        raw(fields, "&=1", "without-name"),
        raw(fields, "&=", "without-name-and-value"),
        raw(fields, "&%71ueryType%00=1", "nul-after-name"));
  }

  private static Cell raw(RequestFields fields, String more, String name) {
    return fields.cell(
        Optional.empty(), Optional.of(RequestFields.FORM), fields.encoded() + more, UNKNOWN, name);
  }
}
