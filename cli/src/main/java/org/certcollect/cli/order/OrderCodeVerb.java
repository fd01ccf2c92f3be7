package org.certcollect.cli.order;

import org.certcollect.admin.OrderAdministration;
import org.certcollect.cli.config.Stores;
import org.certcollect.cli.output.Fields;
import org.certcollect.cli.verb.Shell;
import org.certcollect.cli.verb.StoreVerb;
import org.certcollect.store.Order;
import org.certcollect.store.Store;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
    name = "code",
    description =
        "Give an order for a client certificate a new collection code and print it once. The old"
            + " code becomes invalid.")
public final class OrderCodeVerb extends StoreVerb {
  @Mixin private final OrderNumberParameter order = new OrderNumberParameter();

  public OrderCodeVerb(Shell shell) {
    super(shell, Stores.Use.CHANGE);
  }

  @Override
  protected void run(Store store) {
    OrderAdministration.Changed made = shell().orders(store).changeCode(order.number());
    Order changed = made.order();
    Fields once = new Fields();
    made.code().ifPresent(code -> once.add("code", code));
    done("order " + changed.number() + " has a new collection code", OrderFields.of(changed), once);
  }
}
