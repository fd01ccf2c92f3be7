package org.certcollect.cli.order;

import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import org.certcollect.admin.SigningRequests;
import org.certcollect.cli.config.Stores;
import org.certcollect.cli.output.Fields;
import org.certcollect.cli.verb.EnumConverters;
import org.certcollect.cli.verb.Shell;
import org.certcollect.cli.verb.StoreVerb;
import org.certcollect.store.CollectionCodes;
import org.certcollect.store.NewOrder;
import org.certcollect.store.Order;
import org.certcollect.store.Product;
import org.certcollect.store.SigningRequest;
import org.certcollect.store.Store;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Adds an order. */
@Command(
    name = "add",
    description =
        "Adds an order and prints its number, for a client certificate also the collection code,"
            + " once.")
public final class OrderAdd extends StoreVerb {
  @Option(
      names = "--account",
      paramLabel = "LOGIN",
      required = true,
      description = "Whose order it is.")
  private String account = "";

  @Option(
      names = "--product",
      required = true,
      converter = EnumConverters.Products.class,
      paramLabel = "ssl|ccc",
      description = "ssl for a server certificate, ccc for a client certificate.")
  private Product product = Product.SSL;

  @Option(
      names = "--number",
      paramLabel = "N",
      converter = OrderNumberParameter.Words.class,
      description = "The wanted number; else the next free one.")
  private Optional<Long> number = Optional.empty();

  @Option(names = "--paid", description = "Start as being processed, not as awaiting payment.")
  private boolean paid;

  @Option(
      names = "--csr",
      paramLabel = "FILE",
      description = "The PKCS#10 request, PEM or DER: certificates must carry its key.")
  private Optional<Path> csr = Optional.empty();

  private Optional<SigningRequest> request = Optional.empty();

  public OrderAdd(Shell shell) {
    super(shell, Stores.Use.CHANGE);
  }

  @Override
  protected void prepare() {
    request = csr.map(SigningRequests::read);
  }

  @Override
  protected void run(Store store) {
    Optional<CollectionCodes> codes =
        product == Product.CCC ? Optional.of(shell().codes(store)) : Optional.empty();
    Optional<String> code = codes.map(CollectionCodes::generate);
    Order order =
        store
            .orders()
            .add(
                new NewOrder(
                    account,
                    product,
                    number.map(OptionalLong::of).orElseGet(OptionalLong::empty),
                    paid,
                    request,
                    codes.flatMap(key -> code.map(key::hash))),
                shell().actor());
    Fields once = new Fields();
    code.ifPresent(made -> once.add("code", made));
    done(
        String.format(
            Locale.ROOT,
            "order %d %s",
            order.number(),
            paid ? "is being processed" : "awaits payment"),
        OrderFields.of(order),
        once);
  }
}
