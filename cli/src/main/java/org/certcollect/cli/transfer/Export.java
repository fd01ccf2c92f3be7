package org.certcollect.cli.transfer;

import java.io.FilterWriter;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Optional;
import org.certcollect.admin.transfer.Exporter;
import org.certcollect.cli.config.Stores;
import org.certcollect.cli.verb.CommandException;
import org.certcollect.cli.verb.EnumConverters;
import org.certcollect.cli.verb.Shell;
import org.certcollect.cli.verb.StoreVerb;
import org.certcollect.store.Store;
import org.certcollect.store.domain.OrderState;
import org.certcollect.store.domain.Product;
import org.certcollect.store.transfer.Selection;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The verb {@code export}. */
@Command(
    name = "export",
    description = {
      "Write the CA certificates, accounts and orders of one instant as JSON Lines, which import"
          + " reads into this or another store.",
      "The output holds hashes of passwords and codes: keep it as safe as the store."
    })
public final class Export extends StoreVerb {
  @Option(names = "--account", paramLabel = "L", description = "Only this account and its orders.")
  private Optional<String> account = Optional.empty();

  @Option(
      names = "--state",
      paramLabel = "S",
      converter = EnumConverters.States.class,
      completionCandidates = EnumConverters.StateWords.class,
      description = "Only awaiting-payment, processing, issued, revoked or rejected orders.")
  private Optional<OrderState> state = Optional.empty();

  @Option(
      names = "--product",
      paramLabel = "P",
      converter = EnumConverters.Products.class,
      completionCandidates = EnumConverters.ProductWords.class,
      description = "Only orders for ssl or ccc.")
  private Optional<Product> product = Optional.empty();

  @Option(names = "--after", paramLabel = "N", description = "Only orders with a greater number.")
  private long after;

  @Option(
      names = "--limit",
      paramLabel = "N",
      description = "Maximum number of orders (default: all).")
  private long limit = Long.MAX_VALUE;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FILE",
      description = "Output file (default: standard output).")
  private Optional<Path> file = Optional.empty();

  public Export(Shell shell) {
    super(shell, Stores.Use.BULK_READ);
  }

  @Override
  protected void prepare() {
    if (limit < 0 || after < 0) {
      throw CommandException.usage("--limit and --after must not be negative");
    }
    file.ifPresent(shell()::requireNotOwn);
  }

  @Override
  protected void run(Store store) {
    account.ifPresent(login -> account(store, login));
    Selection selection = new Selection(account, state, product, after, limit);
    if (file.isPresent()) {
      WholeFile.write(file.get(), out -> Exporter.write(store, selection, out));
    } else {
      Exporter.write(store, selection, new WatchedWriter(shell().surroundings().out()));
    }
  }

  /** A writer that fails as soon as its target, which reports no errors itself, has failed. */
  private static final class WatchedWriter extends FilterWriter {
    private final PrintWriter to;

    WatchedWriter(PrintWriter to) {
      super(to);
      this.to = to;
    }

    @Override
    public void write(char[] text, int from, int length) {
      to.write(text, from, length);
      if (to.checkError()) {
        throw CommandException.unread();
      }
    }
  }
}
