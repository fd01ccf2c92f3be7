package org.certcollect.cli.order;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.certcollect.admin.OrderAdministration;
import org.certcollect.cli.config.Stores;
import org.certcollect.cli.output.Fields;
import org.certcollect.cli.output.Output.Section;
import org.certcollect.cli.verb.RecordFields;
import org.certcollect.cli.verb.Shell;
import org.certcollect.cli.verb.StoreVerb;
import org.certcollect.store.Order;
import org.certcollect.store.Store;
import org.certcollect.store.domain.RefusedException;
import org.certcollect.store.domain.RefusedException.Reason;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The verbs of {@code order} that name one order and do one thing to it. */
public final class OrderVerbs {
  private OrderVerbs() {}

  @Command(
      name = "show",
      description =
          "Show an order, its certificates (the first is the one served) and its history.")
  public static final class OrderShowVerb extends StoreVerb {
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

  @Command(name = "pay", description = "Move an order from awaiting payment to processing.")
  public static final class OrderPayVerb extends StoreVerb {
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

  public static final class OrderEndVerb extends StoreVerb {
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

  @Command(
      name = "code",
      description =
          "Give an order for a client certificate a new collection code and print it once. The old"
              + " code becomes invalid.")
  public static final class OrderCodeVerb extends StoreVerb {
    @Mixin private final OrderNumberParameter order = new OrderNumberParameter();

    public OrderCodeVerb(Shell shell) {
      super(shell, Stores.Use.CHANGE);
    }

    @Override
    protected void run(Store store) {
      OrderAdministration.Changed made = shell().orders(store).changeCode(order.number());
      Order changed = made.order();
      done(
          "order " + changed.number() + " has a new collection code",
          OrderFields.of(changed),
          new Fields().addPresent("code", made.code()));
    }
  }

  @Command(
      name = "new-key",
      description = {
        "Replace a lost key of the collection codes by the key file that exists, or else by a new"
            + " key.",
        "Codes made with another key become invalid; `${ROOT-COMMAND-NAME} order code` makes new"
            + " ones. Copy the key to every node and restart its server, which uses the old key"
            + " until then."
      })
  public static final class OrderNewKeyVerb extends StoreVerb {
    public OrderNewKeyVerb(Shell shell) {
      super(shell, Stores.Use.CHANGE);
    }

    @Override
    protected void run(Store store) {
      Path key = shell().keyOfCodes(store).replace(shell().actor());
      done(
          "%s is now the key of this store's collection codes: copy it to every node and restart the"
                  .formatted(key)
              + " servers, which use the old one until then; codes made with another key are"
              + " invalid",
          new Fields().add("key", key.toString()));
    }
  }

  static final class OrderNumberParameter {
    @Parameters(paramLabel = "N", description = "Number of the order.")
    private long number;

    long number() {
      return number;
    }

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
}
