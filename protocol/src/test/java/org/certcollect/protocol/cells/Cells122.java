package org.certcollect.protocol.cells;

import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.certcollect.protocol.Endpoint;

/**
 * The cells of the later dialect, as far as its answers are not those of specification 1.06 ({@link
 * BothDialectsTest}).
 */
public final class Cells122 {
  private static final List<Function<Endpoint, Stream<Cell>>> GROUPS =
      List.of(
          LaterFormCells::of,
          LaterOrderCells::of,
          LaterTableCells::of,
          LaterFaultCells::of,
          ScriptCells::of);

  private Cells122() {}

  /** Every cell, in a fixed order. */
  public static List<Cell> all() {
    return Arrays.stream(Endpoint.values())
        .flatMap(endpoint -> GROUPS.stream().flatMap(group -> group.apply(endpoint)))
        .map(Cell::later)
        .toList();
  }

  /** A request for an order; the situation is one that does not contradict it. */
  static RequestFields asking(LaterOrder order) {
    return RequestFields.byLogin(Endpoint.COLLECT_SSL, Situation.ISSUED)
        .with(ArgumentNames.ORDER_NUMBER, Long.toString(order.orderNumber()));
  }

  /** The requests with each value of an argument, or without it for the empty one. */
  static Stream<RequestFields> each(RequestFields fields, String name, String... values) {
    return Arrays.stream(values).map(v -> v.isEmpty() ? fields : fields.with(name, v));
  }

  /** A name that tells the arguments that do not name the caller or the order. */
  static String named(RequestFields fields, String... before) {
    Stream<String> told =
        fields.list().stream()
            .filter(field -> field.name().matches("query.*|response.*|show.*"))
            .map(field -> field.name() + "=" + field.value());
    return String.join(",", Stream.concat(Arrays.stream(before), told).toList());
  }
}
