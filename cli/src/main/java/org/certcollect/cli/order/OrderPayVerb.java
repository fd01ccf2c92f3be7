package org.certcollect.cli.order;

import org.certcollect.cli.config.Stores;
import org.certcollect.cli.verb.Shell;
import org.certcollect.cli.verb.StoreVerb;
import org.certcollect.store.Order;
import org.certcollect.store.Store;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(name = "pay", description = "Move an order from awaiting payment to processing.")
public final class OrderPayVerb extends StoreVerb {
  @Mixin private final OrderNumberParameter number = new OrderNumberParameter();

  public OrderPayVerb(Shell shell) {
    super(shell, Stores.Use.CHANGE);
  }

  @Override
  protected void run(Store store) {
    Order order = store.orders().pay(number.number(), shell().actor());
    done("order " + order.number() + " is being processed", OrderFields.of(order));
  }
}
