package org.certcollect.cli.transfer;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.OptionalLong;
import org.certcollect.admin.FileException;
import org.certcollect.admin.PrivateFiles;
import org.certcollect.admin.transfer.ImportInput;
import org.certcollect.admin.transfer.Importer;
import org.certcollect.admin.transfer.Item;
import org.certcollect.cli.config.Stores;
import org.certcollect.cli.output.Fields;
import org.certcollect.cli.output.Texts;
import org.certcollect.cli.verb.CommandException;
import org.certcollect.cli.verb.Shell;
import org.certcollect.cli.verb.StoreVerb;
import org.certcollect.store.Store;
import org.certcollect.store.domain.StoreException;
import org.certcollect.store.transfer.Loader;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
    name = "import",
    description = {
      "Check and import accounts, CA certificates, and orders with their certificates.",
      "Records that the store already has are skipped, so an import that stopped can be run"
          + " again. docs/import.md describes the format, which export writes."
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
    if (folder && (options.account.isEmpty() || options.product.isEmpty())) {
      throw CommandException.usage("a folder needs --account and --product");
    }
    if (!folder && (options.account.isPresent() || options.product.isPresent())) {
      throw CommandException.usage("--account and --product are only for a folder");
    }
    if (options.batch < 1 || options.batch > ImportOptions.MAX_BATCH) {
      throw CommandException.usage("--batch must be from 1 to " + ImportOptions.MAX_BATCH);
    }
    shell().requireNotOwn(input());
    options.rejects.ifPresent(this::requireNoInput);
  }

  private Path input() {
    return options.isStdin() ? STDIN : options.path();
  }

  /**
   * Refuses a rejects file that is the input, lies in the input folder, or is part of the store.
   */
  private void requireNoInput(Path rejects) {
    shell().requireNotOwn(rejects);
    try {
      Path input = input();
      Path folder = PrivateFiles.folder(rejects);
      if (Files.isDirectory(input) && Files.exists(folder) && Files.isSameFile(folder, input)) {
        throw CommandException.usage(
            rejects + " would be part of the input the next time: choose another folder");
      }
      // Something other than a file, for example a terminal, can be both.
      if (Files.isRegularFile(rejects) && Files.exists(input) && Files.isSameFile(rejects, input)) {
        throw CommandException.usage(rejects + " is the input itself: choose another file");
      }
    } catch (IOException e) {
      throw FileException.unreadable(input(), e);
    }
  }

  @Override
  protected Stores.Use use() {
    return options.dryRun ? Stores.Use.BULK_REHEARSE : Stores.Use.BULK_CHANGE;
  }

  @Override
  protected void run(Store store) {
    Importer.Counts counts;
    try (ImportInput input = open(store);
        Rejects rejects = new Rejects(output(), options.rejects)) {
      counts = load(store, input, rejects);
    } catch (IOException e) {
      throw FileException.unreadable(input(), e);
    }
    done(sentence(counts), fields(counts), new Fields());
    if (counts.rejected() > 0) {
      throw CommandException.refused(
          String.format(
              Locale.ROOT,
              "not all records were imported: %,d of %,d were rejected; %s",
              counts.rejected(),
              counts.records(),
              options
                  .rejects
                  .map(file -> file + " tells why, line by line")
                  .orElse("run it again with --rejects FILE, which tells why, line by line")));
    }
  }

  private ImportInput open(Store store) throws IOException {
    ImportInput.Target target =
        new ImportInput.Target(
            store,
            shell().actor(),
            shell().keyOfCodes(store),
            shell().dataFolder(),
            options.unknownAlgorithms(),
            options.dryRun,
            options.chunk());
    if (options.isStdin()) {
      return ImportInput.stream(target, shell().surroundings().in());
    }
    return Files.isDirectory(options.path())
        ? ImportInput.folder(
            target, options.path(), options.account.orElseThrow(), options.product.orElseThrow())
        : ImportInput.file(target, options.path());
  }

  private Importer.Counts load(Store store, ImportInput input, Rejects rejects) throws IOException {
    Loader loader =
        options.dryRun ? store.transfers().rehearsal() : store.transfers().loader(shell().actor());
    Progress progress =
        new Progress(shell().surroundings().err(), shell().surroundings().terminal());
    Importer importer = new Importer(loader, observer(progress, rejects));
    try {
      importer.run(input, options.chunks());
    } catch (StoreException e) {
      progress.pause();
      output()
          .note(
              "The import stopped after %s: run it again."
                  .formatted(Texts.count(importer.counts().records(), "record")));
      throw e;
    }
    progress.pause();
    return importer.counts();
  }

  private static Importer.Observer observer(Progress progress, Rejects rejects) {
    return new Importer.Observer() {
      @Override
      public void rejected(Item.Invalid item) {
        rejects.add(item);
      }

      @Override
      public void loaded(Importer.Counts counts, long position, OptionalLong size) {
        progress.at(counts.records(), position, size);
      }
    };
  }

  private static Fields fields(Importer.Counts counts) {
    return new Fields()
        .add("imported", counts.imported())
        .add("skipped", counts.skipped())
        .add("rejected", counts.rejected());
  }

  private String sentence(Importer.Counts counts) {
    return String.format(
        Locale.ROOT,
        options.dryRun
            ? "Would import %s, skip %,d that are there already, reject %,d."
            : "Imported %s, skipped %,d that were there already, rejected %,d.",
        Texts.count(counts.imported(), "record"),
        counts.skipped(),
        counts.rejected());
  }
}
