package org.certcollect.cli.order;

import org.certcollect.store.Order;
import org.certcollect.store.Store;
import org.certcollect.store.domain.RefusedException;
import org.certcollect.store.domain.RefusedException.Reason;
import picocli.CommandLine.Parameters;

/** The positional parameter that names an order. */
final class OrderNumberParameter {
  @Parameters(paramLabel = "N", description = "Number of the order.")
  private long number;

  long number() {
    return number;
  }

  /** The order. If there is none, the verb is refused. */
  Order find(Store store) {
    return store
        .orders()
        .find(number)
        .orElseThrow(
            () ->
                RefusedException.ofOrder(
                    Reason.UNKNOWN_ORDER, number, "there is no order " + number));
  }
}
