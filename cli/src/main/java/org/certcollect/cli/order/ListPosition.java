package org.certcollect.cli.order;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;
import org.certcollect.cli.verb.Converters;
import org.certcollect.store.OrderFilter;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * The end of a page of a list: {@code 17}, or {@code 17@2027-05-13T23:59:59Z} in a list along a
 * time. The timestamp finds the position again even if the order was reissued.
 *
 * @param number the last order of the page; 0 for the start of the list
 * @param time the time that the order had on the page
 */
record ListPosition(long number, Optional<Instant> time) {
  static final ListPosition START = new ListPosition(0, Optional.empty());

  /** The position after which a filter continues. */
  static ListPosition of(OrderFilter filter) {
    return new ListPosition(filter.after(), filter.afterTime());
  }

  @Override
  public String toString() {
    return number + time.map(at -> "@" + at).orElse("");
  }

  static final class Words implements ITypeConverter<ListPosition> {
    @Override
    public ListPosition convert(String text) {
      int at = text.indexOf('@');
      try {
        return at < 0
            ? new ListPosition(Converters.number(text), Optional.empty())
            : new ListPosition(
                Converters.number(text.substring(0, at)),
                Optional.of(Instant.parse(text.substring(at + 1))));
      } catch (TypeConversionException | DateTimeException e) {
        throw new TypeConversionException(
            "'%s' is neither an order number nor a position like 17@2027-05-13T23:59:59Z"
                .formatted(text));
      }
    }
  }
}
