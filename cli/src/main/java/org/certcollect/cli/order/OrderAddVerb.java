package org.certcollect.cli.order;

import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalLong;
import org.certcollect.admin.OrderAdministration;
import org.certcollect.admin.view.Fields;
import org.certcollect.admin.view.RecordFields;
import org.certcollect.cli.config.Stores;
import org.certcollect.cli.verb.CommandException;
import org.certcollect.cli.verb.ContactOptions;
import org.certcollect.cli.verb.Converters;
import org.certcollect.cli.verb.Shell;
import org.certcollect.cli.verb.StoreVerb;
import org.certcollect.store.Order;
import org.certcollect.store.Store;
import org.certcollect.store.domain.MailContact;
import org.certcollect.store.domain.Product;
import org.certcollect.store.domain.SigningRequest;
import org.certcollect.store.x509.SigningRequestReader;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "add",
    description =
        "Add an order and print its number. For a client certificate, also print the collection"
            + " code, once.")
public final class OrderAddVerb extends StoreVerb {
  @Option(
      names = "--account",
      paramLabel = "LOGIN",
      required = true,
      description = "Login of the order's account.")
  private String account = "";

  @Option(
      names = "--product",
      required = true,
      completionCandidates = Converters.ProductWords.class,
      paramLabel = "ssl|ccc",
      description = "Product: ssl for a server certificate, ccc for a client certificate.")
  private Product product = Product.SSL;

  @Option(
      names = "--number",
      paramLabel = "N",
      description = "Number of the order (default: the next free one).")
  private Optional<Long> number = Optional.empty();

  @Option(
      names = "--paid",
      description = "Start in the state processing (default: awaiting-payment).")
  private boolean paid;

  @Option(
      names = "--csr",
      paramLabel = "FILE",
      description = "PKCS#10 request in PEM or DER; certificates must carry its key.")
  private Optional<Path> csr = Optional.empty();

  @Option(
      names = {"-q", "--quiet"},
      description = "Print only the number, and a collection code on the second line.")
  private boolean quiet;

  @Mixin private final ContactOptions contact = new ContactOptions();

  private Optional<SigningRequest> request = Optional.empty();

  public OrderAddVerb(Shell shell) {
    super(shell, Stores.Use.CHANGE);
  }

  @Override
  protected void prepare() {
    if (quiet && json()) {
      throw CommandException.usage("--quiet and --json: choose one");
    }
    request = csr.map(file -> SigningRequestReader.read(shell().read(file), Shell.name(file)));
  }

  @Override
  protected void run(Store store) {
    OrderAdministration.Changed added =
        shell()
            .orders(store)
            .add(
                new OrderAdministration.Draft(
                    account,
                    product,
                    number.map(OptionalLong::of).orElseGet(OptionalLong::empty),
                    paid,
                    request,
                    contact.change().apply(MailContact.NONE)));
    Order order = added.order();
    Optional<String> code = added.code();
    Fields once = new Fields().addPresent("code", code);
    if (quiet) {
      output().line(Long.toString(order.number()));
      code.ifPresent(output()::line);
      requireArrived(once);
      return;
    }
    done(
        "order " + order.number() + (paid ? " is being processed" : " awaits payment"),
        RecordFields.of(order),
        once);
  }
}
