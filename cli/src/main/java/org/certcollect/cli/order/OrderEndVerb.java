package org.certcollect.cli.order;

import java.util.Optional;
import org.certcollect.cli.config.Stores;
import org.certcollect.cli.verb.Shell;
import org.certcollect.cli.verb.StoreVerb;
import org.certcollect.store.Order;
import org.certcollect.store.Store;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The verbs {@code order reject} and {@code order revoke}. */
public final class OrderEndVerb extends StoreVerb {
  private final boolean revoke;
  @Mixin private final OrderNumberParameter number = new OrderNumberParameter();

  @Option(names = "--reason", paramLabel = "TEXT", description = "Reason, kept with the order.")
  private Optional<String> reason = Optional.empty();

  public OrderEndVerb(Shell shell, boolean revoke) {
    super(shell, Stores.Use.CHANGE);
    this.revoke = revoke;
  }

  @Override
  protected void run(Store store) {
    Order order =
        revoke
            ? shell().orders(store).revoke(number.number(), reason)
            : shell().orders(store).reject(number.number(), reason);
    done(
        "order " + order.number() + (revoke ? " is revoked" : " is rejected"),
        OrderFields.of(order));
  }
}
