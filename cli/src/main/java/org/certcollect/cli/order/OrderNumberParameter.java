package org.certcollect.cli.order;

import org.certcollect.cli.verb.CommandException;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.TypeConversionException;

/** The positional parameter that names an order. */
final class OrderNumberParameter {
  @Parameters(
      paramLabel = "N",
      converter = OrderNumberParameter.Words.class,
      description = "Number of the order.")
  private long number;

  long number() {
    return number;
  }

  static CommandException unknown(long number) {
    return CommandException.refused(
        "there is no order " + number + "; `certcollect order list` shows those that exist");
  }

  /** Reads an order's number. */
  static final class Words implements ITypeConverter<Long> {
    @Override
    public Long convert(String text) {
      try {
        return Long.valueOf(text);
      } catch (NumberFormatException e) {
        throw new TypeConversionException("'%s' is not an order number".formatted(text));
      }
    }
  }
}
