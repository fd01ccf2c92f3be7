package org.certcollect.cli.order;

import java.util.Optional;
import org.certcollect.cli.config.Stores;
import org.certcollect.cli.order.OrderVerbs.OrderNumberParameter;
import org.certcollect.cli.verb.CommandException;
import org.certcollect.cli.verb.Shell;
import org.certcollect.cli.verb.StoreVerb;
import org.certcollect.store.Order;
import org.certcollect.store.Store;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The verbs of {@code order} with which an operator keeps orders, whatever their state. */
public final class OrderHandlingVerbs {
  private OrderHandlingVerbs() {}

  @Command(
      name = "hold",
      description = {
        "Withhold the certificates of an order, from the next request on.",
        "Clients are told that the order is being processed, until `${ROOT-COMMAND-NAME} order"
            + " release`. A certificate may be issued meanwhile. Rejecting and revoking end the"
            + " hold."
      })
  public static final class OrderHoldVerb extends StoreVerb {
    @Mixin private final OrderNumberParameter number = new OrderNumberParameter();

    @Option(
        names = "--reason",
        paramLabel = "TEXT",
        description = "Reason, kept in the order's history.")
    private Optional<String> reason = Optional.empty();

    public OrderHoldVerb(Shell shell) {
      super(shell, Stores.Use.CHANGE);
    }

    @Override
    protected void run(Store store) {
      Order order = shell().orders(store).hold(number.number(), reason);
      done("order " + order.number() + " is held", OrderFields.of(order));
    }
  }

  @Command(name = "release", description = "End a hold: clients can collect the order again.")
  public static final class OrderReleaseVerb extends StoreVerb {
    @Mixin private final OrderNumberParameter number = new OrderNumberParameter();

    public OrderReleaseVerb(Shell shell) {
      super(shell, Stores.Use.CHANGE);
    }

    @Override
    protected void run(Store store) {
      Order order = shell().orders(store).release(number.number());
      done("order " + order.number() + " is not held", OrderFields.of(order));
    }
  }

  @Command(
      name = "note",
      description =
          "Set the reference or the note of an order, which clients never see. An empty text"
              + " removes it.")
  public static final class OrderNoteVerb extends StoreVerb {
    @Mixin private final OrderNumberParameter number = new OrderNumberParameter();

    @Option(
        names = "--reference",
        paramLabel = "TEXT",
        description = "Name of the order in another system, for example a ticket.")
    private Optional<String> reference = Optional.empty();

    @Option(names = "--note", paramLabel = "TEXT", description = "Any text.")
    private Optional<String> note = Optional.empty();

    public OrderNoteVerb(Shell shell) {
      super(shell, Stores.Use.CHANGE);
    }

    @Override
    protected void prepare() {
      if (reference.isEmpty() && note.isEmpty()) {
        throw CommandException.usage("give --reference, --note, or both");
      }
    }

    @Override
    protected void run(Store store) {
      Order order = shell().orders(store).setRemarks(number.number(), reference, note);
      done("order " + order.number() + " has these remarks now", OrderFields.of(order));
    }
  }
}
