package org.certcollect.cli.transfer;

import java.io.FilterWriter;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.certcollect.admin.transfer.Exporter;
import org.certcollect.cli.config.Stores;
import org.certcollect.cli.verb.CommandException;
import org.certcollect.cli.verb.OutputFiles;
import org.certcollect.cli.verb.SelectionOptions;
import org.certcollect.cli.verb.Shell;
import org.certcollect.cli.verb.StoreVerb;
import org.certcollect.store.ChangeRecord;
import org.certcollect.store.Store;
import org.certcollect.store.transfer.Selection;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "export",
    description = {
      "Write the CA certificates, accounts and orders of one instant as JSON Lines, which import"
          + " reads into this or another store.",
      "The output holds hashes of passwords and codes: keep it as safe as the store."
    })
public final class Export extends StoreVerb {
  @Mixin private final SelectionOptions selection = new SelectionOptions();

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
      description = "Output file; - is standard output (default: standard output).")
  private Optional<Path> given = Optional.empty();

  @Mixin private final OutputFiles files = OutputFiles.ofOwner();

  public Export(Shell shell) {
    super(shell, Stores.Use.BULK_READ);
  }

  @Override
  protected void prepare() {
    files.requireFree(shell(), file().stream().toList());
  }

  private Optional<Path> file() {
    return given.filter(name -> !Shell.isStandard(name));
  }

  @Override
  protected void run(Store store) {
    Selection selected =
        new Selection(
            selection.account(store), selection.state(), selection.product(), after, limit);
    String target =
        "to "
            + file()
                .map(name -> name.toAbsolutePath().normalize().toString())
                .orElse("standard output");
    store.announce(ChangeRecord.of(shell().actor(), "store.export", target));
    AtomicLong records = new AtomicLong();
    if (file().isPresent()) {
      files.write(
          Map.of(
              file().get(),
              out -> {
                Writer text = new OutputStreamWriter(out, StandardCharsets.UTF_8);
                records.set(Exporter.write(store, selected, text));
                text.flush();
              }));
    } else {
      records.set(Exporter.write(store, selected, new WatchedWriter(shell().surroundings().out())));
    }
    store.announce(
        ChangeRecord.of(
            shell().actor(), "store.export.done", target + ": " + records + " records"));
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
