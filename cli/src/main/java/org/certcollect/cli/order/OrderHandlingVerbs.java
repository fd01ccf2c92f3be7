package org.certcollect.cli.order;

import java.nio.file.Path;
import java.util.Optional;
import org.certcollect.admin.Pem;
import org.certcollect.admin.view.Fields;
import org.certcollect.admin.view.RecordFields;
import org.certcollect.cli.config.Stores;
import org.certcollect.cli.order.OrderVerbs.OrderNumberParameter;
import org.certcollect.cli.verb.CommandException;
import org.certcollect.cli.verb.ContactOptions;
import org.certcollect.cli.verb.Shell;
import org.certcollect.cli.verb.StoreVerb;
import org.certcollect.store.Order;
import org.certcollect.store.Store;
import org.certcollect.store.domain.SigningRequest;
import org.certcollect.store.x509.SigningRequestReader;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The verbs of {@code order} with which an operator keeps orders, whatever their state. */
public final class OrderHandlingVerbs {
  private static final String UNCHANGED = " already; nothing was changed";

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
      boolean held = number.find(store).heldSince().isPresent();
      Order order = shell().orders(store).hold(number.number(), reason);
      done(
          "order " + order.number() + " is held" + (held ? UNCHANGED : ""), RecordFields.of(order));
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
      boolean held = number.find(store).heldSince().isPresent();
      Order order = shell().orders(store).release(number.number());
      done(
          "order "
              + order.number()
              + (held ? " is not held" : " was not held; nothing was changed"),
          RecordFields.of(order));
    }
  }

  @Command(
      name = "csr",
      description = {
        "Print the request of an order as PEM, or replace it.",
        "On an issued order a new request begins a reissue, which `${ROOT-COMMAND-NAME} order"
            + " issue` ends."
      })
  public static final class OrderCsrVerb extends StoreVerb {
    @Mixin private final OrderNumberParameter number = new OrderNumberParameter();

    @Option(
        names = "--replace",
        paramLabel = "FILE",
        description = "PKCS#10 request in PEM or DER; the next certificate must carry its key.")
    private Optional<Path> file = Optional.empty();

    private Optional<SigningRequest> request = Optional.empty();

    public OrderCsrVerb(Shell shell) {
      super(shell, Stores.Use.CHANGE);
    }

    @Override
    protected Stores.Use use() {
      return file.isPresent() ? Stores.Use.CHANGE : Stores.Use.READ;
    }

    @Override
    protected void prepare() {
      request = file.map(name -> SigningRequestReader.read(shell().read(name), Shell.name(name)));
    }

    @Override
    protected void run(Store store) {
      if (request.isEmpty()) {
        print(store, number.find(store));
        return;
      }
      Order order = shell().orders(store).setRequest(number.number(), request.get());
      done(
          "order "
              + order.number()
              + (order.reissueSince().isPresent()
                  ? " is being reissued with this request"
                  : " has this request now"),
          RecordFields.of(order));
    }

    private void print(Store store, Order order) {
      String pem =
          store
              .orders()
              .request(order.number())
              .map(found -> Pem.signingRequest(found.der()))
              .orElseThrow(
                  () ->
                      CommandException.refused(
                          "order %1$s has no request; `certcollect order csr %1$s --replace FILE` gives it one"
                              .formatted(Long.toString(order.number()))));
      if (json()) {
        output().record(new Fields().add("number", order.number()).add("csr", pem), true);
      } else {
        output().line(pem.strip());
      }
    }
  }

  @Command(name = "move", description = "Move an order to another account.")
  public static final class OrderMoveVerb extends StoreVerb {
    @Mixin private final OrderNumberParameter number = new OrderNumberParameter();

    @Option(
        names = "--account",
        paramLabel = "LOGIN",
        required = true,
        description = "Login of the account that collects the order from the next request on.")
    private String account = "";

    public OrderMoveVerb(Shell shell) {
      super(shell, Stores.Use.CHANGE);
    }

    @Override
    protected void run(Store store) {
      String former = number.find(store).account();
      Order order = shell().orders(store).move(number.number(), account);
      done(
          "order %s belongs to account %s%s"
              .formatted(
                  Long.toString(order.number()),
                  order.account(),
                  former.equals(account) ? UNCHANGED : ""),
          RecordFields.of(order));
    }
  }

  @Command(name = "change", description = "Change where and how e-mails about an order are sent.")
  public static final class OrderChangeVerb extends StoreVerb {
    @Mixin private final OrderNumberParameter number = new OrderNumberParameter();
    @Mixin private final ContactOptions contact = new ContactOptions();

    public OrderChangeVerb(Shell shell) {
      super(shell, Stores.Use.CHANGE);
    }

    @Override
    protected void prepare() {
      contact.requireOne();
    }

    @Override
    protected void run(Store store) {
      Order order = store.orders().setContact(number.number(), contact.change(), shell().actor());
      done("order " + order.number() + " is changed", RecordFields.of(order));
      contact.advice("order " + order.number(), order.contact()).ifPresent(output()::note);
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
      String references = named("reference", order.remarks().reference());
      String notes = named("note", order.remarks().note());
      done(
          "order " + order.number() + " has " + references + " and " + notes,
          RecordFields.of(order));
    }

    private static String named(String kind, Optional<String> text) {
      return text.map(is -> "the " + kind + " '" + is + "'").orElse("no " + kind);
    }
  }
}
