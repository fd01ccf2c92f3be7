package org.certcollect.store.jdbc.load;

import org.certcollect.store.jdbc.Text;
import org.certcollect.store.transfer.OrderRecord;
import org.certcollect.store.transfer.Outcome;

/** The messages about records that cannot be loaded. */
final class LoadRefusals {
  private LoadRefusals() {}

  static Outcome unknownAccount(OrderRecord order) {
    return new Outcome.Refused("there is no account " + Text.quoted(order.account()));
  }
}
