package org.certcollect.protocol.cells;

import static org.certcollect.protocol.cells.ArgumentNames.ORDER_NUMBER;
import static org.certcollect.protocol.cells.ArgumentNames.QUERY_TYPE;
import static org.certcollect.protocol.cells.LaterNames.BASE_ORDER_NUMBER;
import static org.certcollect.protocol.cells.LaterNames.CERTIFICATE_ID;
import static org.certcollect.protocol.cells.LaterNames.RESPONSE_FORMAT;
import static org.certcollect.protocol.cells.LaterNames.SHOW_EXT_STATUS;

import java.util.Arrays;
import java.util.stream.Stream;
import org.certcollect.protocol.Endpoint;

/** Every {@link LaterOrder} with all that can be shown of it, and every way to name one. */
final class LaterOrderCells {
  private static final String NUMBERS = "numbers";
  private static final String UNKNOWN = "7";

  private LaterOrderCells() {}

  static Stream<Cell> of(Endpoint endpoint) {
    return endpoint == Endpoint.COLLECT_SSL
        ? Stream.concat(shown(), numbers().flatMap(LaterOrderCells::inBothFormats))
        : Stream.empty();
  }

  private static Stream<Cell> shown() {
    return Arrays.stream(LaterOrder.values())
        .flatMap(
            order ->
                Cells122.each(Cells122.asking(order), QUERY_TYPE, "0", "2")
                    .flatMap(fields -> Cells122.each(fields, RESPONSE_FORMAT, "", "1"))
                    .flatMap(fields -> shown(order, fields)));
  }

  private static Stream<Cell> shown(LaterOrder order, RequestFields fields) {
    RequestFields all = fields;
    for (String show : LaterNames.SHOW) {
      all = all.with(show, "Y");
    }
    return Stream.concat(
        Stream.of(
            fields.cell("shown", Cells122.named(fields, order.slug())),
            all.cell("shown", Cells122.named(fields, order.slug()) + ",everything")),
        LaterNames.SHOW.stream()
            .map(show -> fields.with(show, "Y"))
            .map(one -> one.cell("shown", Cells122.named(one, order.slug()))));
  }

  private record Named(String name, RequestFields fields) {}

  private static Stream<Cell> inBothFormats(Named named) {
    RequestFields lines = named.fields().with(QUERY_TYPE, "2").with(SHOW_EXT_STATUS, "Y");
    return Stream.of(
        lines.cell(NUMBERS, named.name()),
        lines.with(RESPONSE_FORMAT, "1").cell(NUMBERS, named.name() + ",responseFormat=1"));
  }

  private static Stream<Named> numbers() {
    return Stream.concat(
        Stream.of(LaterOrder.REISSUED, LaterOrder.IN_REISSUE).flatMap(LaterOrderCells::numbers),
        faults());
  }

  /** One number, or several that agree. */
  private static Stream<Named> numbers(LaterOrder order) {
    RequestFields byNumber = Cells122.asking(order);
    RequestFields none = byNumber.without(ORDER_NUMBER);
    String number = Long.toString(order.orderNumber());
    String first = Long.toString(order.certificateId(0));
    String last = Long.toString(order.certificateId(order.chains().size() - 1));
    String slug = order.slug() + ",";
    return Stream.of(
        new Named(slug + ORDER_NUMBER, byNumber),
        new Named(slug + BASE_ORDER_NUMBER, none.with(BASE_ORDER_NUMBER, number)),
        new Named(slug + CERTIFICATE_ID + "-first", none.with(CERTIFICATE_ID, first)),
        new Named(slug + CERTIFICATE_ID + "-last", none.with(CERTIFICATE_ID, last)),
        new Named(
            slug + "orderNumber-and-certificateID-first", byNumber.with(CERTIFICATE_ID, first)),
        new Named(
            slug + "all-three",
            byNumber.with(CERTIFICATE_ID, last).with(BASE_ORDER_NUMBER, number)),
        new Named(
            slug + "empty-others", byNumber.with(CERTIFICATE_ID, "").with(BASE_ORDER_NUMBER, "")),
        new Named(
            slug + "empty-orderNumber",
            none.with(ORDER_NUMBER, "").with(BASE_ORDER_NUMBER, number)));
  }

  /** Numbers that lead to no order, to another's, or to different ones. */
  private static Stream<Named> faults() {
    RequestFields right = Cells122.asking(LaterOrder.SIMPLE);
    RequestFields none = right.without(ORDER_NUMBER);
    String other = Long.toString(LaterOrder.REISSUED.orderNumber());
    String otherId = Long.toString(LaterOrder.REISSUED.certificateId(0));
    String id = Long.toString(LaterOrder.SIMPLE.certificateId(0));
    String foreign =
        Long.toString(Situation.ORDER_OF_ANOTHER_ACCOUNT.orderNumber(Endpoint.COLLECT_SSL));
    return Stream.of(
        new Named("no-number", none),
        new Named("unknown-certificateID", none.with(CERTIFICATE_ID, UNKNOWN)),
        new Named("longest-certificateID", none.with(CERTIFICATE_ID, "9999999999999999")),
        new Named("unknown-baseOrderNumber", none.with(BASE_ORDER_NUMBER, UNKNOWN)),
        new Named("foreign-baseOrderNumber", none.with(BASE_ORDER_NUMBER, foreign)),
        new Named("order-number-as-certificateID", none.with(CERTIFICATE_ID, other)),
        new Named(
            "unknown-order,right-id", right.with(ORDER_NUMBER, UNKNOWN).and(CERTIFICATE_ID, id)),
        new Named("right-order,unknown-id", right.and(CERTIFICATE_ID, UNKNOWN)),
        new Named("right-order,other-id", right.and(CERTIFICATE_ID, otherId)),
        new Named("right-order,other-base", right.and(BASE_ORDER_NUMBER, other)),
        new Named(
            "right-id,other-base", none.with(CERTIFICATE_ID, id).with(BASE_ORDER_NUMBER, other)),
        new Named(
            "right-order,other-id-and-base",
            right.and(CERTIFICATE_ID, otherId).and(BASE_ORDER_NUMBER, other)));
  }
}
