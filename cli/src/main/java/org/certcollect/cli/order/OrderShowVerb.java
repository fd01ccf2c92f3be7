package org.certcollect.cli.order;

import java.util.List;
import org.certcollect.cli.config.Stores;
import org.certcollect.cli.output.Fields;
import org.certcollect.cli.output.Section;
import org.certcollect.cli.verb.RecordFields;
import org.certcollect.cli.verb.Shell;
import org.certcollect.cli.verb.StoreVerb;
import org.certcollect.store.Order;
import org.certcollect.store.Store;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
    name = "show",
    description = "Show an order, its certificates (the first is the one served) and its history.")
public final class OrderShowVerb extends StoreVerb {
  @Mixin private final OrderNumberParameter number = new OrderNumberParameter();

  public OrderShowVerb(Shell shell) {
    super(shell, Stores.Use.READ);
  }

  @Override
  protected void run(Store store) {
    Order order = number.find(store);
    List<Fields> certificates =
        store.orders().certificates(order.number()).stream()
            .map(store.collects()::chain)
            .map(OrderFields::of)
            .toList();
    List<Fields> events =
        store.events().ofOrder(order.number()).stream().map(RecordFields::of).toList();
    output()
        .detail(
            OrderFields.of(order),
            json(),
            new Section("certificates", certificates),
            new Section("events", events));
  }
}
