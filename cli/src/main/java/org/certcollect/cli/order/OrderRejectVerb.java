package org.certcollect.cli.order;

import java.util.Locale;
import java.util.Optional;
import org.certcollect.cli.config.Stores;
import org.certcollect.cli.verb.Shell;
import org.certcollect.cli.verb.StoreVerb;
import org.certcollect.store.Order;
import org.certcollect.store.Store;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The verb {@code order reject}. */
@Command(
    name = "reject",
    description = "Reject an order that awaits payment or is being processed.")
public final class OrderRejectVerb extends StoreVerb {
  @Mixin private final OrderNumberParameter number = new OrderNumberParameter();

  @Option(names = "--reason", paramLabel = "TEXT", description = "Reason, kept with the order.")
  private Optional<String> reason = Optional.empty();

  public OrderRejectVerb(Shell shell) {
    super(shell, Stores.Use.CHANGE);
  }

  @Override
  protected void run(Store store) {
    Order order = shell().orders(store).reject(number.number(), reason);
    done(String.format(Locale.ROOT, "order %d is rejected", order.number()), OrderFields.of(order));
  }
}
