package org.certcollect.cli.order;

import java.util.Locale;
import org.certcollect.cli.config.Stores;
import org.certcollect.cli.output.Fields;
import org.certcollect.cli.verb.Shell;
import org.certcollect.cli.verb.StoreVerb;
import org.certcollect.store.CollectionCodes;
import org.certcollect.store.Order;
import org.certcollect.store.Store;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Gives an order a new collection code. */
@Command(
    name = "code",
    description =
        "Gives a client-certificate order a new collection code and prints it, once; the old one"
            + " ends.")
public final class OrderCode extends StoreVerb {
  @Mixin private final OrderNumberParameter order = new OrderNumberParameter();

  public OrderCode(Shell shell) {
    super(shell, Stores.Use.CHANGE);
  }

  @Override
  protected void run(Store store) {
    CollectionCodes codes = shell().codes(store);
    String code = codes.generate();
    Order changed = store.orders().setCode(order.number(), codes.hash(code), shell().actor());
    done(
        String.format(Locale.ROOT, "order %d has a new collection code", changed.number()),
        OrderFields.of(changed),
        new Fields().add("code", code));
  }
}
