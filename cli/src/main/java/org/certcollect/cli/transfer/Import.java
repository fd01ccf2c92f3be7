package org.certcollect.cli.transfer;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.certcollect.admin.PrivateFiles;
import org.certcollect.cli.CommandException;
import org.certcollect.cli.Shell;
import org.certcollect.cli.StoreVerb;
import org.certcollect.cli.config.Stores;
import org.certcollect.cli.output.Fields;
import org.certcollect.store.Store;
import org.certcollect.store.StoreException;
import org.certcollect.store.transfer.Loader;
import org.certcollect.store.transfer.TransferRecord;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Brings in orders that exist already. */
@Command(
    name = "import",
    description = {
      "Brings in accounts, CA certificates and orders with their certificates, all checked.",
      "What is there already, just so, is skipped: an import that was broken off is just begun"
          + " again. The format is described in docs/import.md; export writes it."
    })
public final class Import extends StoreVerb {
  private static final Path STDIN = Path.of("/dev/stdin");

  @Mixin private final ImportOptions options = new ImportOptions();

  public Import(Shell shell) {
    super(shell, Stores.Use.BULK_CHANGE);
  }

  @Override
  protected void prepare() {
    boolean folder = !options.isStdin() && Files.isDirectory(options.path());
    if (folder && (options.account().isEmpty() || options.product().isEmpty())) {
      throw CommandException.usage("a folder needs --account and --product");
    }
    if (!folder && (options.account().isPresent() || options.product().isPresent())) {
      throw CommandException.usage("--account and --product are for a folder alone");
    }
    if (options.batch() < 1 || options.batch() > ImportOptions.LARGEST_BATCH) {
      throw CommandException.usage("--batch is from 1 to " + ImportOptions.LARGEST_BATCH);
    }
    shell().requireNotOwn(input());
    options.rejects().ifPresent(this::requireNoInput);
  }

  private Path input() {
    return options.isStdin() ? STDIN : options.path();
  }

  /** What is rejected goes neither where it comes from, nor into the store. */
  private void requireNoInput(Path rejects) {
    shell().requireNotOwn(rejects);
    try {
      Path input = input();
      Path folder = PrivateFiles.folder(rejects);
      if (Files.isDirectory(input) && Files.exists(folder) && Files.isSameFile(folder, input)) {
        throw CommandException.usage(
            rejects + " would be one of the input's files the next time: choose another folder");
      }
      // What is no file, such as a terminal, can be both.
      if (Files.isRegularFile(rejects) && Files.exists(input) && Files.isSameFile(rejects, input)) {
        throw CommandException.usage(rejects + " is the input itself: choose another file");
      }
    } catch (IOException e) {
      throw CommandException.usage("the input cannot be read: " + e.getMessage());
    }
  }

  @Override
  protected Stores.Use use() {
    return options.dryRun() ? Stores.Use.BULK_REHEARSE : Stores.Use.BULK_CHANGE;
  }

  @Override
  protected void run(Store store) {
    Summary summary = new Summary();
    try (Sources input = Sources.open(options, shell(), store);
        Rejects rejects = new Rejects(shell().output(), options.rejects())) {
      run(store, input.source(), rejects, summary);
    } catch (IOException e) {
      throw CommandException.usage("the input cannot be read: " + e.getMessage());
    }
    done(summary.sentence(options.dryRun()), summary.fields(), new Fields());
    if (summary.rejected() > 0) {
      throw CommandException.refused(
          "not all was taken%s"
              .formatted(
                  options
                      .rejects()
                      .map(file -> "; see " + file)
                      .orElse("; --rejects FILE tells why, line by line")));
    }
  }

  private void run(Store store, Source source, Rejects rejects, Summary summary)
      throws IOException {
    Loader loader =
        options.dryRun()
            ? store.transfers().rehearsal()
            : store.transfers().loader(shell().actor());
    Progress progress =
        new Progress(shell().surroundings().err(), shell().surroundings().terminal());
    try (Pipeline pipeline =
        new Pipeline(source, Runtime.getRuntime().availableProcessors(), options.chunks())) {
      Optional<Pipeline.Result> result = pipeline.next();
      List<Item> items = new ArrayList<>();
      int chunks = 0;
      while (result.isPresent()) {
        items.addAll(result.get().items());
        chunks++;
        Optional<Pipeline.Result> next = pipeline.next();
        if (chunks == options.chunks() || next.isEmpty()) {
          load(loader, items, rejects, summary);
          progress.at(summary.records(), result.get().position(), source.size());
          items.clear();
          chunks = 0;
        }
        result = next;
      }
    } catch (StoreException e) {
      progress.pause();
      shell()
          .output()
          .note(
              String.format(
                  Locale.ROOT,
                  "Broken off after %,d records: just begin again.",
                  summary.records()));
      throw e;
    }
    progress.pause();
  }

  private static void load(Loader loader, List<Item> items, Rejects rejects, Summary summary) {
    List<TransferRecord> records = new ArrayList<>();
    for (Item item : items) {
      if (item instanceof Item.Fit fit) {
        records.add(fit.record());
      }
    }
    summary.add(items, loader.load(records), rejects);
  }
}
