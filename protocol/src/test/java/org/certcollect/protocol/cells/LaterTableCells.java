package org.certcollect.protocol.cells;

import static org.certcollect.protocol.cells.ArgumentNames.QUERY_TYPE;
import static org.certcollect.protocol.cells.ArgumentNames.RESPONSE_ENCODING;
import static org.certcollect.protocol.cells.LaterNames.BASE_ORDER_NUMBER;
import static org.certcollect.protocol.cells.LaterNames.BEHAVIOUR_VERSION;
import static org.certcollect.protocol.cells.LaterNames.CALLBACK_FUNCTION_NAME;
import static org.certcollect.protocol.cells.LaterNames.CERTIFICATE_ID;
import static org.certcollect.protocol.cells.LaterNames.PRODUCT;
import static org.certcollect.protocol.cells.LaterNames.RESPONSE_FORMAT;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.certcollect.protocol.Argument;
import org.certcollect.protocol.Endpoint;
import org.certcollect.protocol.v122.Specification122;

/** Each argument that only the later dialect has: invalid, absent, twice, in another case. */
final class LaterTableCells {
  private LaterTableCells() {}

  static Stream<Cell> of(Endpoint endpoint) {
    return Stream.of(
            names(endpoint).stream().flatMap(name -> argument(endpoint, name)),
            neighbours(endpoint),
            foreign(endpoint))
        .flatMap(cells -> cells);
  }

  private static List<String> names(Endpoint endpoint) {
    return Specification122.DIALECT.arguments().arguments(endpoint).stream()
        .<String>map(Argument::name)
        .filter(name -> !Cells.knows(endpoint, name))
        .toList();
  }

  /** A request with all arguments of the later dialect. */
  private static RequestFields longest(Endpoint endpoint) {
    RequestFields fields =
        (endpoint == Endpoint.COLLECT_SSL
                ? Cells122.asking(LaterOrder.SIMPLE)
                : RequestFields.byLogin(endpoint, Situation.ISSUED))
            .with(QUERY_TYPE, "0");
    for (String name : names(endpoint)) {
      if (name.equals(CALLBACK_FUNCTION_NAME)) {
        fields = fields.with(RESPONSE_ENCODING, "2");
      }
      fields = fields.with(name, valid(name));
    }
    return fields;
  }

  private static Stream<Cell> argument(Endpoint endpoint, String name) {
    RequestFields longest = longest(endpoint);
    Stream<Cell> invalid =
        invalid(name).entrySet().stream()
            .map(
                value ->
                    longest
                        .with(name, value.getValue())
                        .cell("invalid", name + "," + value.getKey()));
    String value = valid(name);
    RequestFields without = longest.without(name);
    return Stream.concat(
        invalid,
        Stream.of(
            without.cell("missing", name),
            longest.with(name, "").cell("empty", name),
            longest.and(name, value).cell("twice", name + ",same"),
            longest.and(name, other(name)).cell("twice", name + ",different"),
            without
                .and(name.toUpperCase(Locale.ROOT), value)
                .cell("other-case", name + ",capitals"),
            without.and(name.toLowerCase(Locale.ROOT), value).cell("other-case", name + ",small")));
  }

  /** Two invalid values: the one that is earlier in the table is named. */
  private static Stream<Cell> neighbours(Endpoint endpoint) {
    List<String> names = names(endpoint);
    return IntStream.range(1, names.size())
        .mapToObj(i -> names.subList(i - 1, i + 1))
        .map(
            pair ->
                longest(endpoint)
                    .with(pair.get(1), firstInvalid(pair.get(1)))
                    .with(pair.get(0), firstInvalid(pair.get(0)))
                    .cell("order-of-checks", String.join(",", pair)));
  }

  private static String firstInvalid(String name) {
    return invalid(name).values().iterator().next();
  }

  /** Arguments that the endpoint does not know in this dialect either. */
  private static Stream<Cell> foreign(Endpoint endpoint) {
    RequestFields fields = RequestFields.byLogin(endpoint, Situation.ISSUED);
    Stream<String> foreign =
        Specification122.DIALECT.arguments().arguments().stream()
            .<String>map(Argument::name)
            .filter(name -> !names(endpoint).contains(name) && !Cells.knows(endpoint, name));
    return Stream.concat(foreign, Stream.of("saspSessionID", "xxxx"))
        .flatMap(
            name ->
                Stream.of(
                    fields.and(name, "1").cell("unknown", name),
                    fields.and(name, "").cell("unknown", name + ",empty")));
  }

  private static String valid(String name) {
    return switch (name) {
      case CERTIFICATE_ID -> Long.toString(LaterOrder.SIMPLE.certificateId(0));
      case BASE_ORDER_NUMBER -> Long.toString(LaterOrder.SIMPLE.orderNumber());
      case CALLBACK_FUNCTION_NAME -> "install";
      case RESPONSE_FORMAT -> "1";
      case BEHAVIOUR_VERSION -> "2";
      case PRODUCT -> "9";
      default -> "Y";
    };
  }

  private static String other(String name) {
    return switch (name) {
      case CERTIFICATE_ID, BASE_ORDER_NUMBER -> "0" + valid(name);
      case CALLBACK_FUNCTION_NAME -> "other";
      case RESPONSE_FORMAT, BEHAVIOUR_VERSION, PRODUCT -> "0";
      default -> "N";
    };
  }

  private static Map<String, String> invalid(String name) {
    return switch (name) {
      case CERTIFICATE_ID -> {
        Map<String, String> values = number();
        values.put("17-digits", "10000000000000000");
        values.put("17-digits-with-a-zero", "01000000000000000");
        yield values;
      }
      case BASE_ORDER_NUMBER -> number();
      case CALLBACK_FUNCTION_NAME -> callback();
      case RESPONSE_FORMAT -> InvalidValues.of(RESPONSE_ENCODING);
      case BEHAVIOUR_VERSION, PRODUCT -> digits();
      default -> InvalidValues.of(ArgumentNames.SHOW_VALIDITY_PERIOD);
    };
  }

  private static Map<String, String> number() {
    return new LinkedHashMap<>(InvalidValues.of(ArgumentNames.ORDER_NUMBER));
  }

  private static Map<String, String> digits() {
    Map<String, String> values = new LinkedHashMap<>();
    values.put("letter", "a");
    values.put("minus", "-1");
    values.put("blank", " ");
    values.put("arabic-digit", "\u0661");
    return values;
  }

  private static Map<String, String> callback() {
    Map<String, String> values = new LinkedHashMap<>();
    values.put("call", "install()");
    values.put("script", "a;alert(1)//");
    values.put("markup", "</script>");
    values.put("digit-first", "1a");
    values.put("point-first", ".a");
    values.put("blank", " ");
    values.put("blank-inside", "a b");
    values.put("line-end-after", "a\n");
    values.put("beyond-ascii", "\u00fc");
    values.put("65-characters", "a".repeat(65));
    return values;
  }
}
