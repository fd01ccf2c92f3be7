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

/** The verb {@code order revoke}. */
@Command(name = "revoke", description = "Revoke the certificate of an issued order.")
public final class OrderRevokeVerb extends StoreVerb {
  @Mixin private final OrderNumberParameter number = new OrderNumberParameter();

  @Option(names = "--reason", paramLabel = "R", description = "Reason, kept with the order.")
  private Optional<String> reason = Optional.empty();

  public OrderRevokeVerb(Shell shell) {
    super(shell, Stores.Use.CHANGE);
  }

  @Override
  protected void run(Store store) {
    Order order = shell().orders(store).revoke(number.number(), reason);
    done(String.format(Locale.ROOT, "order %d is revoked", order.number()), OrderFields.of(order));
  }
}
