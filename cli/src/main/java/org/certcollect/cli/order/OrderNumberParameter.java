package org.certcollect.cli.order;

import org.certcollect.cli.CommandException;
import picocli.CommandLine.Parameters;

/** The order that a verb is about. */
final class OrderNumberParameter {
  @Parameters(paramLabel = "N", description = "The order's number.")
  private long number;

  long number() {
    return number;
  }

  static CommandException unknown(long number) {
    return CommandException.refused(
        "there is no order %d; `certcollect order list` shows those that exist".formatted(number));
  }
}
